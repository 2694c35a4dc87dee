import type { Measure, MeasureKind } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { hoursInMs } from '../../units/units.js'
import { instantOf } from '../evidence.js'
import type { Moment } from '../views.js'

/** A measure with the one instant it counts from. */
export interface Reading {
  measure: Measure
  at: Instant
}

/** Readings by kind within `sepsis.windowHours`, oldest first. */
export type VitalHistory = ReadonlyMap<MeasureKind, readonly Reading[]>

/** Kinds the sepsis screen looks at; other measures are passed over. */
const screened: ReadonlySet<MeasureKind> = new Set<MeasureKind>([
  'temperature',
  'heart-rate',
  'respiratory-rate',
  'white-cells',
  'systolic',
  'mean-arterial-pressure',
  'oxygen-saturation',
  'lactate',
  'creatinine',
  'platelets',
])

/**
 * The values the sepsis screen may use.
 *
 * Edge:    exactly `sepsis.windowHours` old counts.
 * Missing: a value without a time stands in no window.
 * Source:  clinical 5.4 step 1.
 */
export function vitalHistory({ facts, parameters, now }: Moment): VitalHistory {
  const since = now - hoursInMs(parameters['sepsis.windowHours'])
  const history = new Map<MeasureKind, Reading[]>()
  for (const measure of facts.measures) {
    if (!screened.has(measure.kind)) continue
    const at = instantOf(measure.when, now)
    if (at === undefined || at < since) continue
    const known = history.get(measure.kind)
    if (known) known.push({ measure, at })
    else history.set(measure.kind, [{ measure, at }])
  }
  for (const readings of history.values())
    readings.sort((a, b) => a.at - b.at || a.measure.value - b.measure.value)
  return history
}

const noReadings: readonly Reading[] = []

/** Readings of one kind, oldest first. */
export const readingsOf = (history: VitalHistory, kind: MeasureKind): readonly Reading[] =>
  history.get(kind) ?? noReadings

/** The newest readings of one kind: more than one when several were taken at the same instant. */
export function newestOf(history: VitalHistory, kind: MeasureKind): readonly Reading[] {
  const readings = readingsOf(history, kind)
  const last = readings.at(-1)
  return last ? readings.filter(({ at }) => at === last.at) : noReadings
}
