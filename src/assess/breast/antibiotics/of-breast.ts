import type { Side } from '../../../terminology/concepts.js'
import { hoursInMs, type Instant } from '../../../units/units.js'
import { instantOf } from '../../dating.js'
import type { Timeline } from '../../timeline.js'
import type { Breast } from '../breasts.js'
import { isBreastDiagnosis } from '../diagnosis-sets.js'
import { breastSigns } from '../signs/signs-of-breast.js'
import type { Exposure } from './exposure.js'

/** An antibiotic begun so many hours from a sign or a diagnosis of a breast is one for this breast. */
const nearHours = 72

/**
 * The antibiotics for this breast: begun within 72 h of a sign or diagnosis of this breast, or for a breast and not begun near one of the
 * other breast.
 */
export function forThisBreast(
  timeline: Timeline,
  breast: Breast,
  list: readonly Exposure[],
): readonly Exposure[] {
  if (list.length === 0) return []
  const here = datesOf(timeline, breast.includesUnspecifiedSide)
  const elsewhere = datesOf(timeline, (side) => !breast.includesUnspecifiedSide(side))
  return list.filter(
    ({ medicine, from }) => near(here, from) || (medicine.reason === 'breast' && !near(elsewhere, from)),
  )
}

function near(dates: readonly Instant[], start: Instant): boolean {
  return dates.some((date) => Math.abs(date - start) <= hoursInMs(nearHours))
}

/** The times of present signs and of diagnoses, resolved ones included, on the sides that `on` accepts. */
function datesOf({ signs, facts, now }: Timeline, on: (side: Side) => boolean): Instant[] {
  const dates: Instant[] = []
  for (const name of breastSigns) {
    for (const { fact, at } of signs.get(name) ?? []) {
      if (fact.state === 'present' && fact.generic !== true && on(fact.side)) dates.push(at)
    }
  }
  for (const problem of facts.problems) {
    if (problem.when && isBreastDiagnosis(problem) && on(problem.side))
      dates.push(instantOf(problem.when, now))
  }
  return dates
}
