import { aboutClauses, type AboutClauses } from './about-clauses.js'
import { clausesOf, type Clauses } from './clauses.js'
import type { Lexicon } from './lexicon.js'
import { negationIn } from './negation.js'
import { phrasesAt } from './phrases.js'
import { answersIn } from './questions.js'
import { instructions, sitePrepositions, siteWords } from './step-words.js'
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
    const part = clauses.partOf[term.start] ?? 0
    const open = about.openParts.has(part)
    const negated = answer ? answer === 'no' : !term.fixed && !open && negation.negated.has(term)
    return {
      start: term.start,
      end: term.end,
      phrase: term.phrase,
      says: term.says,
      fixed: term.fixed,
      negated,
      ruledOut: negated && !answer && negation.ruledOut.has(term),
      current: !about.history.has(clause),
      possible: !answer && (negated ? about.doubtfulParts.has(part) : about.doubt.has(clause)),
      side: about.sideOfPart.get(part) ?? about.sideOfClause.get(clause),
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
