import type { CareItem } from '../../../facts/facts.js'
import { daysInMs } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition, type Inputs } from '../../definition.js'
import { absent, present, verdict, type Finding } from '../../finding.js'
import { drainageWindow } from '../antibiotics/course-window.js'
import { ofCare, ofImaging } from '../describe.js'
import { imagingInputs, isCollection, isSmall, scanInputs } from '../imaging/imaging.js'
import { readingInputs, readings } from '../antibiotics/readings.js'
import { responseInputs } from '../antibiotics/response.js'
import type { Workup } from '../workup.js'
import { ordersUnread } from './unread-orders.js'
import type { Dated } from '../../dating.js'

/** The inputs that decide which drainage belongs to this illness. */
export const drainageInputs: Inputs = {
  facts: ['care'],
  sets: ['drainage', 'incision'],
  parameters: ['episode.maxDays'],
}

/**
 * The newest drainage or incision of this breast that is done, at most `episode.maxDays` ago.
 *
 * Edge:    an older drainage belongs to an illness that is over.
 * Missing: a procedure without a time is left out.
 */
export function lastDrainage({ timeline, breast }: Workup): Dated<CareItem> | undefined {
  const oldest = timeline.now - daysInMs(timeline.parameters['episode.maxDays'])
  return timeline.care.findLast(
    ({ fact, at }) =>
      at >= oldest && isDrainage(fact) && isDone(fact) && breast.includesUnspecifiedSide(fact.side),
  )
}

/** Is the order or procedure a drainage or an incision? */
export const isDrainage = ({ need }: CareItem): boolean => need === 'drainage' || need === 'incision'

/** Is this a procedure that is done or in progress? */
export const isDone = ({ kind, status }: CareItem): boolean =>
  kind === 'procedure' && (status === 'completed' || status === 'in-progress')

/**
 * Row 6: drained lately, and a value after `drainage.recheckHours` is worse or not improved.
 *
 * Edge:    a value exactly `drainage.recheckHours` after the drainage counts; a drainage exactly `ibc.persistDays` ago
 *          counts; an ultrasound since the drainage that could be read ends the finding.
 * Missing: absent when nothing is charted since the drainage.
 */
function notBetterAfterDrainage(workup: Workup): Finding {
  const { timeline, breast, imaging } = workup
  const { now, parameters } = timeline
  const drainage = lastDrainage(workup)
  if (!drainage) return absent('not drained')
  if (now - drainage.at > daysInMs(parameters['ibc.persistDays'])) return absent('drained longer ago')
  if (imaging.ultrasounds.some(({ fact, at }) => at > drainage.at && fact.reading !== 'unclassified'))
    return absent('ultrasound done since the drainage')
  const bad = readings(timeline, breast, drainageWindow(drainage.at, parameters, now)).filter(
    ({ trend }) => trend !== 'improved',
  )
  return bad.length > 0
    ? present(
        `not better ${parameters['drainage.recheckHours']} h after drainage`,
        ofCare(drainage.fact),
        ...bad.flatMap(({ evidence }) => evidence),
      )
    : absent('no value after the drainage reads worse or not improved')
}

/** Was the breast drained at or after the newest current ultrasound that shows an abscess or collection? (row 5) */
function drainedSinceScan(workup: Workup): Finding {
  const scan = workup.imaging.current.findLast(({ fact }) => isCollection(fact.reading))
  const drainage = lastDrainage(workup)
  if (!scan) return absent('no current ultrasound shows a collection')
  return drainage && drainage.at >= scan.at
    ? present('drained since the ultrasound', ofCare(drainage.fact))
    : absent('not drained since the ultrasound')
}

/** Is the newest collection too small to drain, and may it settle: improved, or antibiotics still young? */
function smallAndEarly({ imaging, course, cover }: Workup): Finding {
  const scan = imaging.current.findLast(({ fact }) => isCollection(fact.reading))
  if (!scan || !isSmall(scan.fact)) return absent('no small collection')
  const early = cover.window === 'none' || cover.window === 'early'
  return verdict(
    early || course.response === 'improved',
    'the collection is too small to drain, and may settle',
    'a small collection that does not settle',
    [ofImaging(scan.fact)],
  )
}

/** Does the newest current ultrasound with a collection show one large enough to drain, and was none drained since? */
function undrained(workup: Workup): Finding {
  const scan = workup.imaging.current.findLast(({ fact }) => isCollection(fact.reading))
  if (!scan || isSmall(scan.fact)) return absent('no collection to drain on a current ultrasound')
  const drained = drainedSinceScan(workup)
  return drained.verdict === 'present'
    ? absent(drained.because)
    : present('a collection on ultrasound, not drained since', ofImaging(scan.fact))
}

/** The finding that a collection is not drained (clinical 7 rule 2e). */
export const collectionUndrained = {
  name: 'collection-undrained',
  scope: 'side',
  means:
    'Does a current ultrasound of this breast show an abscess or a collection that was not drained since?',
  ...inputs(imagingInputs, drainageInputs),
  edge: 'The newest such ultrasound counts; one that calls the collection too small to drain does not.',
  missing: ordersUnread,
  find: ({ breast }) => undrained(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the collection is small and is left alone for now (clinical changes C6). */
export const smallCollectionWaits = {
  name: 'small-collection-waits',
  scope: 'side',
  means:
    'Is the newest collection called too small to drain, while the breast improves or antibiotics have not had their time?',
  ...inputs(imagingInputs, responseInputs),
  edge: 'From exactly the due hours on, only an improved breast waits.',
  missing: ordersUnread,
  find: ({ breast }) => smallAndEarly(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the breast was drained since the newest ultrasound with a collection (clinical 6.1 row 5). */
export const drainedSinceUltrasound = {
  name: 'drained-since-ultrasound',
  scope: 'side',
  means: 'Was this breast drained since the newest current ultrasound that shows an abscess or a collection?',
  ...inputs(imagingInputs, drainageInputs),
  edge: 'A drainage at the same instant counts as since.',
  missing: ordersUnread,
  find: ({ breast }) => drainedSinceScan(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** Not better after a drainage (clinical 6.1 row 6). */
export const afterDrainageNotBetter = {
  name: 'after-drainage-not-better',
  scope: 'side',
  means: 'Was this breast drained lately, and does a value some time after it read worse or not improved?',
  ...inputs(drainageInputs, readingInputs, scanInputs, inputOf('drainage.recheckHours', 'ibc.persistDays')),
  edge: 'A value exactly the recheck hours after the drainage counts; an ultrasound since then ends it.',
  missing: 'Nothing charted since the drainage is absent.',
  find: ({ breast }) => notBetterAfterDrainage(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>
