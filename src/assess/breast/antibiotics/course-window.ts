import { hoursInMs, type Instant } from '../../../units/units.js'
import type { Parameters } from '../../parameters.js'
import type { Dated } from '../../dating.js'
import type { Evidence } from '../../finding.js'

/** The change of one measure against its baseline. */
export type Trend = 'improved' | 'worse' | 'not-improved'

/** The trend by one measure, and the values behind the trend. */
export interface TrendReading {
  measure: 'temperature' | 'pain' | 'sign' | 'statement'
  trend: Trend
  evidence: readonly Evidence[]
  /** The time of the value that was judged. */
  at: number
  /** A statement on the patient as a whole, which no sign backs. */
  general?: true
}

/** The times between which values are compared, for one start of treatment (clinical 4.3). */
export interface CourseWindow {
  /** The earliest time of a baseline, which is the newest value up to `baselineTo`. */
  baselineFrom: Instant
  /** The latest time of a baseline: 12 h after the start. */
  baselineTo: Instant
  /** The earliest time of a value that can read worse. */
  worseFrom: Instant
  /** The earliest time of a value that can read improved or not improved. */
  evaluateFrom: Instant
  /** The earliest time of a temperature that is judged. */
  temperatureFrom: Instant
}

/**
 * The window for antibiotics that began at `start`.
 *
 * Edge: a baseline is at most 72 h older than the episode or the start: a value from before the illness is no
 *       baseline.
 */
export function antibioticWindow(
  start: Instant,
  episodeStart: Instant | undefined,
  parameters: Parameters,
  now: Instant,
): CourseWindow {
  return {
    baselineFrom: Math.min(start, episodeStart ?? start) - hoursInMs(72),
    baselineTo: start + hoursInMs(12),
    worseFrom: start + hoursInMs(parameters['response.worseFromHours']),
    evaluateFrom: start + hoursInMs(parameters['response.evaluateFromHours']),
    temperatureFrom: now - hoursInMs(24),
  }
}

/** The window after a drainage; no value before `drainage.recheckHours` is judged. */
export function drainageWindow(drained: Instant, parameters: Parameters, now: Instant): CourseWindow {
  const recheck = drained + hoursInMs(parameters['drainage.recheckHours'])
  return {
    baselineFrom: drained - hoursInMs(72),
    baselineTo: drained + hoursInMs(12),
    worseFrom: recheck,
    evaluateFrom: recheck,
    temperatureFrom: now - hoursInMs(24),
  }
}

/** A baseline and the value that is judged against it. */
export interface Pair<F> {
  baseline?: Dated<F>
  /** The newest value: late enough to read worse, and newer than the baseline. */
  newest: Dated<F>
  /** The newest value is late enough to read improved or not improved as well. */
  evaluates: boolean
}

/**
 * Picks the baseline and the newest value from values that stand oldest first; undefined when no value can be judged.
 *
 * Shape:   the baseline is the newest of the values that can be one, or the one that `choose` takes.
 * Edge:    a value exactly 12 h after the start can read worse against an earlier baseline, and later serves as a
 *          baseline.
 */
export function pairIn<F>(
  values: readonly Dated<F>[],
  window: CourseWindow,
  choose: (candidates: readonly Dated<F>[]) => Dated<F> | undefined = (candidates) => candidates.at(-1),
): Pair<F> | undefined {
  const newest = values.at(-1)
  if (!newest || newest.at < window.worseFrom) return undefined
  const candidates = values.filter(
    ({ at }) => at >= window.baselineFrom && at <= window.baselineTo && at < newest.at,
  )
  const baseline = choose(candidates)
  return { newest, evaluates: newest.at >= window.evaluateFrom, ...(baseline && { baseline }) }
}
