import type { Instant } from './units.js'

const quarterMs = 900_000
const remembered = 4096

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
export type ZoneOffset = (instant: Instant) => number

function offsetsOf(zone: string): ZoneOffset {
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

const offsets = new Map<string, ZoneOffset>([['UTC', () => 0]])

/**
 * The offsets of an IANA zone; made once for each zone, since making them is slow, and remembered for each quarter of
 * an hour.
 *
 * Throws: `RangeError` for an unknown zone; the parameter `time.defaultZone` is checked at start.
 */
export function zoneOffset(zone: string): ZoneOffset {
  const known = offsets.get(zone)
  if (known) return known
  const offset = offsetsOf(zone)
  offsets.set(zone, offset)
  return offset
}
