import { zoneOffset } from '../../units/zone-offset.js'
import type { Span } from '../facts.js'

/** Tells which instants a wall-clock time of one zone can mean. */
export interface ZoneClock {
  /**
   * The instants that a wall-clock time can mean.
   *
   * Shape: `wall` is the wall-clock time in milliseconds, as if it were UTC.
   * Edge:  an hour that occurs twice (end of summer time) gives an interval; an hour that is skipped gives the hour
   *        around the change.
   */
  spanOf(wall: number): Span
}

const dayMs = 86_400_000

const utcClock: ZoneClock = { spanOf: (wall) => ({ earliest: wall, latest: wall }) }

function clockOf(zone: string): ZoneClock {
  const offsetAt = zoneOffset(zone)
  return {
    spanOf(wall) {
      const candidates = [wall - offsetAt(wall - dayMs), wall - offsetAt(wall + dayMs)]
      const exact = candidates.filter((instant) => instant + offsetAt(instant) === wall)
      const meant = exact.length > 0 ? exact : candidates
      return { earliest: Math.min(...meant), latest: Math.max(...meant) }
    },
  }
}

const clocks = new Map<string, ZoneClock>([['UTC', utcClock]])

/**
 * The clock of an IANA zone; made once for each zone, since making a clock is slow.
 *
 * Throws: `RangeError` for an unknown zone; the parameter `time.defaultZone` is checked at start.
 */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone)
  if (known) return known
  const clock = clockOf(zone)
  clocks.set(zone, clock)
  return clock
}
