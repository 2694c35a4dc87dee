import { daysInMs } from '../units/units.js'

/** Elements that hold a date or time; other texts in the form of a date (codes, values) stay. */
const timeElement = /(?:Date|DateTime|Instant)$/
const otherTimeElements: ReadonlySet<string> = new Set([
  ...['date', 'start', 'end', 'issued', 'authoredOn', 'dateAsserted', 'lastUpdated', 'recorded', 'event'],
  ...['sent', 'received', 'created', 'timestamp', 'whenPrepared', 'whenHandedOver'],
])
const isTimeElement = (name: string): boolean => timeElement.test(name) || otherTimeElements.has(name)

const fullTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
const partialDate = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/

/** A time with zone, moved; seconds, fractions and the offset keep their form. */
function shiftTime(text: string, byMs: number): string | undefined {
  const match = fullTime.exec(text)
  if (!match) return undefined
  const [, , seconds = '', fraction = '', zone = 'Z'] = match
  const offsetMs = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * minutesOf(zone.slice(1)) * 60_000
  const local = new Date(Date.parse(text) + byMs + offsetMs).toISOString()
  return local.slice(0, seconds === '' ? 16 : 19) + (fraction === '' ? '' : local.slice(19, 23)) + zone
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** A date without time, moved by whole days; a month or year is moved by its middle day. */
function shiftDate(text: string, byMs: number): string | undefined {
  const match = partialDate.exec(text)
  if (!match) return undefined
  const [, year = '', month, day] = match
  const middle = Date.parse(`${year}-${month ?? '07'}-${day ?? (month ? '15' : '01')}T00:00:00Z`)
  const wholeDays = daysInMs(Math.floor(byMs / daysInMs(1)))
  return new Date(middle + wholeDays).toISOString().slice(0, text.length)
}

function shifted(value: unknown, name: string, byMs: number): unknown {
  if (typeof value === 'string') {
    return isTimeElement(name) ? (shiftTime(value, byMs) ?? shiftDate(value, byMs) ?? value) : value
  }
  if (Array.isArray(value)) return value.map((each) => shifted(each, name, byMs))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, key, byMs)]))
}

/**
 * Copies a resource or Bundle with every time moved by `byMs`, which may be negative.
 *
 * Units: milliseconds. Times keep their offset and precision; dates without time move by whole days, rounded down, so
 *        that no date slips into the future.
 * Edge:  a time without zone, and other text in the form of a date, stay.
 */
export function shiftBundle<T extends object>(bundle: T, byMs: number): T {
  return shifted(bundle, '', byMs) as T
}
