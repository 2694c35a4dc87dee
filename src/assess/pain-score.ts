import type { Measure, Sign } from '../facts/facts.js'
import type { Grade } from '../terminology/concepts.js'

/** A breast sign as recorded, or breast pain recorded as a score from 0 to 10. */
export interface SignRecord extends Sign {
  score?: number
  /**
   * The pain score names neither a side nor the breast: the pain supports other breast signs but is no breast sign
   * alone.
   */
  generic?: boolean
}

/** The grade of a pain score: at least moderate from 4 on (clinical 2.7). */
const gradeOf = (score: number): Grade => (score >= 4 ? 'moderate' : 'mild')

/**
 * Turns a pain score into the sign breast pain: absent for 0, present for any higher score.
 *
 * Edge: a score without a side may be about another part of the body, and is then `generic`.
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
