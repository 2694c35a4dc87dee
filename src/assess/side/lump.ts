import { daysInMs } from '../../units/units.js'
import { latestBy } from '../views.js'
import { absent, present, type Finding } from '../finding.js'
import { ofProblem } from './describe.js'
import { isIn } from './diagnosis-sets.js'
import { anyOf, withQuality } from './logic.js'
import { courseOf } from './sign-finding.js'
import type { Staging } from './stage.js'
import type { Workup } from './workup.js'

/**
 * Row 12: a lump, or a blocked duct, first recorded more than `lump.days` ago and not absent since.
 *
 * Edge:    exactly `lump.days` is not yet long enough.
 * Missing: a lump without a date has no age.
 */
export function persistentLump({ timeline, breast, signs, dx }: Workup, { stage }: Staging): Finding {
  const { now, parameters } = timeline
  const days = parameters['lump.days']
  const isOld = (at: number): boolean => now - at > daysInMs(days)
  const first = courseOf(breast.courses, 'lump').run[0]
  const young = absent(`no lump for more than ${days} days`)
  const oldLump = (): Finding =>
    first && isOld(first.at) ? present(`first recorded more than ${days} days ago`) : young
  const duct = dx.problems.find(
    (problem) => isIn(problem, ['blocked-duct']) && problem.when && isOld(latestBy(problem.when, now)),
  )
  const oldDuct =
    duct && stage === 'blocked-duct'
      ? present(`blocked duct for more than ${days} days`, ofProblem(duct))
      : absent('no blocked duct that old')
  return anyOf(young.because, withQuality(signs.lump, oldLump), oldDuct)
}
