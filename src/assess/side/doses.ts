import type { Medicine } from '../../facts/facts.js'
import { hoursInMs, type Instant } from '../../units/units.js'
import type { Exposure } from './exposure.js'
import type { Stretch } from './stretches.js'

interface Dose {
  medicine: Medicine
  from: Instant
}

/** Antibiotic administrations, oldest first, as the orders need to ask about them. */
export interface Doses {
  /** First dose of the same ingredient within [start - 24 h, start + 72 h]: the true start of an order. */
  firstNear: (ingredients: readonly string[], start: Instant) => Instant | undefined
  /** First later dose of an antibiotic with another ingredient. */
  firstOfOther: (ingredients: readonly string[], after: Instant) => Instant | undefined
  /** The doses' own cover, without those that stand alone beside these orders. */
  exposures: (orders: readonly Stretch[]) => Exposure[]
}

/** Doses of the chart, sorted by start. */
export function dosesOf(doses: readonly Dose[], now: Instant): Doses {
  const byIngredient = new Map<string, Instant[]>()
  for (const { medicine, from } of doses) {
    for (const ingredient of medicine.ingredients) {
      const list = byIngredient.get(ingredient)
      if (list) list.push(from)
      else byIngredient.set(ingredient, [from])
    }
  }
  return {
    firstNear: (ingredients, start) => {
      const found = ingredients.flatMap((ingredient) => {
        const list = byIngredient.get(ingredient) ?? []
        const first = list[lowerBound(list, start - hoursInMs(24))]
        return first !== undefined && first <= start + hoursInMs(72) ? first : []
      })
      return found.length > 0 ? Math.min(...found) : undefined
    },
    firstOfOther: (ingredients, after) =>
      doses.find(
        ({ medicine, from }) =>
          from > after && !medicine.ingredients.some((ingredient) => ingredients.includes(ingredient)),
      )?.from,
    exposures: (orders) =>
      doses.flatMap((dose, index) =>
        standsAlone(dose, doses[index - 1], doses[index + 1], orders)
          ? []
          : [{ medicine: dose.medicine, from: dose.from, to: endOf(dose, now), anyOnly: false }],
      ),
  }
}

/** Index of the first entry not before `start` in a sorted list. */
function lowerBound(list: readonly Instant[], start: Instant): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}

/** A period covers itself, one in progress runs to now, an instant covers 24 h (clinical 4.2). */
function endOf({ medicine, from }: Dose, now: Instant): Instant {
  if (medicine.end) return Math.max(from, medicine.end.latest)
  return medicine.status === 'in-progress' ? Math.max(from, now) : from + hoursInMs(24)
}

const alone = hoursInMs(48)

/**
 * A single dose is no exposure: no other dose within 48 h and no order around it.
 *
 * Edge: another dose exactly 48 h away keeps both.
 */
function standsAlone(
  { medicine, from }: Dose,
  before: Dose | undefined,
  after: Dose | undefined,
  orders: readonly Stretch[],
): boolean {
  if (!medicine.singleInstant) return false
  if (before && from - before.from <= alone) return false
  if (after && after.from - from <= alone) return false
  return !orders.some((order) => order.from <= from + alone && order.to >= from - alone)
}
