import { fieldsOf, isGiven, numberOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { UnitTable } from '../../terminology/units-of-measure.js'

/** A number with its unit as recorded: a UCUM code, written words, or neither. */
export interface RecordedQuantity {
  value: number
  ucum?: string
  words?: string
}

const ucumSystem = 'http://unitsofmeasure.org'
const numberWithUnit = /^\s*([+-]?\d{1,7}(?:\.\d{1,6})?)\s*([^\d\s].{0,15})?$/

/** A quantity, or the reason why there is none. */
export type RecordedQuantityReading = RecordedQuantity | { why: string }

/** Reads one Quantity; a Quantity with a comparator is only a bound and gives no value. */
export function quantityAmount(quantity: unknown): RecordedQuantityReading {
  const fields = fieldsOf(quantity)
  const value = numberOf(fields?.['value'])
  if (!fields || value === undefined) return { why: 'has no number' }
  if (isGiven(fields['comparator'])) return { why: 'is only a bound (comparator)' }
  const code = stringOf(fields['code'])?.trim()
  const system = fields['system']
  const words = stringOf(fields['unit'])?.trim()
  const coded = code !== undefined && (system === ucumSystem || !isGiven(system))
  const amount: RecordedQuantity = { value }
  if (coded) amount.ucum = code
  if (words !== undefined) amount.words = words
  return amount
}

/**
 * Reads the number of an Observation or component from any of the elements that can hold one.
 *
 * Shape:   valueQuantity; valueInteger; a valueString that is nothing but a number, with or without a unit.
 * Missing: a reason that can follow the name of the measure: "has no number".
 */
export function amountOf(holder: Fields): RecordedQuantityReading {
  const { valueQuantity, valueInteger, valueString } = holder
  if (isGiven(valueQuantity)) return quantityAmount(valueQuantity)
  const integer = numberOf(valueInteger)
  if (integer !== undefined) return { value: integer }
  const text = stringOf(valueString)
  const [, digits, words] = (text !== undefined && text.length <= 30 && numberWithUnit.exec(text)) || []
  if (digits !== undefined)
    return { value: Number(digits), ...(words !== undefined && { words: words.trim() }) }
  return {
    why: isGiven(holder['dataAbsentReason']) ? 'was not obtained (dataAbsentReason)' : 'has no number',
  }
}

/**
 * Converts a value to the one unit of a table: by its UCUM code first, then by its written unit (clinical 3.6).
 *
 * Missing: a value without a unit, with a unit that is not listed, or too large to convert is refused with the reason.
 */
export function inUnitOf(
  { title, ucum, words }: UnitTable,
  amount: RecordedQuantity,
): number | { why: string } {
  if (amount.ucum === undefined && amount.words === undefined) return { why: `${title} has no unit` }
  const convert =
    amount.ucum === undefined ? words.get(amount.words?.toLowerCase() ?? '') : ucum.get(amount.ucum)
  if (!convert) return { why: `${title} unit is not ${[...ucum.keys()].join(' or ')}` }
  const value = convert(amount.value)
  return Number.isFinite(value) ? value : { why: `${title} has a number that is too large` }
}
