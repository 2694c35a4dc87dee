import type { Instant } from '../units/units.js'
import type { Span } from './facts.js'

/** Turns a wall-clock reading of one zone into the instants it can mean. */
export interface ZoneClock {
  /**
   * Shape: `wall` is the reading as if it were UTC, in milliseconds.
   * Edge:  an hour that comes twice (end of summer time) gives an interval; one that never came gives the hour around it.
   */
  spanOf(wall: number): Span
}

const dayMs = 86_400_000
const quarterMs = 900_000
const remembered = 4096

const utcClock: ZoneClock = { spanOf: (wall) => ({ earliest: wall, latest: wall }) }

/** How far the wall clock of a zone is ahead of UTC at an instant, remembered per quarter of an hour. */
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
 * The clock of an IANA zone; built once per zone, since building one is slow.
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
