import { hoursBetween, type Hours, type Instant } from '../units/units.js'

/** A stretch of time; both ends belong to it. */
export interface Stretch {
  from: Instant
  to: Instant
}

/**
 * Joins stretches that are sorted by start, and cuts them at `now`.
 *
 * Edge: stretches that overlap, touch, or leave a gap of at most `bridgeMs` become one, the gap included.
 */
export function union(sorted: readonly Stretch[], now: Instant, bridgeMs: number): Stretch[] {
  const joined: Stretch[] = []
  for (const { from, to } of sorted) {
    const end = Math.min(to, now)
    const last = joined.at(-1)
    if (last && from - last.to <= bridgeMs) last.to = Math.max(last.to, end)
    else joined.push({ from, to: Math.max(from, end) })
  }
  return joined
}

/** The hours in stretches that do not overlap, from a moment on. */
export const hoursSince = (stretches: readonly Stretch[], since: Instant): Hours =>
  totalHours(
    stretches.filter(({ to }) => to > since).map(({ from, to }) => ({ from: Math.max(from, since), to })),
  )

/** The hours in stretches that do not overlap. */
export const totalHours = (stretches: readonly Stretch[]): Hours =>
  hoursBetween(
    0,
    stretches.reduce((sum, { from, to }) => sum + (to - from), 0),
  )
