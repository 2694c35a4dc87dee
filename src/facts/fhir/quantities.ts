import { fieldsOf, isGiven, numberOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { UnitReading, UnitTable } from '../../terminology/units-of-measure.js'

/** A number with its unit as recorded: a UCUM code, written words, or neither. */
export interface RecordedQuantity {
  value: number
  ucum?: string
  words?: string
}

const ucumSystem =
  /^(?:https?:\/\/(?:www\.)?unitsofmeasure\.org\/?|(?:urn:oid:)?2\.16\.840\.1\.113883\.6\.8)$/i
const plainNumber = /^[+-]?\d{1,7}(?:[.,]\d{1,12})?$/
/** A comma before three digits, as in "1,180": a decimal comma here, a mark of thousands there. */
const commaOfTwoMeanings = /^[+-]?[1-9]\d{0,2},\d{3}$/
const numberWithUnit = /^([+-]?[\d.,]{1,20})(?: ?([^\d\s.,].{0,30})| (10[*^eE].{0,27}))?$/
const longestText = 60

type NumberReading = number | { why: string }

const twoMeanings = { why: 'has a comma that can mean decimals or thousands' } as const
const noNumber = { why: 'has no number' } as const

/**
 * Reads a number that is written as a text, with a decimal point or a decimal comma.
 *
 * Missing: a comma that can also mean thousands is refused, and so is any text that is not only a number.
 */
function numberIn(text: string): NumberReading {
  if (!plainNumber.test(text)) return noNumber
  return commaOfTwoMeanings.test(text) ? twoMeanings : Number(text.replace(',', '.'))
}

const numberAsGiven = (value: unknown): NumberReading =>
  numberOf(value) ?? numberIn(stringOf(value)?.normalize('NFKC').trim() ?? '')

/** A quantity, or the reason why there is none. */
export type RecordedQuantityReading = RecordedQuantity | { why: string }

/**
 * Reads one Quantity, also one whose number is written as a text.
 *
 * Missing: a Quantity with a comparator is only a bound and gives no value.
 */
export function quantityAmount(quantity: unknown): RecordedQuantityReading {
  const fields = fieldsOf(quantity)
  if (!fields) return noNumber
  const value = numberAsGiven(fields['value'])
  if (typeof value !== 'number') return value
  if (isGiven(fields['comparator'])) return { why: 'is only a bound (comparator)' }
  const code = stringOf(fields['code'])?.trim()
  const system = fields['system']
  const words = stringOf(fields['unit'])?.trim()
  const isCoded =
    code !== undefined && (!isGiven(system) || (typeof system === 'string' && ucumSystem.test(system)))
  const amount: RecordedQuantity = { value }
  if (isCoded) amount.ucum = code
  if (words !== undefined) amount.words = words
  return amount
}

/**
 * Reads the number of an Observation or component from any of the elements that can hold one.
 *
 * Shape:   valueQuantity; valueInteger; a valueString that is nothing but a number, with or without a unit: "38,9 °C".
 * Missing: a reason that can follow the name of the measure: "has no number".
 */
export function amountOf(holder: Fields): RecordedQuantityReading {
  const { valueQuantity, valueInteger, valueString } = holder
  if (isGiven(valueQuantity)) return quantityAmount(valueQuantity)
  const integer = numberOf(valueInteger)
  if (integer !== undefined) return { value: integer }
  const text = stringOf(valueString)
  if (text !== undefined) return amountIn(text)
  return isGiven(holder['dataAbsentReason']) ? { why: 'was not obtained (dataAbsentReason)' } : noNumber
}

/** Reads a text that is nothing but a number, with or without a unit. */
function amountIn(text: string): RecordedQuantityReading {
  if (text.length > longestText) return noNumber
  const plain = text.trim().replaceAll(/\s+/g, ' ')
  const [, digits = '', unit, power] = numberWithUnit.exec(plain) ?? []
  const value = numberAsGiven(digits)
  if (typeof value !== 'number') return value
  const words = unit ?? power
  return words === undefined ? { value } : { value, words }
}

/**
 * The unit that counts: the code where UCUM knows the code, or else what the code and the written unit mean.
 *
 * Missing: a reason where neither is known, or where the two differ.
 */
function unitOf(
  { title, accepted, read }: UnitTable,
  { ucum, words }: RecordedQuantity,
): UnitReading | { why: string } {
  const coded = ucum === undefined ? undefined : read(ucum)
  if (coded?.isUcum === true) return coded
  const written = words === undefined ? undefined : read(words)
  if (coded && written && coded.convert(1) !== written.convert(1))
    return { why: `${title} has two units that differ` }
  return coded ?? written ?? { why: `${title} unit is not ${accepted.join(' or ')}` }
}

/**
 * Converts a value to the one unit of a table: by its UCUM code first, then by its written unit (clinical 3.6).
 *
 * Missing: a value without a unit, with a unit that is not known, or too large to convert is refused with the reason.
 */
export function inUnitOf(table: UnitTable, amount: RecordedQuantity): number | { why: string } {
  const { title } = table
  if (amount.ucum === undefined && amount.words === undefined) return { why: `${title} has no unit` }
  const unit = unitOf(table, amount)
  if ('why' in unit) return unit
  const value = unit.convert(amount.value)
  return Number.isFinite(value) ? value : { why: `${title} has a number that is too large` }
}
