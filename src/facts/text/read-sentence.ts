import type { Side } from '../facts.js'
import { clausesOf, type Clauses } from './clauses.js'
import type { Lexicon } from './lexicon.js'
import { negationIn } from './negation.js'
import { phrasesAt, type PhraseFound } from './phrases.js'
import { answersIn } from './questions.js'
import {
  durationUnits,
  instructions,
  numberWords,
  siteWords,
  sitePrepositions,
  type StepWord,
} from './step-words.js'
import { courseTerms, lexiconTerms, stepsIn, type ReadTerm, type Term } from './terms.js'
import type { Sentence } from './tokens.js'

/**
 * Reads one sentence by steps 2 to 8: each known term with whether it holds, now, for sure and on which side.
 *
 * Edge:   a sentence that instructs ("call if ...") gives nothing.
 * Source: clinical section 2.9.
 */
export function readSentence(sentence: Sentence, lexicon: Lexicon): readonly ReadTerm[] {
  const words = lexiconTerms(sentence, lexicon)
  const subjects = words.filter(({ phrase }) => phrase !== undefined && lexicon.rules.has(phrase))
  const { answerOf, taken } = answersIn(sentence, subjects)
  const steps = stepsIn(sentence, taken)
  const course = courseTerms(steps)
  const terms = [...words, ...course]
  if (terms.length === 0 || isInstruction(sentence)) return []

  const clauses = clausesOf(sentence)
  const negation = negationIn(sentence, clauses, steps, terms, new Set([...subjects, ...course]))
  const about = aboutClauses(sentence, clauses, steps, terms, negation.negated)
  const occupied = occupiedBy(subjects, sentence.length)
  return terms.map((term): ReadTerm => {
    const answer = answerOf.get(term)
    const clause = clauses.clauseOf[term.start] ?? 0
    return {
      start: term.start,
      end: term.end,
      phrase: term.phrase,
      says: term.says,
      fixed: term.fixed,
      negated: answer ? answer === 'no' : !term.fixed && negation.negated.has(term),
      ruledOut: !answer && negation.ruledOut.has(term),
      current: !about.history.has(clause),
      possible: !answer && about.doubt.has(clause),
      side: about.sideOfPart.get(clauses.partOf[term.start] ?? 0) ?? about.sideOfClause.get(clause),
      focal: about.focal.has(clause),
      spreading:
        about.spreading.has(clause) || (occupied[term.start] === true && isNew(sentence, clauses, term)),
      grade: gradeOf(term, about.gradeAt, clauses, occupied),
    }
  })
}

function isInstruction(sentence: Sentence): boolean {
  let should = false
  for (const [at, word] of sentence.entries()) {
    if (word === 'should') should = true
    if (should && (word === 'occur' || word === 'occurs')) return true
    if (phrasesAt(instructions, sentence, at).length > 0) return true
  }
  return false
}

interface AboutClauses {
  history: ReadonlySet<number>
  doubt: ReadonlySet<number>
  focal: ReadonlySet<number>
  spreading: ReadonlySet<number>
  sideOfClause: ReadonlyMap<number, Side>
  sideOfPart: ReadonlyMap<number, Side>
  gradeAt: ReadonlyMap<number, ReadTerm['grade']>
}

function aboutClauses(
  sentence: Sentence,
  { clauseOf, partOf }: Clauses,
  steps: readonly PhraseFound<StepWord>[],
  terms: readonly Term[],
  negated: ReadonlySet<Term>,
): AboutClauses {
  const history = new Set<number>()
  const doubt = new Set<number>()
  const focal = new Set<number>()
  const spreading = new Set<number>()
  const sideOfClause = new Map<number, Side>()
  const sideOfPart = new Map<number, Side>()
  const gradeAt = new Map<number, ReadTerm['grade']>()
  for (const { value, start, end } of steps) {
    const clause = clauseOf[start] ?? 0
    if (value.step === 'history') history.add(clause)
    if (value.step === 'history-or-duration' && !isDuration(sentence, start, end)) history.add(clause)
    if (value.step === 'doubt') doubt.add(clause)
    if (value.step === 'focal') focal.add(clause)
    if (value.step === 'grade') gradeAt.set(start, value.grade)
    if (value.step === 'side') {
      sideOfClause.set(clause, joined(sideOfClause.get(clause), value.side))
      const part = partOf[start] ?? 0
      sideOfPart.set(part, joined(sideOfPart.get(part), value.side))
    }
  }
  for (const term of terms) {
    if (sentence[term.start] === 'spreading' && !negated.has(term)) spreading.add(clauseOf[term.start] ?? 0)
  }
  return { history, doubt, focal, spreading, sideOfClause, sideOfPart, gradeAt }
}

const joined = (one: Side | undefined, other: Side): Side =>
  one === undefined || one === other ? other : 'both'

/** "3-day history of", "history of few weeks of": how long something has been there, so it is there now. */
function isDuration(sentence: Sentence, start: number, end: number): boolean {
  if (durationUnits.has(sentence[start - 1] ?? '') && isNumber(sentence[start - 2])) return true
  const at = sentence[end] === 'a' || sentence[end] === 'about' ? end + 1 : end
  return isNumber(sentence[at]) && durationUnits.has(sentence[at + 1] ?? '')
}

const isNumber = (word: string | undefined): boolean =>
  word !== undefined && (numberWords.has(word) || /^\d/.test(word))

/** Does "new" stand within three words before the term, words of the site not counted? */
function isNew(sentence: Sentence, { partOf }: Clauses, term: Term): boolean {
  let counted = 0
  for (let at = term.start - 1; counted < 3 && partOf[at] === partOf[term.start] && at >= 0; at--) {
    const word = sentence[at] ?? ''
    if (word === 'new') return true
    if (!siteWords.has(word) && !sitePrepositions.has(word)) counted++
  }
  return false
}

const gradeReach = 3

/** A grade before the term, else after it, in the same part and with no other term between. */
function gradeOf(
  term: Term,
  gradeAt: AboutClauses['gradeAt'],
  { partOf }: Clauses,
  occupied: readonly boolean[],
): ReadTerm['grade'] {
  if (gradeAt.size === 0) return undefined
  const part = partOf[term.start]
  for (const step of [-1, 1]) {
    let at = step < 0 ? term.start - 1 : term.end
    for (let words = 0; words < gradeReach && partOf[at] === part && !occupied[at]; words++, at += step) {
      const grade = gradeAt.get(at)
      if (grade) return grade
    }
  }
  return undefined
}

/** Words that belong to a subject; words that only name the breast do not part a grade from its subject. */
function occupiedBy(terms: readonly Term[], length: number): readonly boolean[] {
  const occupied = new Array<boolean>(length).fill(false)
  for (const { start, end } of terms) occupied.fill(true, start, end)
  return occupied
}
