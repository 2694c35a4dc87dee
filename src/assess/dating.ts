import type { Provenance, Span } from '../facts/facts.js'
import { daysInMs, hoursInMs, type Instant } from '../units/units.js'

/**
 * The moment that a time counts from: the latest moment that the time can mean, and never a moment after `now`.
 *
 * Edge:    a time ahead of `now` counts as `now`. No elapsed time is then negative, and of two facts ahead neither
 *          outdates the other.
 * Missing: without a time there is no moment, and the fact stands in no window.
 * Source:  clinical 3.3
 */
export function instantOf(when: Span, now: Instant): Instant
export function instantOf(when: Span | undefined, now: Instant): Instant | undefined
export function instantOf(when: Span | undefined, now: Instant): Instant | undefined {
  return when && Math.min(when.latest, now)
}

/** Is a time at most so many days ago? Exactly that many days still count; a fact without a time is in no window. */
export const withinDays = (when: Span | undefined, days: number, now: Instant): boolean =>
  when !== undefined && now - instantOf(when, now) <= daysInMs(days)

/** Is a time at most so many hours ago? Exactly that many hours still count; a fact without a time is in no window. */
export const withinHours = (when: Span | undefined, hours: number, now: Instant): boolean =>
  when !== undefined && now - instantOf(when, now) <= hoursInMs(hours)

/** A fact and the moment it counts from. */
export interface Dated<F> {
  fact: F
  at: Instant
}

/** Orders two facts of the same moment: negative if the first counts as the older one, positive if the second does. */
export type Tie<F> = (one: F, other: F) => number

/** Orders two facts of the same moment by their resource, so that the order of the chart decides nothing. */
export const bySource: Tie<Provenance> = (one, other) =>
  one.source < other.source ? -1 : one.source > other.source ? 1 : 0

/**
 * Dates facts and sorts them, oldest first.
 *
 * Edge:    facts of the same moment stand in the order of `tie`, then of their resources.
 * Missing: facts without a time are left out.
 */
export function dated<F extends Provenance>(
  facts: readonly F[],
  now: Instant,
  tie: Tie<F> = bySource,
): readonly Dated<F>[] {
  const list: Dated<F>[] = []
  for (const fact of facts) if (fact.when) list.push({ fact, at: instantOf(fact.when, now) })
  return list.sort(
    (one, other) => one.at - other.at || tie(one.fact, other.fact) || bySource(one.fact, other.fact),
  )
}

/** The newest fact of a list that stands oldest first, unless that fact is older than `since`. */
export function newestSince<F>(list: readonly Dated<F>[], since: Instant): Dated<F> | undefined {
  const newest = list.at(-1)
  return newest && newest.at >= since ? newest : undefined
}
