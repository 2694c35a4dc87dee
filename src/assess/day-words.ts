import type { Span } from '../facts/facts.js'
import type { Instant } from '../units/units.js'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * The day of a fact in UTC, as a card prints it: "29 Nov".
 *
 * Edge:    of a time that spans a day, the day that holds its middle: the same in every zone.
 * Missing: without a span, the day of `at`.
 */
export function dayWords(when: Span | undefined, at: Instant): string {
  const day = new Date(when ? (when.earliest + when.latest) / 2 : at)
  return `${day.getUTCDate()} ${months[day.getUTCMonth()] ?? ''}`
}
