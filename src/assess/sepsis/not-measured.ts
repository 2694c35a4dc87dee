import type { MeasureKind } from '../../facts/facts.js'
import { withinHours } from '../evidence.js'
import type { Moment } from '../views.js'
import { measureName } from '../words.js'

/** What a bedside screen measures, in its order; mean pressure only counts when a monitor measures it as such. */
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
]

/**
 * The values of the sepsis screen that are not on record: "respiratory rate, lactate"; "none" when all are.
 *
 * Edge:    a value exactly `sepsis.windowHours` old is on record; one without a time is not.
 * Missing: says what was not found; whether it was not measured or not charted nobody here knows.
 * Source:  clinical 6.3, sepsis: missing signs are named.
 */
export function notMeasured({ facts, parameters, now }: Moment): string {
  const measured = new Set(
    facts.measures.flatMap(({ kind, when }) =>
      withinHours(when, parameters['sepsis.windowHours'], now) ? [kind] : [],
    ),
  )
  return (
    screened
      .filter((kind) => !measured.has(kind))
      .map(measureName)
      .join(', ') || 'none'
  )
}
