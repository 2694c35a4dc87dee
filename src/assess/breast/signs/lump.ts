import { daysInMs } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { ofProblem } from '../describe.js'
import { isIn } from '../diagnosis-sets.js'
import { anyOf, withQuality } from '../../logic.js'
import { courseOf } from './sign-finding.js'
import { blockedDuctInputs } from '../stage/stage-inputs.js'
import type { Staging } from '../stage/stage-order.js'
import type { Workup } from '../workup.js'
import { instantOf } from '../../dating.js'

/**
 * Row 12: was a lump, or a blocked duct, first recorded more than `lump.days` ago and not recorded absent since?
 *
 * Edge:    exactly `lump.days` is not long enough.
 * Missing: a lump without a date has no age.
 */
function oldLumpOrDuct({ timeline, breast, signs, diagnoses }: Workup, { stage }: Staging): Finding {
  const { now, parameters } = timeline
  const days = parameters['lump.days']
  const isOld = (at: number): boolean => now - at > daysInMs(days)
  const first = courseOf(breast.courses, 'lump').run[0]
  const young = absent(`no lump for more than ${days} days`)
  const oldLump = (): Finding =>
    first && isOld(first.at) ? present(`first recorded more than ${days} days ago`) : young
  const duct = diagnoses.problems.find(
    (problem) => isIn(problem, ['blocked-duct']) && problem.when && isOld(instantOf(problem.when, now)),
  )
  const oldDuct =
    duct && stage === 'blocked-duct'
      ? present(`blocked duct for more than ${days} days`, ofProblem(duct))
      : absent('no blocked duct that old')
  return anyOf(young.because, withQuality(signs.lump, oldLump), oldDuct)
}

/** A lump or blocked duct that persists (clinical 6.1 row 12). */
export const persistentLump = {
  name: 'persistent-lump',
  scope: 'side',
  means:
    'Has a lump, or a blocked duct, been on record for longer than the limit, without being recorded absent since?',
  ...inputs(blockedDuctInputs, inputOf('lump.days')),
  edge: 'Exactly the limit is not yet longer. The lump itself must still be current.',
  missing: 'A lump without a date has no age. Cannot be told when the lump cannot.',
  find: ({ breast }) => oldLumpOrDuct(breast, breast.stages),
} as const satisfies FindingDefinition<{ breast: Workup & { stages: Staging } }>
