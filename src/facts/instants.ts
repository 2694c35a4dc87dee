import type { Instant } from '../units/units.js'
import type { Span } from './facts.js'
import { fieldsOf, isGiven } from './narrow.js'
import type { Fields } from './narrow.js'
import type { ZoneClock } from './zone-clock.js'

/** A time as read: a span, nothing there, or something there that is no FHIR time. */
export type TimeReading = Span | 'malformed' | undefined

const shape =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|([+-])(\d\d):(\d\d))?)?)?)?$/
const minuteMs = 60_000

/** Before this year `Date.UTC` means another century; no record of a patient is that old. */
const firstYear = 1000

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** A calendar moment as if in UTC; undefined when that day does not exist. */
function wallTime(year: number, month: number, day: number, inDayMs: number): number | undefined {
  const exists = year >= firstYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? Date.UTC(year, month - 1, day) + inDayMs : undefined
}

/** First wall-clock moment after the day, month or year named. */
function wallTimeAfter(year: number, month: number | undefined, day: number | undefined): number {
  if (month === undefined) return Date.UTC(year + 1, 0, 1)
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1)
}

/** Milliseconds into the day; undefined for a clock that does not exist (24:00, minute 60). */
function inDay(hour: string, minute: string, second: string | undefined, fraction: string | undefined) {
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)]
  if (h > 23 || m > 59 || s > 60) return undefined
  return h * 3_600_000 + m * minuteMs + s * 1000 + Math.floor(Number(fraction ?? 0) * 1000)
}

/** Milliseconds that `±hh:mm` is ahead of UTC; undefined beyond 14 hours. */
function offsetMs(sign: string, hour: string, minute: string): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  if (minutes > 14 * 60 || Number(minute) > 59) return undefined
  return (sign === '-' ? -minutes : minutes) * minuteMs
}

const asciiZero = 48

/** The number that two digits spell at a place; not a number when one of them is no digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - asciiZero
  const ones = text.charCodeAt(at + 1) - asciiZero
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/**
 * The instant of the one spelling that most records have, `YYYY-MM-DDTHH:mm:ss`, with or without `.sss`, and `Z`.
 *
 * Missing: every other text, also one of that length that is no time, is left to the full reader.
 */
function utcInstant(text: string): Instant | undefined {
  const { length } = text
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90 || text[10] !== 'T')
    return undefined
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const ms =
    length === 20 ? 0 : text[19] === '.' ? twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10) : NaN
  if (!(hour <= 23 && minute <= 59 && second <= 60 && ms >= 0)) return undefined
  return wallTime(
    year,
    twoDigits(text, 5),
    twoDigits(text, 8),
    hour * 3_600_000 + minute * minuteMs + second * 1000 + ms,
  )
}

/**
 * Reads a FHIR instant, dateTime or date into the span of instants it can mean.
 *
 * Shape:   `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or a date with time, with or without offset.
 * Edge:    a partial date runs from its first to its last millisecond, and a time without offset is read, in the
 *          clock's zone; a time with an offset is one instant.
 * Missing: absent is `undefined`; anything there that is no such time is `malformed`, never guessed.
 * Source:  https://hl7.org/fhir/R4/datatypes.html#dateTime, clinical 3.3
 */
export function timeOf(value: unknown, clock: ZoneClock): TimeReading {
  if (!isGiven(value)) return undefined
  const instant = typeof value === 'string' ? utcInstant(value) : undefined
  if (instant !== undefined) return { earliest: instant, latest: instant }
  const parts = typeof value === 'string' && value.length <= 40 ? shape.exec(value) : null
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
  const ahead = sign === undefined ? 0 : offsetMs(sign, offsetHour ?? '', offsetMinute ?? '')
  return ahead === undefined ? 'malformed' : { earliest: wall - ahead, latest: wall - ahead }
}

/** Start and end of a Period, each read on its own; something that is no Period has a malformed start. */
export function periodOf(value: unknown, clock: ZoneClock): { start: TimeReading; end: TimeReading } {
  const period = fieldsOf(value)
  if (!period) return { start: isGiven(value) ? 'malformed' : undefined, end: undefined }
  return { start: timeOf(period['start'], clock), end: timeOf(period['end'], clock) }
}

/** The span of a reading, if it is one. */
export const spanIn = (time: TimeReading): Span | undefined => (time === 'malformed' ? undefined : time)

/** The first of several readings that is there at all, malformed or not. */
export const firstGiven = (...times: readonly TimeReading[]): TimeReading =>
  times.find((time) => time !== undefined)

/**
 * When an Observation speaks of (clinical 3.3): effectiveInstant, effectiveDateTime, the end or start of
 * effectivePeriod, else issued.
 *
 * Missing: a malformed effective time is not replaced by `issued`.
 */
export function observationTime(fields: Fields, clock: ZoneClock): TimeReading {
  const at = timeOf(fields['effectiveInstant'] ?? fields['effectiveDateTime'], clock)
  if (at !== undefined) return at
  if (isGiven(fields['effectivePeriod'])) {
    const { start, end } = periodOf(fields['effectivePeriod'], clock)
    const time = firstGiven(end, start)
    if (time !== undefined) return time
  }
  return timeOf(fields['issued'], clock)
}
