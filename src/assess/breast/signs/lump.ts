import { daysInMs } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { ofProblem } from '../describe.js'
import { isIn } from '../diagnosis-sets.js'
import { andThen, anyOf, withQuality, withReason } from '../../logic.js'
import { scanInputs } from '../imaging/imaging.js'
import { withoutAnswer } from './lump-answered.js'
import { courseOf } from './sign-finding.js'
import { blockedDuctInputs } from '../stage/stage-inputs.js'
import type { Staging } from '../stage/stage-order.js'
import type { Workup } from '../workup.js'
import { instantOf } from '../../dating.js'

/**
 * Row 12: was a lump, or a blocked duct, first recorded more than `lump.days` ago, not recorded absent since, and not explained by an
 * ultrasound since?
 *
 * Edge:    exactly `lump.days` is not long enough.
 * Missing: a lump without a date has no age.
 */
function oldLumpOrDuct(workup: Workup, { stage }: Staging): Finding {
  const { timeline, breast, signs, diagnoses } = workup
  const { now, parameters } = timeline
  const days = parameters['lump.days']
  const isOld = (at: number): boolean => now - at > daysInMs(days)
  const first = courseOf(breast.courses, 'lump').run[0]
  const young = absent(`no lump for more than ${days} days`)
  const oldLump = (): Finding =>
    first && isOld(first.at)
      ? withReason(withoutAnswer(workup, first.at), `first recorded more than ${days} days ago`)
      : young
  const duct = diagnoses.problems.find(
    (problem) => isIn(problem, ['blocked-duct']) && problem.when && isOld(instantOf(problem.when, now)),
  )
  const oldDuct =
    duct && stage === 'blocked-duct'
      ? andThen(present(`blocked duct for more than ${days} days`, ofProblem(duct)), () =>
          withoutAnswer(workup, instantOf(duct.when, now) ?? now),
        )
      : absent('no blocked duct that old')
  return anyOf(young.because, withQuality(signs.lump, oldLump), oldDuct)
}

/** A lump or blocked duct that persists (clinical 6.1 row 12). */
export const persistentLump = {
  name: 'persistent-lump',
  scope: 'side',
  means:
    'Has a lump, or a blocked duct, been on record for longer than the limit, without being recorded absent or explained by an ' +
    'ultrasound since?',
  ...inputs(blockedDuctInputs, scanInputs, inputOf('lump.days')),
  edge:
    'Exactly the limit is not yet longer. The lump itself must still be current. BI-RADS 1 to 3, a galactocele, a cyst or a lymph node explains ' +
    'it, unless it has grown since.',
  missing: 'A lump without a date has no age. Cannot be told when the lump cannot.',
  find: ({ breast }) => oldLumpOrDuct(breast, breast.stages),
} as const satisfies FindingDefinition<{ breast: Workup & { stages: Staging } }>
