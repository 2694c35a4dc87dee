import type { Span } from '../facts.js'
import { fieldsOf, isGiven } from './narrow.js'
import type { Fields } from './narrow.js'
import type { ZoneClock } from './zone-clock.js'

/** A time as read: a span; `undefined` for an absent element; `malformed` for an element that is no FHIR time. */
export type TimeReading = Span | 'malformed' | undefined

const shape =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?: ?([Zz]|([+-])(\d\d)(?::?(\d\d))?))?)?)?)?$/
const longestTime = 48
const minuteMs = 60_000

/** The first year that is read. `Date.UTC` takes years below 100 for other years, and no patient record is that old. */
const firstYear = 1000

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** A calendar moment as if in UTC; undefined when the day does not exist. */
function wallTime(year: number, month: number, day: number, inDayMs: number): number | undefined {
  const exists = year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? Date.UTC(year, month - 1, day) + inDayMs : undefined
}

/** The first wall-clock moment after a day, month or year. */
function wallTimeAfter(year: number, month: number | undefined, day: number | undefined): number {
  if (month === undefined) return Date.UTC(year + 1, 0, 1)
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1)
}

/** Milliseconds since the start of the day; undefined for a time that does not exist (24:00, minute 60). */
function inDay(hour: string, minute: string, second: string | undefined, fraction: string | undefined) {
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)]
  if (h > 23 || m > 59 || s > 60) return undefined
  return h * 3_600_000 + m * minuteMs + s * 1000 + Math.floor(Number(fraction ?? 0) * 1000)
}

/** The offset `±hh:mm`, `±hhmm` or `±hh` in milliseconds ahead of UTC; undefined beyond 14 hours. */
function offsetMs(sign: string, hour: string, minute = '00'): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  if (minutes > 14 * 60 || Number(minute) > 59) return undefined
  return (sign === '-' ? -minutes : minutes) * minuteMs
}

/**
 * Reads a FHIR instant, dateTime or date into the span of instants that the value can mean.
 *
 * Shape:   `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a date with time, with or without offset. Spellings of servers that mean
 *          one time only are read too: a blank for the `T`, small `t` and `z`, no seconds, any number of decimals, an
 *          offset `+0100` or `+01`.
 * Edge:    a partial date runs from its first to its last millisecond in the zone of `clock`. A time without offset is
 *          read in that zone; a time with an offset is one instant.
 * Missing: an absent value is `undefined`; any other value that is no such time is `malformed` and never guessed.
 * Source:  https://hl7.org/fhir/R4/datatypes.html#dateTime, clinical 3.3
 */
export function timeOf(value: unknown, clock: ZoneClock): TimeReading {
  if (!isGiven(value)) return undefined
  const parts = typeof value === 'string' && value.length <= longestTime ? shape.exec(value) : null
  if (!parts) return 'malformed'
  const [, yyyy, mm, dd, hour, minute, second, fraction, offset, sign, offsetHour, offsetMinute] = parts
  const year = Number(yyyy)
  const month = mm === undefined ? undefined : Number(mm)
  const day = dd === undefined ? undefined : Number(dd)
  if (hour === undefined || minute === undefined) {
    const first = wallTime(year, month ?? 1, day ?? 1, 0)
    if (first === undefined) return 'malformed'
    const after = clock.spanOf(wallTimeAfter(year, month, day)).earliest
    return { earliest: clock.spanOf(first).earliest, latest: after - 1 }
  }
  const ms = inDay(hour, minute, second, fraction)
  const wall = ms === undefined ? undefined : wallTime(year, month ?? 1, day ?? 1, ms)
  if (wall === undefined) return 'malformed'
  if (offset === undefined) return clock.spanOf(wall)
  const ahead = sign === undefined ? 0 : offsetMs(sign, offsetHour ?? '', offsetMinute)
  return ahead === undefined ? 'malformed' : { earliest: wall - ahead, latest: wall - ahead }
}

/** Start and end of a Period, each read on its own; an element that is no Period has a malformed start. */
export function periodOf(value: unknown, clock: ZoneClock): { start: TimeReading; end: TimeReading } {
  const period = fieldsOf(value)
  if (!period) return { start: isGiven(value) ? 'malformed' : undefined, end: undefined }
  return { start: timeOf(period['start'], clock), end: timeOf(period['end'], clock) }
}

/** The span of a time that could be read; undefined for every other one. */
export const spanIn = (time: TimeReading): Span | undefined => (time === 'malformed' ? undefined : time)

/** The first of several times that is not absent, malformed or not. */
export const firstGiven = (...times: readonly TimeReading[]): TimeReading =>
  times.find((time) => time !== undefined)

/** Is one time an instant, or shorter than another, and wholly within the other? */
const isFiner = (one: TimeReading, other: Span): one is Span =>
  one !== undefined &&
  one !== 'malformed' &&
  one.earliest >= other.earliest &&
  one.latest <= other.latest &&
  one.latest - one.earliest < other.latest - other.earliest

/**
 * The time that counts among several times of one resource: the first that is recorded, or a later one that says the
 * same more finely ("2026-03-08" and "2026-03-08T09:30:00Z").
 *
 * Shape:   each later time is read only if the one before is absent or no instant.
 * Missing: a malformed time is not replaced by a later one.
 */
export function finestOf(first: TimeReading, ...others: readonly (() => TimeReading)[]): TimeReading {
  let finest = first
  for (const other of others) {
    if (finest === 'malformed' || (finest && finest.earliest === finest.latest)) break
    const time = other()
    if (!finest || isFiner(time, finest)) finest = time
  }
  return finest
}

/**
 * The time that an Observation or a report is about (clinical 3.3): effectiveInstant, effectiveDateTime, the end or
 * start of effectivePeriod, else issued; the finer of those that agree.
 *
 * Missing: a malformed effective time is not replaced by `issued`.
 */
export function effectiveTime(fields: Fields, clock: ZoneClock): TimeReading {
  const period = (): { start: TimeReading; end: TimeReading } => periodOf(fields['effectivePeriod'], clock)
  return finestOf(
    timeOf(fields['effectiveInstant'] ?? fields['effectiveDateTime'], clock),
    () => period().end,
    () => period().start,
    () => timeOf(fields['issued'], clock),
  )
}
