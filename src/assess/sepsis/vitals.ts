import type { Measure } from '../../facts/facts.js'
import type { MeasureKind } from '../../terminology/concepts.js'
import { hoursInMs } from '../../units/units.js'
import type { Dated } from '../dating.js'
import { measuresOf, type Timeline } from '../timeline.js'

/**
 * The measures of one kind that the sepsis screen may use, oldest first.
 *
 * Edge:    a value exactly `sepsis.windowHours` old counts.
 * Missing: a value without a time stands in no window.
 * Source:  clinical 5.4 step 1
 */
export function vitalsOf(timeline: Timeline, kind: MeasureKind): readonly Dated<Measure>[] {
  const since = timeline.now - hoursInMs(timeline.parameters['sepsis.windowHours'])
  return measuresOf(timeline, kind).filter(({ at }) => at >= since)
}

/** The newest measures of one kind: more than one when several were taken at the same moment. */
export function newestVitals(timeline: Timeline, kind: MeasureKind): readonly Dated<Measure>[] {
  const vitals = vitalsOf(timeline, kind)
  const newest = vitals.at(-1)
  return newest ? vitals.filter(({ at }) => at === newest.at) : vitals
}
