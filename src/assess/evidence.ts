import type { Measure, Problem, Provenance, Span } from '../facts/facts.js'
import type { ConditionSet } from '../facts/concepts.js'
import type { Instant } from '../units/units.js'
import { daysInMs, hoursInMs } from '../units/units.js'
import type { Evidence } from './finding.js'
import { conditionWords, measureText } from './words.js'

/** One fact as evidence, in the words given. */
export const evidenceOf = ({ source, when, fromText }: Provenance, what: string): Evidence => ({
  what,
  source,
  fromText,
  ...(when && { when }),
})

/** A problem as evidence, named by one of its sets. */
export const problemEvidence = (problem: Problem, set: ConditionSet): Evidence =>
  evidenceOf(problem, conditionWords[set])

/** A measured value as evidence: "temperature 38.8 °C". */
export const measureEvidence = (measure: Measure): Evidence => evidenceOf(measure, measureText(measure))

/**
 * The moment a fact counts from: the latest its time can mean that is not after `now`.
 *
 * Edge:    a time a few minutes ahead, within the clock skew allowed, counts as now.
 * Missing: no time gives no instant; such a fact cannot stand in a window.
 * Source:  clinical 3.3.
 */
export const instantOf = (when: Span | undefined, now: Instant): Instant | undefined =>
  when && Math.min(when.latest, now)

/** Was it at most so many days ago? Exactly that many still counts; without a time it does not. */
export const withinDays = (when: Span | undefined, days: number, now: Instant): boolean =>
  when !== undefined && now - Math.min(when.latest, now) <= daysInMs(days)

/** Was it at most so many hours ago? Exactly that many still counts; without a time it does not. */
export const withinHours = (when: Span | undefined, hours: number, now: Instant): boolean =>
  when !== undefined && now - Math.min(when.latest, now) <= hoursInMs(hours)
