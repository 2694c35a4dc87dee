import { fieldsOf, isGiven, numberOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { UnitTable } from './units-of-measure.js'

/** A number with its unit as recorded: a UCUM code, written words, or neither. */
export interface Amount {
  value: number
  ucum?: string
  words?: string
}

const ucumSystem = 'http://unitsofmeasure.org'
const numberWithUnit = /^\s*([+-]?\d{1,7}(?:\.\d{1,6})?)\s*([^\d\s].{0,15})?$/

/** An amount, or why there is none. */
export type AmountReading = Amount | { why: string }

/** Reads one Quantity; a comparator makes it a bound, which is no value. */
export function quantityAmount(quantity: unknown): AmountReading {
  const fields = fieldsOf(quantity)
  const value = numberOf(fields?.['value'])
  if (!fields || value === undefined) return { why: 'has no number' }
  if (isGiven(fields['comparator'])) return { why: 'is only a bound (comparator)' }
  const code = stringOf(fields['code'])?.trim()
  const system = fields['system']
  const words = stringOf(fields['unit'])?.trim()
  const coded = code !== undefined && (system === ucumSystem || !isGiven(system))
  const amount: Amount = { value }
  if (coded) amount.ucum = code
  if (words !== undefined) amount.words = words
  return amount
}

/**
 * Reads the number of an Observation or component, whatever form it was recorded in.
 *
 * Shape:   valueQuantity; valueInteger; a valueString that is nothing but a number, with or without a unit.
 * Missing: the reason, worded after the name of the measure: "has no number".
 */
export function amountOf(holder: Fields): AmountReading {
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
 * The value in the one unit of a table: UCUM code first, then the written unit (clinical 3.6).
 *
 * Missing: a unit that is not listed is refused, not guessed; so is none at all, and a number too large to convert.
 */
export function inUnitOf({ title, ucum, words }: UnitTable, amount: Amount): number | { why: string } {
  if (amount.ucum === undefined && amount.words === undefined) return { why: `${title} has no unit` }
  const convert =
    amount.ucum === undefined ? words.get(amount.words?.toLowerCase() ?? '') : ucum.get(amount.ucum)
  if (!convert) return { why: `${title} unit is not ${[...ucum.keys()].join(' or ')}` }
  const value = convert(amount.value)
  return Number.isFinite(value) ? value : { why: `${title} has a number that is too large` }
}
