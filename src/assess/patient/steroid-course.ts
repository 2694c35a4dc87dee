import type { Medicine } from '../../facts/facts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { bySource, instantOf } from '../dating.js'
import type { Moment } from '../moment.js'
import { union, type Stretch } from '../stretches.js'
import { exposedNow, neverTaken } from './exposure-now.js'

/** The days from which a systemic steroid suppresses immunity, fixed in clinical 1.5. */
const longDays = 14

/** Records that leave a gap of at most this many days are one course: a repeat prescription is a new order. */
const bridgeDays = 1

/** A systemic steroid that is taken now, and has been for `longDays` or more; `unknown` when its start is not told. */
export type LongSteroid = { medicine: Medicine; days: number } | 'unknown' | undefined

const isTaken = ({ sets, noExposure }: Medicine): boolean =>
  sets.includes('steroid') && !neverTaken.has(noExposure) && noExposure !== 'short-order'

/** The end of a record: as recorded, now while it goes on, or after its supply; undefined when nothing tells. */
function endOf(medicine: Medicine, from: Instant, now: Instant): Instant | undefined {
  const { kind, status, end, supplyDays } = medicine
  if (end) return end.latest
  if (status === 'active' || status === 'in-progress') return now
  if (kind === 'administration') return from + daysInMs(1)
  return supplyDays === undefined ? undefined : from + daysInMs(supplyDays)
}

/** The stretches of these records up to now, by start, and whether the start or end of one of them is not told. */
function stretchesOf(steroids: readonly Medicine[], now: Instant): { list: Stretch[]; open: boolean } {
  const list: Stretch[] = []
  let open = false
  for (const medicine of steroids) {
    const { start } = medicine
    if (!start) open ||= exposedNow(medicine, now)
    else if (start.earliest <= now) {
      const from = instantOf(start, now)
      const to = endOf(medicine, from, now)
      open ||= to === undefined
      list.push({ from, to: to ?? from })
    }
  }
  return { list: list.sort((one, other) => one.from - other.from), open }
}

/** The steroid of now that was begun last. */
const newestOf = (steroids: readonly Medicine[], now: Instant): Medicine | undefined =>
  steroids
    .filter((medicine) => exposedNow(medicine, now))
    .sort((one, other) => (one.start?.latest ?? 0) - (other.start?.latest ?? 0) || bySource(one, other))
    .at(-1)

/**
 * Finds the course of a systemic steroid that is taken now and has lasted `longDays`.
 *
 * Edge:    exactly `longDays` counts; a start known only as a date is the latest moment of that date. Short orders and
 *          local use never count.
 * Missing: `unknown` when a steroid is taken now and its start, or the end of an earlier record, is not told.
 * Source:  clinical 1.5
 */
export function longSteroid({ facts, now }: Moment): LongSteroid {
  const steroids = facts.medicines.filter(isTaken)
  const medicine = newestOf(steroids, now)
  if (!medicine) return undefined
  const { list, open } = stretchesOf(steroids, now)
  const course = union(list, now, daysInMs(bridgeDays)).at(-1)
  const days = course && course.to >= now ? Math.floor((now - course.from) / daysInMs(1)) : 0
  if (days >= longDays) return { medicine, days }
  return open ? 'unknown' : undefined
}

/** How long a course has lasted: "6 weeks". */
export const courseWords = (days: number): string =>
  days > 365 ? 'more than a year' : `${Math.floor(days / 7)} weeks`
