import type { Measure } from '../../facts/facts.js'
import type { MeasureKind } from '../../terminology/concepts.js'
import type { Instant } from '../../units/units.js'
import { hoursInMs } from '../../units/units.js'
import type { Parameters } from '../parameters.js'
import type { Dated } from '../dating.js'
import type { Moment } from '../moment.js'
import type { Timeline } from '../timeline.js'
import { takenBefore } from './taken-before.js'
import { newestVitals, vitalsOf } from './vitals.js'

/** One of the four criteria of the first step, and the newest value that meets it. */
export interface MetCriterion {
  name: 'T' | 'HR' | 'RR' | 'WBC'
  kind: MeasureKind
  reading: Dated<Measure>
}

type Limit = (
  reading: Dated<Measure>,
  parameters: Parameters,
  highWhiteCellsCount: (at: Instant) => boolean,
) => boolean

const criteria: readonly { name: MetCriterion['name']; kind: MeasureKind; meets: Limit }[] = [
  {
    name: 'T',
    kind: 'temperature',
    meets: ({ fact: { value } }, parameters) =>
      value >= parameters['sepsis.tempHigh'] || value < parameters['sepsis.tempLow'],
  },
  {
    name: 'HR',
    kind: 'heart-rate',
    meets: ({ fact: { value } }, parameters) => value > parameters['sepsis.heartRate'],
  },
  {
    name: 'RR',
    kind: 'respiratory-rate',
    meets: ({ fact: { value } }, parameters) => value > parameters['sepsis.respiratoryRate'],
  },
  {
    name: 'WBC',
    kind: 'white-cells',
    meets: ({ fact: { value }, at }, parameters, highCounts) =>
      value < parameters['sepsis.wbcLow'] || (value > parameters['sepsis.wbcHigh'] && highCounts(at)),
  },
]

/** The measures of the first step, in the order of their names. */
export const firstStepKinds: readonly MeasureKind[] = criteria.map(({ kind }) => kind)

/** The result of the first step. */
export interface FirstStep {
  /** Every criterion that is met by its newest value, oldest first. */
  met: readonly MetCriterion[]
  /** The largest group of met criteria within `sepsis.pairHours`; of groups of the same size the latest. */
  group: readonly MetCriterion[]
  /** Two criteria are each met by two values `sepsis.repeatMinutes` apart, all within `sepsis.pairHours`. */
  repeated: boolean
}

/**
 * The first step of the screen: temperature, heart rate, respiratory rate and white cells.
 *
 * Units:   °C, /min, /min, 10*9/L.
 * Edge:    a temperature at the high limit counts, at the low limit does not; heart rate, respiratory rate and white
 *          cells count beyond their limits. Values exactly `sepsis.pairHours` apart belong together; values exactly
 *          `sepsis.repeatMinutes` apart are a repeat.
 * Missing: a measure without a value in the window meets no criterion; `sepsis-unreadable.ts` tells an unread value
 *          from one that was not measured.
 * Source:  clinical 5.4 steps 1, 2 and 4 (CMQCC step 1)
 */
export function firstStep(timeline: Timeline, delivered: Instant | undefined): FirstStep {
  const { parameters } = timeline
  const highCounts = (at: Instant): boolean => highWhiteCellsCount(timeline, delivered, at)
  const met = criteria
    .flatMap(({ name, kind, meets }): readonly MetCriterion[] => {
      const reading = newestVitals(timeline, kind).find((candidate) =>
        meets(candidate, parameters, highCounts),
      )
      return reading ? [{ name, kind, reading }] : []
    })
    .sort((a, b) => a.reading.at - b.reading.at)
  const pairMs = hoursInMs(parameters['sepsis.pairHours'])
  const group = largestGroup(met, pairMs)
  const meeting = ({ kind }: MetCriterion): readonly Instant[] => {
    const meets = criteria.find((criterion) => criterion.kind === kind)?.meets
    return vitalsOf(timeline, kind)
      .filter((reading) => meets?.(reading, parameters, highCounts))
      .map(({ at }) => at)
  }
  const [first, second] = group
  const repeated =
    group.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    repeatsTogether(meeting(first), meeting(second), pairMs, parameters['sepsis.repeatMinutes'] * 60_000)
  return { met, group, repeated }
}

function largestGroup(met: readonly MetCriterion[], pairMs: number): readonly MetCriterion[] {
  let best: readonly MetCriterion[] = []
  for (const { reading } of met) {
    const group = met.filter(({ reading: { at } }) => at >= reading.at && at - reading.at <= pairMs)
    if (group.length >= best.length) best = group
  }
  return best
}

/**
 * Is there a stretch of `pairMs` in which both criteria were met twice, far enough apart? Both lists are oldest first.
 */
function repeatsTogether(
  first: readonly Instant[],
  second: readonly Instant[],
  pairMs: number,
  repeatMs: number,
): boolean {
  const twice = (times: readonly Instant[], from: Instant): boolean => {
    const start = times[placeAfter(times, from - 1)] ?? Infinity
    const end = times[placeAfter(times, from + pairMs) - 1] ?? -Infinity
    return end - start >= repeatMs
  }
  return [...first, ...second].some((from) => twice(first, from) && twice(second, from))
}

/**
 * How many of these instants, oldest first, are at most `limit`; found by halving, because a chart may hold thousands.
 */
function placeAfter(times: readonly Instant[], limit: Instant): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? Infinity) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Do high white cells at this moment count? They do not just after a birth, nor within 72 h of a steroid. */
function highWhiteCellsCount(
  { facts, parameters, now }: Moment,
  delivered: Instant | undefined,
  at: Instant,
): boolean {
  const afterBirthMs = hoursInMs(parameters['sepsis.wbcAfterBirthHours'])
  if (delivered !== undefined && at >= delivered && at - delivered < afterBirthMs) return false
  return !takenBefore({ facts, now }, 'steroid', at)
}
