import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import type { Problem, Side } from '../../facts/facts.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../finding.js'
import { latestBy } from '../views.js'
import type { Breast } from './breasts.js'
import { ofMedicine, ofProblem } from './describe.js'
import { abscessSets, isBreastDiagnosis, isIn, mastitisSets } from './diagnosis-sets.js'
import type { Episode } from './episode.js'
import type { Exposure, Exposures } from './exposure.js'
import { breastSigns } from './signs-of-breast.js'
import type { Timeline } from './timeline.js'

interface EarlierEnd {
  at: Instant
  evidence?: Evidence
}

/**
 * RECUR: an earlier episode of this breast ended more than `episode.gapDays` and at most `recurrence.days` before
 * this one began (clinical 4.1).
 *
 * Edge:    exactly `recurrence.days` is a recurrence, exactly `episode.gapDays` is not. The other breast never is.
 * Missing: without a start of this episode there is none; conditions that could not be read may hold the earlier one.
 */
export function recurrence(
  timeline: Timeline,
  breast: Breast,
  current: Episode,
  { list, doubt }: Exposures,
): Finding {
  const { start } = current
  if (start === undefined) return absent('no present episode')
  const { parameters, facts } = timeline
  const newest = start - daysInMs(parameters['episode.gapDays'])
  const oldest = start - daysInMs(parameters['recurrence.days'])
  const ends: EarlierEnd[] = [
    ...current.earlierEnds.map((at) => ({ at })),
    ...earlierCover(timeline, breast, current, list),
    ...resolvedDiagnoses(timeline, breast),
  ]
  const earlier = ends.filter(({ at }) => at < newest && at >= oldest)
  if (earlier.length > 0) {
    return present(
      'an earlier episode of the same breast on record',
      ...earlier.flatMap(({ evidence }) => evidence ?? []),
    )
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return doubt ? cannotTell(doubt.why) : absent('no earlier episode on record')
}

/** Counted antibiotics outside this episode, for the breast or begun within 72 h of a sign or diagnosis of it. */
function earlierCover(
  timeline: Timeline,
  breast: Breast,
  current: Episode,
  list: readonly Exposure[],
): EarlierEnd[] {
  const kept = new Set(current.exposures)
  const outside = list.filter((exposure) => !kept.has(exposure))
  if (outside.length === 0) return []
  const here = datesOf(timeline, breast.hears)
  const elsewhere = datesOf(timeline, (side) => !breast.hears(side))
  return outside
    .filter(
      ({ medicine, from }) => near(here, from) || (medicine.reason === 'breast' && !near(elsewhere, from)),
    )
    .map(({ medicine, to }) => ({ at: to, evidence: ofMedicine(medicine) }))
}

function near(dates: readonly Instant[], start: Instant): boolean {
  return dates.some((date) => Math.abs(date - start) <= hoursInMs(72))
}

/** Times of positive signs and of diagnoses, resolved ones too, on the given sides. */
function datesOf({ signs, facts, now }: Timeline, on: (side: Side) => boolean): Instant[] {
  const dates: Instant[] = []
  for (const name of breastSigns) {
    for (const { fact, at } of signs.get(name) ?? []) {
      if (fact.state === 'present' && fact.generic !== true && on(fact.side)) dates.push(at)
    }
  }
  for (const problem of facts.problems) {
    if (problem.when && isBreastDiagnosis(problem) && on(problem.side))
      dates.push(latestBy(problem.when, now))
  }
  return dates
}

/** A resolved mastitis or abscess ended when it abated; without that date, when it is last dated. */
function resolvedDiagnoses({ facts, now }: Timeline, breast: Breast): EarlierEnd[] {
  const resolved = facts.problems.filter(
    (problem: Problem) =>
      !problem.active && breast.hears(problem.side) && isIn(problem, [...mastitisSets, ...abscessSets]),
  )
  return resolved.flatMap((problem) => {
    const ended = problem.abated ?? problem.when
    return ended ? [{ at: latestBy(ended, now), evidence: ofProblem(problem) }] : []
  })
}
