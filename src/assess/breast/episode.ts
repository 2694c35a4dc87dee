import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import type { Breast } from './breasts.js'
import { episodeSets, isIn } from './diagnosis-sets.js'
import { drivingInputs, type CurrentDiagnoses } from './current-diagnoses.js'
import type { Exposure } from './antibiotics/exposure.js'
import type { Exposures } from './antibiotics/exposures.js'
import { gapEnds } from './gaps.js'
import { courseOf } from './signs/sign-finding.js'
import { breastSigns } from './signs/signs-of-breast.js'
import { union } from '../stretches.js'
import type { Timeline } from '../timeline.js'
import { inputs } from '../definition.js'
import { relapseInputs, type Relapse } from './relapse/relapse.js'
import { breastSets } from './diagnosis-sets.js'
import { instantOf } from '../dating.js'

/** The inputs of the start of an episode, and of the gaps that end an earlier episode. */
export const episodeInputs = inputs(drivingInputs(breastSets), relapseInputs, {
  facts: ['course'],
  sets: [],
  parameters: ['episode.maxDays', 'episode.gapDays'],
})

/** The present episode of one breast, and the antibiotics that belong to the episode (clinical 4.1). */
export interface Episode {
  /** The start, as late as its date can mean; elapsed hours count from this moment. */
  start?: Instant
  /** The start, as early as its date can mean; antibiotics belong to the episode from 72 h before this moment. */
  from?: Instant
  /** The antibiotics of this episode, by start. */
  exposures: readonly Exposure[]
  /** The ends of earlier cover, which a gap assigned to an earlier episode. */
  earlierEnds: readonly Instant[]
}

interface Start {
  start: Instant
  from: Instant
}

/** The earliest start; of two partial dates that both count as now, the one that can mean an earlier moment. */
const earliest = (starts: readonly Start[]): Start | undefined =>
  starts.reduce<Start | undefined>(
    (best, each) => (best && (best.start - each.start || best.from - each.from) <= 0 ? best : each),
    undefined,
  )

/**
 * Finds the start of the present episode and the antibiotics that belong to the episode.
 *
 * Shape:   the start is the onset of a driving diagnosis, else the earliest sign of the last 14 days, else an
 *          antibiotic for the breast. Cover before a gap that ended an earlier episode is dropped, and the start moves
 *          behind the gap.
 *          A relapse begins anew whatever the gap.
 * Edge:    an onset exactly `episode.maxDays` ago counts. A cracked nipple, or a pain score without a side, starts no
 *          episode.
 * Missing: without any dated start there is no start.
 */
export function currentEpisode(
  timeline: Timeline,
  breast: Breast,
  diagnoses: CurrentDiagnoses,
  { list, relapse }: Pick<Exposures, 'list'> & { relapse?: Relapse },
): Episode {
  const { now, parameters } = timeline
  if (relapse) return episodeOfRelapse(relapse, list)
  const oldest = now - daysInMs(parameters['episode.maxDays'])
  const onsets = onsetsOf(timeline, diagnoses).filter(({ start }) => start >= oldest)
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

/** The episode since a relapse; an antibiotic that began before the new illness was charted begins the episode. */
function episodeOfRelapse({ courseEnd, ill }: Relapse, list: readonly Exposure[]): Episode {
  const exposures = list.filter(({ from }) => from > courseEnd)
  const start = Math.min(ill, exposures[0]?.from ?? ill)
  return { start, from: start, exposures, earlierEnds: [courseEnd] }
}

/** The onsets of current diagnoses that can start an episode. */
function onsetsOf({ now }: Timeline, diagnoses: CurrentDiagnoses): Start[] {
  return diagnoses.problems.flatMap((problem) =>
    problem.when && isIn(problem, episodeSets)
      ? [{ start: instantOf(problem.when, now), from: problem.when.earliest }]
      : [],
  )
}

/** The times at which breast signs were recorded present, oldest first. */
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

/** Did the episode begin at least 24 h ago? */
export const hasLasted = (start: Instant | undefined, now: Instant): boolean =>
  start !== undefined && now - start >= hoursInMs(24)
