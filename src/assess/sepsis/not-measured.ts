import type { MeasureKind } from '../../terminology/concepts.js'
import type { Timeline } from '../timeline.js'
import { vitalsOf } from './vitals.js'
import { measureShort } from '../words.js'

/**
 * The measures of a bedside screen, in the order of the screen. A mean pressure is not among them, because it counts
 * only where a monitor measures it as such.
 */
const screened: readonly MeasureKind[] = [
  'temperature',
  'heart-rate',
  'respiratory-rate',
  'white-cells',
  'systolic',
  'oxygen-saturation',
  'lactate',
  'creatinine',
  'platelets',
  'bilirubin',
  'inr',
]

/**
 * The measures of the sepsis screen without a value on record: "RR, lactate"; "" when every measure has
 * one.
 *
 * Edge:    a value exactly `sepsis.windowHours` old is on record; a value without a time is not.
 * Missing: a value that was measured but not charted counts as not on record.
 * Source:  clinical 6.3, sepsis: missing signs are named
 */
export function notMeasured(timeline: Timeline): string {
  const missing = screened.filter((kind) => vitalsOf(timeline, kind).length === 0)
  return missing.map(measureShort).join(', ')
}
