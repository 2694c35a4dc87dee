import type { CourseStatement } from '../facts.js'
import type { Grade, Side } from '../../terminology/concepts.js'
import type { Lexicon } from './lexicon.js'
import { longestPhraseAt, phrasesAt, type PhraseFound } from './phrases.js'
import { stepWords, type StepWord } from './step-words.js'
import type { Sentence } from './tokens.js'

/** A phrase of the code sets, or a word about the course, at its place in a sentence. */
export interface Term {
  start: number
  end: number
  /** Number of the phrase in the lexicon; undefined for a word about the course. */
  phrase: number | undefined
  says: CourseStatement['says'] | undefined
  /** A failure phrase holds its own "no": nothing negates it. */
  fixed: boolean
}

/** A term with what the steps say of it. */
export interface ReadTerm extends Term {
  negated: boolean
  /** Negated only by "rule out" and its kin: asked, not answered. */
  ruledOut: boolean
  current: boolean
  possible: boolean
  side: Side | undefined
  focal: boolean
  spreading: boolean
  grade: Grade | undefined
}

/** Everything in a sentence that some rule of the code sets knows. */
export function lexiconTerms(sentence: Sentence, lexicon: Lexicon): Term[] {
  const terms: Term[] = []
  for (let at = 0; at < sentence.length; at++) {
    for (const { value, start, end } of phrasesAt(lexicon.phrases, sentence, at)) {
      terms.push({ start, end, phrase: value, says: undefined, fixed: false })
    }
  }
  return terms
}

/** The step words of a sentence, longest first, none inside another and none at a word already taken. */
export function stepsIn(sentence: Sentence, taken: ReadonlySet<number>): PhraseFound<StepWord>[] {
  const steps: PhraseFound<StepWord>[] = []
  let at = 0
  while (at < sentence.length) {
    const found = taken.has(at) ? undefined : longestPhraseAt(stepWords, sentence, at)
    if (found) steps.push(found)
    at = found ? found.end : at + 1
  }
  return steps
}

/** Words about the course (step 4), as terms that later steps can negate. */
export function courseTerms(steps: readonly PhraseFound<StepWord>[]): Term[] {
  const terms: Term[] = []
  for (const { value, start, end } of steps) {
    if (value.step === 'failure')
      terms.push({ start, end, phrase: undefined, says: 'not-improved', fixed: true })
    if (value.step === 'course') terms.push({ start, end, phrase: undefined, says: value.says, fixed: false })
  }
  return terms
}
