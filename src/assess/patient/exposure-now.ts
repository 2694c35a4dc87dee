import type { Medicine, NoExposure } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { hoursInMs } from '../../units/units.js'

/** The hours for which a given medicine counts (clinical 4.2: a dose at one instant covers 24 h). */
const givenCoversHours = 24

/** The reasons of orders and doses that never took place; the indication and a short course do not matter here. */
export const neverTaken: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>([
  'status',
  'intent',
  'do-not-perform',
  'not-given',
  'route',
])

/**
 * Is the patient exposed to this medicine now, as far as orders and doses tell?
 *
 * Edge:    a dose covers 24 h after its end. An order counts from its start to its end, and without an end while it is
 *          active.
 * Missing: an active order counts without a start.
 */
export function exposedNow(medicine: Medicine, now: Instant): boolean {
  const { kind, status, start, end, noExposure } = medicine
  if (neverTaken.has(noExposure)) return false
  if (start && start.earliest > now) return false
  if (kind === 'administration') {
    if (status === 'in-progress') return true
    const last = end ?? start
    return status === 'completed' && last !== undefined && now - last.latest <= hoursInMs(givenCoversHours)
  }
  return status === 'active' && (end === undefined || end.latest >= now)
}
