import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import type { Stage } from '../assessment.js'
import { absent, cannotTell, present, verdict, type Finding } from '../finding.js'
import type { PatientView } from '../views.js'
import { ofCulture } from './describe.js'
import { unreadScan } from './imaging.js'
import { allOf, anyOf, not } from './logic.js'
import { lactationFits } from './lactation-fits.js'
import { normalAfterAll } from './normal-scan.js'
import type { Workup } from './workup.js'

/** The stages from the highest to the lowest, `none` last. */
export const stageOrder = [
  'abscess',
  'phlegmon',
  'bacterial-mastitis',
  'inflammatory-mastitis',
  'blocked-duct',
  'engorgement',
  'none',
] as const satisfies readonly Stage[]

/** Each row of the decision table, and the first that holds. */
export interface Staging {
  stage: Stage
  because: string
  rows: ReadonlyMap<Stage, Finding>
}

/**
 * The decision table of clinical 5.2: the first row that holds is the stage.
 *
 * Missing: a row that cannot be told is passed over, so what could be read still gives a stage; its own finding stays
 *          cannot-tell.
 */
export function staging(workup: Workup, patient: PatientView): Staging {
  const rows = new Map<Stage, Finding>([
    ['abscess', abscess(workup)],
    ['phlegmon', phlegmon(workup)],
    ['bacterial-mastitis', bacterial(workup)],
    ['inflammatory-mastitis', inflammatory(workup)],
    ['blocked-duct', blockedDuct(workup, patient)],
    ['engorgement', engorgement(workup)],
  ])
  const stage = stageOrder.find((each) => rows.get(each)?.verdict === 'present') ?? 'none'
  const because = rows.get(stage)?.because ?? 'no row of the stage table holds'
  return { stage, because, rows }
}

/** Row 3: diagnosis, scan or fluctuance, unless a newer scan of that side is normal. */
function abscess(workup: Workup): Finding {
  const { dx, imaging, signs, inflamed } = workup
  const inflammation = anyOf('no inflammation beside it', inflamed, dx.mastitis)
  const evidence = anyOf(
    'no sign, diagnosis or scan of an abscess',
    dx.abscess,
    imaging.currentReading('abscess'),
    allOf(imaging.currentReading('collection'), inflammation),
    allOf(signs.fluctuance, anyOf('fluctuance stands alone', signs.pain, inflammation)),
    unreadScan(workup.timeline),
  )
  return normalAfterAll(workup) ? absent('a newer ultrasound shows no abscess or collection') : evidence
}

/** Row 4: seen or written, or a lump in mastitis that failed. */
function phlegmon({ dx, imaging, signs, inflamed, failed }: Workup): Finding {
  return anyOf(
    'no phlegmon seen or written, and no lump in failed mastitis',
    imaging.currentReading('phlegmon'),
    signs.phlegmonText,
    dx.phlegmon,
    allOf(signs.lump, inflamed, dx.mastitis, failed),
  )
}

/** Row 5: mastitis or inflammation, and a reason to think of bacteria. */
function bacterial(workup: Workup): Finding {
  const { dx, inflamed, sick } = workup
  return allOf(
    anyOf('no diagnosis of mastitis and no inflammation', dx.mastitis, inflamed),
    anyOf(
      'not ill, no culture, no antibiotic, and less than 24 h or improving',
      sick.systemic,
      positiveCulture(workup),
      treated(workup),
      lasting(workup),
    ),
  )
}

function inflammatory({ dx, inflamed }: Workup): Finding {
  return anyOf('no diagnosis of mastitis and no inflammation', dx.mastitis, inflamed)
}

/** Row 7: never with fever, and only where lactation is known, probable or recent. */
function blockedDuct({ dx, signs, sick }: Workup, patient: PatientView): Finding {
  return allOf(
    anyOf('no diagnosis of blocked duct and no painful lump', dx.blockedDuct, allOf(signs.lump, signs.pain)),
    lactationFits(patient),
    not(sick.fever, 'no fever', 'fever'),
  )
}

/** Row 8: diagnosis, or graded fullness soon after delivery; never with redness of that side or high fever. */
function engorgement({ dx, full, signs, sick }: Workup): Finding {
  return allOf(
    anyOf(
      'no diagnosis of engorgement and no graded fullness soon after delivery',
      dx.engorgement,
      sick.deliveredRecently ? allOf(full, signs.moderate) : absent('not soon after delivery'),
    ),
    not(signs.erythema, 'no redness', 'redness'),
    not(sick.highFever, 'no high fever', 'high fever'),
  )
}

function positiveCulture({ timeline, breast }: Workup): Finding {
  const since = timeline.now - daysInMs(timeline.parameters['currency.resultDays'])
  const found = timeline.cultures.filter(
    ({ fact, at }) => fact.positive && at >= since && breast.owns(fact.side),
  )
  const evidence = found.map(({ fact }) => ofCulture(fact))
  return verdict(found.length > 0, 'a culture is positive', 'no positive culture', evidence)
}

/** Some antibiotic cover belongs to this episode. */
function treated({ clocks }: Workup): Finding {
  if (clocks.window !== 'none') return present('treated with an antibiotic', ...clocks.started)
  return clocks.unreadable === undefined ? absent('no antibiotic') : cannotTell(clocks.unreadable)
}

/** Edge: exactly 24 h counts. */
function lasting({ timeline, current, course }: Workup): Finding {
  const old = hasLasted(current.start, timeline.now)
  return verdict(
    old && course.response !== 'improved',
    '24 h or more without improvement',
    'less than 24 h, or improving',
  )
}

/** Did the episode begin at least 24 h ago? */
export const hasLasted = (start: Instant | undefined, now: Instant): boolean =>
  start !== undefined && now - start >= hoursInMs(24)
