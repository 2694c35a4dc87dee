import type { Medicine } from '../../../facts/facts.js'
import { hoursInMs, type Instant } from '../../../units/units.js'
import type { Exposure } from './exposure.js'
import type { Stretch } from '../../stretches.js'

interface Dose {
  medicine: Medicine
  from: Instant
}

/** The antibiotic doses of the chart, oldest first, with the three questions that orders ask about doses. */
export interface Doses {
  /** The first dose of the same ingredient between 24 h before and 72 h after `start`: the true start of an order. */
  firstNear: (ingredients: readonly string[], start: Instant) => Instant | undefined
  /** The first later dose of an antibiotic with another ingredient. */
  firstOfOther: (ingredients: readonly string[], after: Instant) => Instant | undefined
  /** The cover by doses, without single doses that stand alone beside these orders. */
  exposures: (orders: readonly Stretch[]) => Exposure[]
}

/** Prepares doses that stand oldest first. */
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

/** The index of the first entry that is not before `start`, in a sorted list. */
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

/**
 * The end of a dose: a period ends as recorded, a dose in progress runs to now, a dose at one instant covers 24 h
 * (clinical 4.2).
 */
function endOf({ medicine, from }: Dose, now: Instant): Instant {
  if (medicine.end) return Math.max(from, medicine.end.latest)
  return medicine.status === 'in-progress' ? Math.max(from, now) : from + hoursInMs(24)
}

const alone = hoursInMs(48)

/**
 * Does a single dose stand alone, without another dose within 48 h and without an order around it? Such a dose is no
 * exposure.
 *
 * Edge: two doses exactly 48 h apart do not stand alone.
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
