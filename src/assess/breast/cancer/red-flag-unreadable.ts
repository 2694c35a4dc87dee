import type { JudgedSide, PatientContext } from '../../context.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { absent, present } from '../../finding.js'
import { levelInputs } from '../../sepsis/sepsis-findings.js'
import { failed } from '../antibiotics/failed.js'
import { drivingInputs } from '../current-diagnoses.js'
import { breastSets } from '../diagnosis-sets.js'
import { ibcR1 } from './ibc-r1.js'
import { ibcR2 } from './ibc-r2.js'
import { ibcR3, ibcR3b } from './ibc-r3.js'
import { ibcR4 } from './ibc-r4.js'
import { ibcR5 } from './ibc-r5.js'
import { ibcR7 } from './ibc-r7.js'
import { stageAbscess } from '../stage/stage-abscess.js'
import { daysInMs } from '../../../units/units.js'
import type { JudgedBreast } from '../judged-breast.js'
import type { PatientView } from '../../views.js'

/**
 * The red flags of one breast: R1 to R5 and R7 of clinical 5.3, stage 3, and no improvement by the time at which improvement
 * is due. The ultrasound card rests on them.
 */
const alarms = [ibcR1, ibcR2, ibcR3, ibcR3b, ibcR4, ibcR5, ibcR7, stageAbscess, failed]

/** Is a breast diagnosis or sign on record? Without either, a missing fact matters to no card. */
const breastOnRecord = ({ evidence, breast }: JudgedSide): boolean =>
  evidence.anySign ||
  evidence.drivingMastitis.length + evidence.drivingAbscess.length + evidence.drivingOther.length > 0 ||
  unknownOfBreast(breast) !== undefined

/**
 * The breast diagnosis or sign whose code is not known, which could be any of a red flag.
 *
 * Edge:   a diagnosis counts for `dx.currentDays`, a sign as long as the longest-lasting one.
 * Source: product decision 19
 */
function unknownOfBreast({ timeline }: JudgedBreast): string | undefined {
  const { now, parameters, unreadable } = timeline
  const diagnosis = unreadable.get('breast-diagnosis')
  if (diagnosis && diagnosis.at >= now - daysInMs(parameters['dx.currentDays'])) return diagnosis.why
  const sign = unreadable.get('breast-sign')
  return sign && sign.at >= now - daysInMs(parameters['currency.skinSignDays']) ? sign.why : undefined
}

/** Which red flag of this breast, or of the whole patient, unread facts could raise. */
function unclear(patient: PatientView, sides: readonly JudgedSide[]): string | undefined {
  for (const { breast } of sides) {
    for (const alarm of alarms) {
      const { verdict, because } = alarm.find({ breast })
      if (verdict === 'cannot-tell') return because
    }
    const unknown = unknownOfBreast(breast)
    if (unknown !== undefined) return unknown
  }
  const { level, unreadable } = patient.sepsis
  return level === 'critical' ? undefined : unreadable
}

function askedFor({ patient, sides }: PatientContext): Finding {
  const because = unclear(patient, sides)
  if (because === undefined) return absent('every fact of the red flags could be read')
  if (!sides.some(breastOnRecord)) return absent('no breast diagnosis or sign is on record')
  return present(because)
}

/** Unread facts could raise a red flag (clinical 6.1 row 16). */
export const redFlagUnreadable = {
  name: 'red-flag-unreadable',
  scope: 'patient',
  means: 'Could a fact not be read that could raise an alarm, while a breast diagnosis or sign is on record?',
  ...inputs(...alarms, levelInputs, drivingInputs(breastSets), inputOf('currency.skinSignDays')),
  edge: 'Only what could change R1 to R5 or R7, an abscess, no improvement when it is due, or the sepsis screen; without a breast diagnosis or sign it is absent. A diagnosis that names the breast by its chapter only, or a sign at the breast under an unknown code, is on record and unread.',
  missing: 'This finding is itself about what is missing.',
  find: askedFor,
} as const satisfies FindingDefinition<PatientContext>
