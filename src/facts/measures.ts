import { celsius } from '../units/units.js'
import type { Measure, MeasureKind } from './facts.js'
import { amountOf, inUnitOf } from './quantities.js'
import type { Amount } from './quantities.js'
import { noteUnreadable } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'
import { unitTables } from './units-of-measure.js'

/** Values between which a temperature without unit is Celsius (clinical 2.3); above the upper one it is Fahrenheit. */
const celsiusFrom = 30
const celsiusTo = 45

function temperatureOf(amount: Amount): number | { why: string } {
  const table = unitTables.get('temperature')
  if (!table) return { why: 'temperature has no unit table' }
  const unitless = amount.ucum === undefined && amount.words === undefined
  const value = unitless ? temperatureWithoutUnit(amount.value) : inUnitOf(table, amount)
  if (typeof value !== 'number') return value
  return value < celsiusFrom || value > celsiusTo ? { why: 'temperature is outside 30-45 °C' } : value
}

function temperatureWithoutUnit(value: number): number | { why: string } {
  if (value > celsiusTo) return celsius(((value - 32) * 5) / 9)
  return value >= celsiusFrom ? celsius(value) : { why: 'temperature has no unit' }
}

function painOf(amount: Amount): number | { why: string } {
  const table = unitTables.get('pain')
  const unitless = amount.ucum === undefined && amount.words === undefined
  const value = unitless || !table ? amount.value : inUnitOf(table, amount)
  if (typeof value !== 'number') return value
  return value < 0 || value > 10 ? { why: 'pain score is outside 0-10' } : value
}

/**
 * The value of one measure in its one unit.
 *
 * Units:   as the comments of `MeasureKind` say; temperature rounded to 0.1 °C before anything compares it.
 * Edge:    a temperature without unit is °F above 45, °C from 30 to 45. Nought or less is no vital sign.
 * Missing: the reason, naming fields and never values.
 * Source:  clinical 2.3, 3.6
 */
export function measuredValue(kind: MeasureKind, amount: Amount): number | { why: string } {
  if (kind === 'temperature') return temperatureOf(amount)
  if (kind === 'pain') return painOf(amount)
  const table = unitTables.get(kind)
  if (!table) return { why: 'measure has no unit table' }
  const value = inUnitOf(table, amount)
  if (typeof value !== 'number') return value
  const possible = kind === 'c-reactive-protein' ? value >= 0 : value > 0
  return possible ? value : { why: `${table.title} is not above nought` }
}

/** Reads one vital sign, laboratory value or pain score; what cannot be read is noted with its reason. */
export function readMeasure(kind: MeasureKind, statement: Statement, { sheet }: Reading): number | undefined {
  const { source, when, holder, place } = statement
  const amount = amountOf(holder)
  const title = unitTables.get(kind)?.title ?? kind
  const value = 'why' in amount ? { why: `${title} ${amount.why}` } : measuredValue(kind, amount)
  if (typeof value !== 'number') {
    noteUnreadable(sheet, kind, value.why, source, when)
    return undefined
  }
  // Written out, not spread: this line runs for every vital sign of a chart.
  const measure: Measure = { source, fromText: false, kind, value, side: place.side }
  if (when) measure.when = when
  if (kind === 'pain' && statement.aboutBreast()) measure.aboutBreast = true
  sheet.measures.push(measure)
  return value
}
