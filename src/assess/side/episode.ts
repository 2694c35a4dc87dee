import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import { latestBy } from '../views.js'
import type { Breast } from './breasts.js'
import { episodeSets, isIn } from './diagnosis-sets.js'
import type { Driving } from './driving.js'
import type { Exposure, Exposures } from './exposure.js'
import { gapEnds } from './gaps.js'
import { courseOf } from './sign-finding.js'
import { breastSigns } from './signs-of-breast.js'
import { union } from './stretches.js'
import type { Timeline } from './timeline.js'

/** One breast's present episode and the antibiotics that belong to it (clinical 4.1). */
export interface Episode {
  /** Start, never earlier than it can be shown to be; elapsed hours count from here. */
  start?: Instant
  /** Earliest moment a partial start can mean: antibiotics are looked for from 72 h before it. */
  from?: Instant
  /** Antibiotics of this episode, by start. */
  exposures: readonly Exposure[]
  /** Ends of cover that a gap assigned to an earlier episode. */
  earlierEnds: readonly Instant[]
}

interface Start {
  start: Instant
  from: Instant
}

/** The earliest start; of two partial dates that both mean now, the one that can mean an earlier moment. */
const earliest = (starts: readonly Start[]): Start | undefined =>
  starts.reduce<Start | undefined>(
    (best, each) => (best && (best.start - each.start || best.from - each.from) <= 0 ? best : each),
    undefined,
  )

/**
 * When did this episode begin, and which antibiotic cover belongs to it?
 *
 * Shape:   onset of a driving diagnosis, else the earliest sign of the last 14 days, else an antibiotic for the
 *          breast. Cover before a gap that ended the earlier episode is dropped and the start moves behind the gap.
 * Edge:    onset exactly `episode.maxDays` ago counts; a cracked nipple and a pain score without side begin none.
 * Missing: no start when nothing dated begins one.
 */
export function episode(timeline: Timeline, breast: Breast, dx: Driving, { list }: Exposures): Episode {
  const { now, parameters } = timeline
  const oldest = now - daysInMs(parameters['episode.maxDays'])
  const onsets = onsetsOf(timeline, dx).filter(({ start }) => start >= oldest)
  const signs = signDates(breast)
  const recentSign = signs.find((at) => at >= now - daysInMs(14))
  const begun =
    earliest(onsets) ??
    (recentSign !== undefined ? { start: recentSign, from: recentSign } : undefined) ??
    forTheBreast(list, oldest)
  if (!begun) return { exposures: [], earlierEnds: [] }

  const candidates = list.filter(({ from }) => from >= begun.from - hoursInMs(72))
  const stretches = union(candidates, now, 0)
  const gap = gapEnds(timeline, breast, stretches)
  if (!gap) return { exposures: candidates, earlierEnds: [], ...begun }

  const kept = candidates.filter(({ from }) => from > gap.coverEnd)
  const laterOnset = earliest(onsets.filter(({ start }) => start > gap.settledBy))
  const laterSign = signs.find((at) => at > gap.settledBy)
  const firstKept = kept[0]?.from
  const again = earliest(
    [laterSign, firstKept]
      .flatMap((at) => (at === undefined ? [] : { start: at, from: at }))
      .concat(laterOnset ?? []),
  )
  return { exposures: kept, earlierEnds: [gap.coverEnd], ...again }
}

/** Onsets of the diagnoses that can begin an episode. */
function onsetsOf({ now }: Timeline, dx: Driving): Start[] {
  return dx.problems.flatMap((problem) =>
    problem.when && isIn(problem, episodeSets)
      ? [{ start: latestBy(problem.when, now), from: problem.when.earliest }]
      : [],
  )
}

/** Times of positive breast signs, oldest first. */
function signDates(breast: Breast): Instant[] {
  return breastSigns
    .filter((name) => name !== 'nipple-fissure')
    .flatMap((name) => courseOf(breast.courses, name).records)
    .filter(({ fact }) => fact.state === 'present' && fact.generic !== true)
    .map(({ at }) => at)
    .sort((one, other) => one - other)
}

function forTheBreast(list: readonly Exposure[], oldest: Instant): Start | undefined {
  const first = list.find(({ medicine, from }) => medicine.reason === 'breast' && from >= oldest)
  return first && { start: first.from, from: first.from }
}
