import type { Instant } from '../../units/units.js'
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
const quarterMs = 900_000
const remembered = 4096

const utcClock: ZoneClock = { spanOf: (wall) => ({ earliest: wall, latest: wall }) }

/** How far the wall clock of a zone is ahead of UTC at an instant; remembered for each quarter of an hour. */
function offsetsOf(zone: string): (instant: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()
  return (instant) => {
    const quarter = Math.floor(instant / quarterMs)
    const seen = known.get(quarter)
    if (seen !== undefined) return seen
    const at = quarter * quarterMs
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    const wall = new Date(0)
    wall.setUTCFullYear(part('year'), part('month') - 1, part('day'))
    wall.setUTCHours(part('hour'), part('minute'), part('second'))
    const offset = wall.getTime() - at
    if (known.size >= remembered) known.clear()
    known.set(quarter, offset)
    return offset
  }
}

function clockOf(zone: string): ZoneClock {
  const offsetAt = offsetsOf(zone)
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
