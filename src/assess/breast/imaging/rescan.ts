import type { ImagingResult } from '../../../facts/facts.js'
import { hoursInMs } from '../../../units/units.js'
import type { Dated } from '../../dating.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, verdict, type Finding } from '../../finding.js'
import { andThen } from '../../logic.js'
import { inflamedStages } from '../../stages.js'
import { responseInputs } from '../antibiotics/response.js'
import { ofImaging } from '../describe.js'
import type { JudgedBreast } from '../judged-breast.js'
import { drainageInputs, lastDrainage } from '../orders/drainage.js'
import type { Done } from '../orders/done.js'
import { ultrasoundInputs, ultrasoundsDone } from '../orders/ultrasound-done.js'
import { ordersUnread } from '../orders/unread-orders.js'
import { infectedStageInputs } from '../stage/stage-inputs.js'
import { imagingInputs, isSmall } from './imaging.js'

/** Why a scan is repeated: a phlegmon, a small collection, or a doubt; an abscess or larger collection is drained instead. */
function reasonToRepeat(image: ImagingResult): string | undefined {
  if (image.reading === 'phlegmon') return 'Phlegmon'
  if (isSmall(image)) return 'Small collection'
  const settled = image.reading === 'abscess' || image.reading === 'collection'
  return image.doubt === true && !settled ? 'Doubtful scan' : undefined
}

/** A scan to repeat, and the reason in words. */
export interface ScanToRepeat {
  scan: Dated<ImagingResult>
  reason: string
}

/**
 * The newest current ultrasound of this breast that could be read, if it is one to repeat (clinical changes C6).
 *
 * Edge: a drainage since then has a card of its own.
 */
export function scanToRepeat(judged: JudgedBreast): ScanToRepeat | undefined {
  const scan = judged.imaging.current.findLast(({ fact }) => fact.reading !== 'unclassified')
  const reason = scan && reasonToRepeat(scan.fact)
  if (!scan || reason === undefined) return undefined
  const drained = lastDrainage(judged)
  return drained && drained.at >= scan.at ? undefined : { scan, reason }
}

/** Is there an ultrasound to repeat, in an illness in which it may show an abscess? */
function called(judged: JudgedBreast): Finding {
  const repeat = scanToRepeat(judged)
  if (!repeat) return absent('no ultrasound that is to be repeated')
  const ill = inflamedStages.has(judged.stages.stage) || judged.signs.lump.verdict === 'present'
  return ill
    ? present(`${repeat.reason.toLowerCase()} on the newest ultrasound`, ofImaging(repeat.scan.fact))
    : absent('neither mastitis nor a lump')
}

/** The ultrasounds ordered or done since the one to repeat. */
function later(judged: JudgedBreast): readonly Done[] {
  const from = scanToRepeat(judged)?.scan.at ?? judged.timeline.now
  return ultrasoundsDone(judged).filter(({ at }) => at > from)
}

const advised = (judged: JudgedBreast): Finding =>
  andThen(called(judged), () =>
    verdict(later(judged).length === 0, 'not repeated since', 'ultrasound ordered or done since that scan'),
  )

/** Are the only ultrasounds since the one to repeat reports that could not be read? */
const repeatUnread = (judged: JudgedBreast): Finding =>
  andThen(called(judged), () => {
    const done = later(judged)
    return verdict(
      done.length > 0 && done.every(({ unread }) => unread === true),
      'the report of the repeated ultrasound could not be read',
      'no ultrasound since that could not be read',
      done.map(({ evidence }) => evidence),
    )
  })

function due(judged: JudgedBreast): Finding {
  const hours = judged.timeline.parameters['imaging.rescanHours']
  const at = scanToRepeat(judged)?.scan.at ?? judged.timeline.now
  const { response, evidence } = judged.course
  return verdict(
    judged.timeline.now - at >= hoursInMs(hours) && (response === 'not-improved' || response === 'worse'),
    `${hours} h or more since that scan, and not better`,
    'too early for the repeat, or no failure charted',
    evidence,
  )
}

const repeatInputs = inputs(ultrasoundInputs, imagingInputs, drainageInputs, infectedStageInputs)

/** The finding that the newest ultrasound is to be repeated (clinical changes C6). */
export const rescanAdvised = {
  name: 'rescan-advised',
  scope: 'side',
  means:
    'Does the newest current ultrasound of this breast show a phlegmon or a small collection, or leave a doubt, in ' +
    'mastitis or with a lump, and has none followed?',
  ...repeatInputs,
  edge: 'A newer ultrasound or order of one ends it, whatever it shows; an abscess or larger collection is drained instead.',
  missing: ordersUnread,
  find: ({ breast }) => advised(breast),
} as const satisfies FindingDefinition<{ breast: JudgedBreast }>

/** The finding that the repeated ultrasound could not be read. */
export const rescanUnread = {
  name: 'rescan-unread',
  scope: 'side',
  means: 'Was the ultrasound that is to be repeated followed only by reports that could not be read?',
  ...repeatInputs,
  edge: 'An order or a report that could be read ends it.',
  missing: ordersUnread,
  find: ({ breast }) => repeatUnread(breast),
} as const satisfies FindingDefinition<{ breast: JudgedBreast }>

/** The finding that the repeat of the newest ultrasound is due. */
export const rescanDue = {
  name: 'rescan-due',
  scope: 'side',
  means:
    'Is the ultrasound to be repeated, old enough, and has the breast not improved since antibiotics began?',
  ...inputs(repeatInputs, responseInputs, inputOf('imaging.rescanHours')),
  edge: 'Exactly the limit old is old enough. An unknown response is none.',
  missing: ordersUnread,
  find: ({ breast }) => andThen(advised(breast), () => due(breast)),
} as const satisfies FindingDefinition<{ breast: JudgedBreast }>
