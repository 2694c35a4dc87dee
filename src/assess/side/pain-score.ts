import type { Grade, Measure, Sign } from '../../facts/facts.js'

/** A breast sign as recorded, or breast pain told by a 0-10 score. */
export interface SignRecord extends Sign {
  score?: number
  /** A pain score that names neither a side nor the breast: it supports other breast signs but is none on its own. */
  generic?: boolean
}

/** Pain 0-10 as a grade: from 4 it is at least moderate (clinical 2.7). */
const gradeOf = (score: number): Grade => (score >= 4 ? 'moderate' : 'mild')

/**
 * A pain score as the sign breast pain: 0 is absent, anything above is present.
 *
 * Edge: a score without a side may be about another part of the body; it is then `generic`.
 */
export const scoreAsSign = (pain: Measure): SignRecord => ({
  source: pain.source,
  ...(pain.when && { when: pain.when }),
  fromText: pain.fromText,
  sign: 'breast-pain',
  state: pain.value > 0 ? 'present' : 'absent',
  side: pain.side,
  ...(pain.value > 0 && { grade: gradeOf(pain.value) }),
  possible: false,
  focal: false,
  spreading: false,
  score: pain.value,
  generic: pain.side === 'unspecified' && pain.aboutBreast !== true,
})
