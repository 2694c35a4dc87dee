import { daysBetween, hoursBetween, type Instant } from './units.js'
import { zoneOffset } from './zone-offset.js'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Durations from so many hours on are told in days (clinical changes C30). */
const hoursAsDays = 96

const wallTime = (at: Instant, zone: string): Date => new Date(at + zoneOffset(zone)(at))

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** The day of an instant on the wall clock of a zone: "29 Nov". */
export function dayOf(at: Instant, zone: string): string {
  const wall = wallTime(at, zone)
  return `${wall.getUTCDate()} ${months[wall.getUTCMonth()] ?? ''}`
}

/** The month and year of an instant on the wall clock of a zone: "Nov 2026". */
export function monthOf(at: Instant, zone: string): string {
  const wall = wallTime(at, zone)
  return `${months[wall.getUTCMonth()] ?? ''} ${wall.getUTCFullYear()}`
}

/** The year of an instant on the wall clock of a zone: "2026". */
export const yearOf = (at: Instant, zone: string): string => String(wallTime(at, zone).getUTCFullYear())

/** The day and time of an instant on the wall clock of a zone: "29 Nov 16:00". */
export function dayAndTimeOf(at: Instant, zone: string): string {
  const wall = wallTime(at, zone)
  return `${dayOf(at, zone)} ${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`
}

/**
 * How long it is from one instant to a later one, in whole hours, and from 96 hours on in whole days: "73 h", "5 days".
 */
export function durationWords(from: Instant, to: Instant): string {
  const hours = hoursBetween(from, to)
  return hours < hoursAsDays ? `${Math.floor(hours)} h` : `${Math.floor(daysBetween(from, to))} days`
}

/** From so many days on, a time is told in months. */
export const daysAsMonths = 92
const daysAsYears = 730
const [daysOfMonth, daysOfYear] = [30.44, 365.25]

/**
 * How long ago an instant was: "20 min ago", from two hours on "3 h ago", from 96 hours on "5 d ago", from 92 days on "4
 * months ago", from 730 days on "2 years ago".
 */
export function agoWords(at: Instant, now: Instant): string {
  const hours = hoursBetween(at, now)
  if (hours < 2) return `${Math.floor(hours * 60)} min ago`
  if (hours < hoursAsDays) return `${Math.floor(hours)} h ago`
  const days = daysBetween(at, now)
  if (days < daysAsMonths) return `${Math.floor(days)} d ago`
  return days < daysAsYears
    ? `${Math.floor(days / daysOfMonth)} months ago`
    : `${Math.floor(days / daysOfYear)} years ago`
}
