import type { Span } from '../../facts/facts.js'
import { agoWords, dayAndTimeOf, daysAsMonths, dayOf, monthOf, yearOf } from '../../units/clock-words.js'
import { daysBetween, daysInMs, hoursInMs, type Instant } from '../../units/units.js'

/** The moment of the call, and the zone of the site: what a reader counts times from. */
export interface ReadersClock {
  now: Instant
  zone: string
}

const longestInstantMs = hoursInMs(1)
const longestDayMs = hoursInMs(26)
const longestMonthMs = daysInMs(32)
const yearMs = daysInMs(365)

const isDate = (at: number): boolean => Math.abs(at) <= 8.64e15

const middle = ({ earliest, latest }: Span): Instant => earliest + (latest - earliest) / 2

/**
 * How long ago a fact was: "2 h ago", "5 d ago".
 *
 * Edge:    a fact of a whole day is "today" or counted in days; a longer time is told as the date, month or year.
 * Missing: "date unknown".
 */
export function agoOf(when: Span | undefined, clock: ReadersClock): string {
  if (!when || !isDate(when.earliest) || !isDate(when.latest)) return 'date unknown'
  const length = when.latest - when.earliest
  if (length < longestInstantMs) return agoWords(Math.min(when.latest, clock.now), clock.now)
  if (length >= longestDayMs) return dateOf(when, clock)
  if (dayOf(middle(when), clock.zone) === dayOf(clock.now, clock.zone)) return 'today'
  const days = Math.round(daysBetween(middle(when), clock.now))
  return days < daysAsMonths ? `${days} d ago` : agoWords(middle(when), clock.now)
}

/**
 * The date of a fact and how long ago the fact was: "27 Nov 17:00, 73 h ago".
 *
 * Edge:    a fact of a whole day has no time, a longer time is told as the month or year alone. A date of another year
 *          names the year.
 * Missing: "date unknown".
 */
export function dateAndAgo(when: Span | undefined, clock: ReadersClock): string {
  if (!when || !isDate(when.earliest) || !isDate(when.latest)) return 'date unknown'
  const date = dateOf(when, clock)
  return when.latest - when.earliest < longestDayMs ? `${date}, ${agoOf(when, clock)}` : date
}

function dateOf(when: Span, { now, zone }: ReadersClock): string {
  const length = when.latest - when.earliest
  if (length >= longestMonthMs) return yearOf(middle(when), zone)
  if (length >= longestDayMs) return monthOf(middle(when), zone)
  const year = now - when.latest > yearMs / 2 ? ` ${yearOf(middle(when), zone)}` : ''
  return length < longestInstantMs && year === ''
    ? dayAndTimeOf(when.latest, zone)
    : `${dayOf(middle(when), zone)}${year}`
}
