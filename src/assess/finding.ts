import type { ResourceRef, Span } from '../facts/facts.js'

/** The three answers that a finding can have. */
export type Verdict = 'present' | 'absent' | 'cannot-tell'

/** One fact behind a finding: its words, its time and its resource. */
export interface Evidence {
  /**
   * The service's own words for the fact: "temperature 38.8 °C", "dicloxacillin started".
   *
   * Privacy: never chart text.
   */
  what: string
  when?: Span
  source: ResourceRef
  fromText: boolean
  /** The fact is a draft order of this call, which has no date yet. */
  draft?: true
  /** The fact is one of several values of the same thing, which a card prints side by side: T 39.1 °C, T 38.7 °C. */
  series?: { name: string; value: string }
}

/**
 * The answer to one clinical question.
 *
 * Missing: `cannot-tell` only when missing facts could change the answer; `because` then names the missing fact.
 */
export interface Finding {
  verdict: Verdict
  /**
   * One reason in words, never empty.
   *
   * Privacy: never chart text.
   */
  because: string
  evidence: readonly Evidence[]
}

/** A finding that holds, on this evidence. */
export const present = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'present',
  because,
  evidence,
})

/** A finding that does not hold; a sign that is not charted in a readable category is absent. */
export const absent = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'absent',
  because,
  evidence,
})

/** A finding that a missing fact could change; `because` names the missing fact. */
export const cannotTell = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'cannot-tell',
  because,
  evidence,
})

/** A finding that is present or absent by a condition, with a reason for each. */
export const verdict = (
  holds: boolean,
  whenPresent: string,
  whenAbsent: string,
  evidence: readonly Evidence[] = [],
): Finding => ({ verdict: holds ? 'present' : 'absent', because: holds ? whenPresent : whenAbsent, evidence })
