import type { Span } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { daysInMs } from '../../units/units.js'

/** The whole years from one moment to another, by the calendar. */
function wholeYears(from: Instant, to: Instant): number {
  const start = new Date(from)
  const end = new Date(to)
  const years = end.getUTCFullYear() - start.getUTCFullYear()
  start.setUTCFullYear(start.getUTCFullYear() + years)
  return start.getTime() <= to ? years : years - 1
}

/**
 * The age of the patient, as precise as the birth date.
 *
 * Units:   whole years, by the calendar.
 * Edge:    on the birthday the new age counts; a birth year alone gives two possible ages.
 * Missing: without a birth date there is no age.
 * Source:  clinical 1.1
 */
export function ageYears(birth: Span | undefined, now: Instant): { min: number; max: number } | undefined {
  if (!birth) return undefined
  const lastDay = Math.max(birth.earliest, birth.latest - daysInMs(1) + 1)
  return { min: wholeYears(lastDay, now), max: wholeYears(birth.earliest, now) }
}
