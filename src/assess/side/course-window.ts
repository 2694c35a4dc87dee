import { hoursInMs, type Instant } from '../../units/units.js'
import type { Parameters } from '../parameters.js'
import type { Dated } from './timeline.js'

/** From when to when values are compared, for one start of treatment (clinical 4.3). */
export interface CourseWindow {
  /** A baseline is the newest value from here ... */
  baselineFrom: Instant
  /** ... to here, 12 h after the start. */
  baselineTo: Instant
  /** Values from here can read worse. */
  worseFrom: Instant
  /** Values from here can read improved or not improved. */
  evaluateFrom: Instant
  /** A temperature must be at least this new. */
  temperatureFrom: Instant
}

/**
 * The window for antibiotics that began at `start`.
 *
 * Edge: a baseline is not older than 72 h before the episode or the start: an examination from before the illness
 *       is not what a value is compared with.
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

/** The window after a drainage: nothing is read before `drainage.recheckHours`. */
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

/** The value to compare with and the value to judge. */
export interface Pair<F> {
  baseline?: Dated<F>
  /** Newest value that can read worse; newer than the baseline. */
  newest: Dated<F>
  /** It is late enough to read improved or not improved too. */
  evaluates: boolean
}

/**
 * Picks baseline and newest value from a list sorted oldest first; undefined when nothing can be judged.
 *
 * Edge: a value exactly 12 h after the start can read worse against an earlier baseline, and is a baseline later on.
 */
export function pairIn<F>(values: readonly Dated<F>[], window: CourseWindow): Pair<F> | undefined {
  const newest = values.at(-1)
  if (!newest || newest.at < window.worseFrom) return undefined
  const baseline = values.findLast(({ at }) => at <= window.baselineTo && at < newest.at)
  const known = baseline && baseline.at >= window.baselineFrom ? baseline : undefined
  return { newest, evaluates: newest.at >= window.evaluateFrom, ...(known && { baseline: known }) }
}
