import type { Medicine } from '../../facts/facts.js'
import type { MedicineSet } from '../../terminology/concepts.js'
import { hoursInMs, type Instant } from '../../units/units.js'
import type { Moment } from '../moment.js'
import { neverTaken } from '../patient/exposure-now.js'

/** The hours for which a steroid raises white cells and a vitamin K antagonist raises INR, fixed in clinical 5.4. */
const effectHours = 72

/**
 * Was a medicine of this set taken at this moment, or in the 72 h before?
 *
 * Edge:    a medicine without an end counts to now while it runs, else to its start. Exactly 72 h count.
 * Missing: a medicine without a start was not taken.
 * Source:  clinical 5.4
 */
export const takenBefore = (
  { facts, now }: Pick<Moment, 'facts' | 'now'>,
  set: MedicineSet,
  at: Instant,
): boolean => facts.medicines.some((medicine) => medicine.sets.includes(set) && covers(medicine, at, now))

function covers({ status, noExposure, start, end }: Medicine, at: Instant, now: Instant): boolean {
  if (neverTaken.has(noExposure) || !start || start.earliest > at) return false
  const running = status === 'active' || status === 'in-progress'
  const last = end?.latest ?? (running ? now : Math.min(start.latest, now))
  return at - last <= hoursInMs(effectHours)
}
