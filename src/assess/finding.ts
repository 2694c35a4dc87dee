import type { ResourceRef, Span } from '../facts/facts.js'

export type Verdict = 'present' | 'absent' | 'cannot-tell'

/** One fact behind a finding, in our words: what, when, from which resource. */
export interface Evidence {
  /** "temperature 38.8 °C", "antibiotic started (dicloxacillin)". Never chart text. */
  what: string
  when?: Span
  source: ResourceRef
  fromText: boolean
  /** A draft order of this call: it has no date yet. */
  draft?: true
}

/**
 * The answer to one clinical question.
 *
 * Missing: `cannot-tell` only when what is missing could change the answer; `because` then names the missing fact.
 */
export interface Finding {
  verdict: Verdict
  /** One worded reason, never empty, never chart text. */
  because: string
  evidence: readonly Evidence[]
}

/** The finding holds, on this evidence. */
export const present = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'present',
  because,
  evidence,
})

/** The finding does not hold; not charted in a category that was read counts as absent. */
export const absent = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'absent',
  because,
  evidence,
})

/** What is missing could change the answer. `because` names it. */
export const cannotTell = (because: string, ...evidence: readonly Evidence[]): Finding => ({
  verdict: 'cannot-tell',
  because,
  evidence,
})

/** Present or absent by a condition, with a reason for each. */
export const verdict = (
  holds: boolean,
  whenPresent: string,
  whenAbsent: string,
  evidence: readonly Evidence[] = [],
): Finding => ({ verdict: holds ? 'present' : 'absent', because: holds ? whenPresent : whenAbsent, evidence })
