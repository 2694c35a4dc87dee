import type { Span } from '../facts/facts.js'
import { dayOf } from '../units/clock-words.js'
import type { Instant } from '../units/units.js'
import type { Timeline } from './timeline.js'

/**
 * The day of a fact on the wall clock of the site, as a card prints it: "29 Nov".
 *
 * Edge:    of a time that spans a day, the day that holds its middle: the same in every zone.
 * Missing: without a span, the day of `at`.
 */
export const dayWords = ({ parameters }: Timeline, when: Span | undefined, at: Instant): string =>
  dayOf(when ? (when.earliest + when.latest) / 2 : at, parameters['time.defaultZone'])
