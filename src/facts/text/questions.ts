import { pastSite } from './negation.js'
import type { Term } from './terms.js'
import type { Sentence } from './tokens.js'

export interface Answers {
  /** Terms that a "? no" or ": yes" after them answers. */
  answerOf: ReadonlyMap<Term, 'yes' | 'no'>
  /** The marks and answers themselves, which say nothing more. */
  taken: ReadonlySet<number>
}

/**
 * Questionnaire lines (step 3): "Breast redness? no" reads as absent, "Fever: yes" as present.
 *
 * Edge:   "warmth or redness? no" answers both; a site may stand between ("redness of the left breast? no"). The answer
 *         must end there or be followed by another question: "Mastitis: no fever" denies the fever, not the mastitis.
 * Source: clinical section 2.9 step 3.
 */
export function answersIn(sentence: Sentence, terms: readonly Term[]): Answers {
  const answerOf = new Map<Term, 'yes' | 'no'>()
  const taken = new Set<number>()
  const answerAt = new Map<number, 'yes' | 'no'>()
  for (const { at, answer } of questionsIn(sentence)) answerAt.set(at, answer)
  if (answerAt.size === 0) return { answerOf, taken }
  // Last term first, so that an "or" can hand its answer on to the term before it.
  for (const term of [...terms].sort((a, b) => b.end - a.end)) {
    const mark = pastSite(sentence, term.end)
    const answer = answerAt.get(mark)
    if (!answer) continue
    answerOf.set(term, answer)
    if (sentence[mark] !== 'or') taken.add(mark).add(mark + 1)
    if (sentence[term.start - 1] === 'or') answerAt.set(term.start - 1, answer)
  }
  return { answerOf, taken }
}

/** Each "? no" or ": yes" whose answer stands alone, looked at from the last word to the first. */
function questionsIn(sentence: Sentence): { at: number; answer: 'yes' | 'no' }[] {
  const questions: { at: number; answer: 'yes' | 'no' }[] = []
  let anotherFollows = false
  for (let at = sentence.length - 1; at >= 0; at--) {
    const word = sentence[at]
    if (word === ',') anotherFollows = false
    if (word !== '?' && word !== ':') continue
    const answer = sentence[at + 1]
    const next = sentence[at + 2]
    const alone = next === undefined || next === ',' || next === 'and' || next === 'but' || anotherFollows
    if ((answer === 'yes' || answer === 'no') && alone) questions.push({ at, answer })
    anotherFollows = true
  }
  return questions
}
