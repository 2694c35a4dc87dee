import { celsius } from '../../units/units.js'
import type { CodeBook } from '../../terminology/code-book.js'
import { rangeInWords, type PlausibleRange } from '../../terminology/code-files.js'
import type { Measure } from '../facts.js'
import type { MeasureKind } from '../../terminology/concepts.js'
import { objectsOf } from '../fhir/narrow.js'
import { hasValue } from './answers.js'
import { amountOf, inUnitOf } from '../fhir/quantities.js'
import type { RecordedQuantity } from '../fhir/quantities.js'
import { noteUnreadable } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'
import { unitTables } from '../../terminology/units-of-measure.js'

type Value = number | { why: string }

/** The value in the one unit of its kind, before the range of possible values is checked. */
function convertedValue(kind: MeasureKind, amount: RecordedQuantity, { from, to }: PlausibleRange): Value {
  const table = unitTables.get(kind)
  if (!table) return { why: 'measure has no unit table' }
  const unitless = amount.ucum === undefined && amount.words === undefined
  if (kind === 'pain' && unitless) return amount.value
  if (kind !== 'temperature' || !unitless) return inUnitOf(table, amount)
  if (amount.value > to) return celsius(((amount.value - 32) * 5) / 9)
  return amount.value >= from ? celsius(amount.value) : { why: 'temperature has no unit' }
}

/**
 * Reads the value of one measure in its one unit.
 *
 * Units:   as the comments of `MeasureKind` say; temperatures are rounded to 0.1 °C before any comparison.
 * Edge:    a temperature without unit is °F above the range of °C, and °C within it. Both ends of the range are
 *          possible values.
 * Missing: a reason that names fields and never values; also for a value that no living adult can have.
 * Source:  clinical 2.3, 3.6; the ranges are in cards/codes/measures.yaml
 */
export function measuredValue(kind: MeasureKind, amount: RecordedQuantity, codes: CodeBook): Value {
  const title = unitTables.get(kind)?.title ?? kind
  const range = codes.plausible(kind)
  if (!range) return { why: `${title} has no plausible range` }
  return plausibleValue(convertedValue(kind, amount, range), title, range)
}

/** The value if a living adult can have it, both ends of the range included; a reason for every other value. */
export function plausibleValue(value: Value, title: string, range: PlausibleRange): Value {
  if (typeof value !== 'number' || (value >= range.from && value <= range.to)) return value
  return { why: `${title} is outside ${rangeInWords(range)}` }
}

/**
 * Reads the panel of a blood pressure, whose values are its components.
 *
 * Missing: a panel with a value of its own ("84/50") and no components is unreadable.
 */
export function readPressurePanel({ source, when, holder }: Statement, { collector }: ReaderContext): void {
  if (!hasValue(holder) || objectsOf(holder['component']).length > 0) return
  noteUnreadable(collector, 'systolic', 'systolic blood pressure is not in a component of its own', {
    source,
    when,
  })
}

const hasUnit = ({ ucum, words }: RecordedQuantity): boolean => ucum !== undefined || words !== undefined

/** Is the measure named by words alone, which need a unit beside them (clinical changes C4)? */
const isWordsAlone = (kind: MeasureKind, { sets }: Statement): boolean =>
  sets.some(({ set, fromText }) => set === kind && fromText)

/** Reads one vital sign, laboratory value or pain score; what cannot be read is noted with its reason. */
export function readMeasure(
  kind: MeasureKind,
  statement: Statement,
  { codes, collector }: ReaderContext,
): number | undefined {
  const { source, when, holder, place } = statement
  const amount = amountOf(holder)
  const title = unitTables.get(kind)?.title ?? kind
  const value =
    'why' in amount
      ? { why: `${title} ${amount.why}` }
      : isWordsAlone(kind, statement) && !hasUnit(amount)
        ? { why: `${title} has no unit` }
        : measuredValue(kind, amount, codes)
  if (typeof value !== 'number') {
    noteUnreadable(collector, kind, value.why, { source, when })
    return undefined
  }
  // Written out, not spread: this line runs for every vital sign of a chart.
  const measure: Measure = { source, fromText: false, kind, value, side: place.side }
  if (when) measure.when = when
  if (kind === 'pain' && statement.aboutBreast()) measure.aboutBreast = true
  collector.measures.push(measure)
  return value
}
