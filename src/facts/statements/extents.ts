import type { Sign } from '../facts.js'
import { quantityAmount } from '../fhir/quantities.js'

/** The extent of a sign: a length or area, or a share of the breast. */
export type Extent = Pick<Sign, 'size' | 'share'>

type Size = NonNullable<Sign['size']>
const tenth = (value: number): number => Math.round(value * 10) / 10

const sizeUnits = new Map<string, (value: number) => Size>([
  ['cm', (value) => ({ value, unit: 'cm' })],
  ['mm', (value) => ({ value: value / 10, unit: 'cm' })],
  ['cm2', (value) => ({ value, unit: 'cm2' })],
  ['cm^2', (value) => ({ value, unit: 'cm2' })],
  ['cm²', (value) => ({ value, unit: 'cm2' })],
  ['mm2', (value) => ({ value: value / 100, unit: 'cm2' })],
])
const scoreUnits: ReadonlySet<string> = new Set(['1', '{score}', '/10'])

/** The quantity of a sign as read. An `amount` of 0 means absent; `why` says why the unit could not be read. */
export type QuantityReading =
  { amount: number; extent: Extent; score: boolean; why?: string } | { why: string }

/**
 * Reads the quantity of a sign: its size in cm, mm, cm2 or mm2, or its share of the breast in percent.
 *
 * Units:   cm or cm2; a share from 0 to 1.
 * Missing: a unit that is not listed leaves the sign without a size, and gives the reason.
 * Source:  clinical 2.7
 */
export function extentOf(quantity: unknown): QuantityReading {
  const amount = quantityAmount(quantity)
  if ('why' in amount) return { why: `size ${amount.why}` }
  const { value } = amount
  if (value < 0) return { why: 'size is below nought' }
  const unit = (amount.ucum ?? amount.words ?? '').toLowerCase()
  if (unit === '' || scoreUnits.has(unit)) return { amount: value, extent: {}, score: true }
  if (unit === '%' && value <= 100) return { amount: value, extent: { share: value / 100 }, score: false }
  const size = sizeUnits.get(unit)
  if (size) return { amount: value, extent: { size: size(value) }, score: false }
  return { amount: value, extent: {}, score: false, why: 'size unit is not cm, mm, cm2, mm2 or %' }
}

const lengths = /(\d{1,3}(?:\.\d{1,2})?) ?(?:(?:x|×|by) ?(\d{1,3}(?:\.\d{1,2})?) ?)?(cm|mm)\b/gi
const areas = /\bcm(?:2|\^2|²)/i
const shares: readonly (readonly [RegExp, number])[] = [
  [/\b(?:whole|entire|all of the)\b[^.;]{0,20}\bbreast/i, 1],
  [/(?:\btwo thirds|\b2\/3)[^.;]{0,20}\bbreast/i, 2 / 3],
  [/(?:\bhalf|\b1\/2)[^.;]{0,20}\bbreast/i, 1 / 2],
  [/(?:\b(?:one|a) third|\b1\/3)[^.;]{0,20}\bbreast/i, 1 / 3],
  [/(?:\b(?:one|a) quarter|\b1\/4)[^.;]{0,20}\bbreast/i, 1 / 4],
]
const percent = /\b(\d{1,2}|100)\s?%[^.;]{0,20}\bbreast/i

/** The largest length in cm that a text names. */
export function lengthIn(text: string): number | undefined {
  let largest: number | undefined
  for (const [, first, second, unit] of text.matchAll(lengths)) {
    const value = Math.max(Number(first), Number(second ?? 0)) / (unit?.toLowerCase() === 'mm' ? 10 : 1)
    if (largest === undefined || value > largest) largest = value
  }
  return largest === undefined ? undefined : tenth(largest)
}

/** The size or share of the breast that a text names, if it names one. */
export function extentIn(text: string): Extent {
  if (text.length > 2000) return {}
  const length = areas.test(text) ? undefined : lengthIn(text)
  const counted = percent.exec(text)
  const share = counted ? Number(counted[1]) / 100 : shares.find(([words]) => words.test(text))?.[1]
  return {
    ...(length !== undefined && { size: { value: length, unit: 'cm' as const } }),
    ...(share !== undefined && { share }),
  }
}
