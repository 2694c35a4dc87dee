import type { Medicine, NoExposure } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { hoursInMs } from '../../units/units.js'

/** A medicine given counts for so long after it was given (clinical 4.2: an instant covers 24 h). */
const givenCoversHours = 24

/** Orders and doses that were never meant or never happened; a reason or a short course does not matter here. */
const neverTaken: ReadonlySet<NoExposure | undefined> = new Set<NoExposure>([
  'status',
  'intent',
  'do-not-perform',
  'route',
])

/**
 * Is she exposed to this medicine now, as far as orders and doses can say?
 *
 * Edge:    a dose covers 24 h after its end; an order counts from its start to its end, and without an end while active.
 * Missing: no start does not end an active order.
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
