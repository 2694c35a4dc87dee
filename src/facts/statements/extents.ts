import type { Sign } from '../facts.js'
import { inUnitOf, quantityAmount, type RecordedQuantity } from '../fhir/quantities.js'
import {
  areaUnits,
  lengthUnits,
  painUnits,
  shareUnits,
  type UnitTable,
} from '../../terminology/units-of-measure.js'

/** The extent of a sign: a length or area, or a share of the breast. */
export type Extent = Pick<Sign, 'size' | 'share'>

type Size = NonNullable<Sign['size']>
const tenth = (value: number): number => Math.round(value * 10) / 10

/** The largest size of a sign on a breast; a larger one is a slip. Consensus, to be confirmed by a clinician. */
const largest = { cm: 60, cm2: 2500 } as const

/** The quantity of a sign as read. An `amount` of 0 means absent; `why` says why the unit could not be read. */
export type QuantityReading =
  { amount: number; extent: Extent; score: boolean; why?: string } | { why: string }

/**
 * Reads the quantity of a sign: its size as a length or an area, or its share of the breast in percent.
 *
 * Units:   cm or cm2; a share from 0 to 1.
 * Missing: a unit that is not known, and a size that no breast has, leave the sign without a size, with the reason.
 * Source:  clinical 2.7
 */
export function extentOf(quantity: unknown): QuantityReading {
  const amount = quantityAmount(quantity)
  if ('why' in amount) return { why: `size ${amount.why}` }
  const { value } = amount
  if (value < 0) return { why: 'size is below nought' }
  const isUnitless = amount.ucum === undefined && amount.words === undefined
  if (isUnitless || typeof inUnitOf(painUnits, amount) === 'number')
    return { amount: value, extent: {}, score: true }
  return { amount: value, score: false, ...sizeOf(amount) }
}

/** The size or share that a quantity states, or why the quantity states none. */
function sizeOf(amount: RecordedQuantity): { extent: Extent; why?: string } {
  const share = inUnitOf(shareUnits, amount)
  if (typeof share === 'number')
    return share <= 100 ? { extent: { share: share / 100 } } : { extent: {}, why: 'size is above 100 %' }
  for (const [unit, table] of sizeTables) {
    const value = inUnitOf(table, amount)
    if (typeof value !== 'number') continue
    const most = largest[unit]
    return value <= most
      ? { extent: { size: { value, unit } } }
      : { extent: {}, why: `size is above ${most} ${unit}` }
  }
  return { extent: {}, why: 'size unit is not cm, mm, cm2, mm2 or %' }
}

const sizeTables = [
  ['cm', lengthUnits],
  ['cm2', areaUnits],
] as const satisfies readonly (readonly [Size['unit'], UnitTable])[]

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
