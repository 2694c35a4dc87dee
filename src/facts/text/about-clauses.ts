import type { Grade, Side } from '../../terminology/concepts.js'
import type { Clauses } from './clauses.js'
import type { PhraseFound } from './phrases.js'
import { durationUnits, numberWords, type StepWord } from './step-words.js'
import type { Term } from './terms.js'
import type { Sentence } from './tokens.js'

/** What the steps say of whole clauses and comma parts. */
export interface AboutClauses {
  history: ReadonlySet<number>
  doubt: ReadonlySet<number>
  doubtfulParts: ReadonlySet<number>
  /** Comma parts in which nothing is denied, since something "cannot be excluded". */
  openParts: ReadonlySet<number>
  focal: ReadonlySet<number>
  spreading: ReadonlySet<number>
  sideOfClause: ReadonlyMap<number, Side>
  sideOfPart: ReadonlyMap<number, Side>
  gradeAt: ReadonlyMap<number, Grade>
}

/** History, doubt, sides, grades and focal words of a sentence, by clause and comma part (steps 7 and 8). */
export function aboutClauses(
  sentence: Sentence,
  { clauseOf, partOf }: Clauses,
  steps: readonly PhraseFound<StepWord>[],
  terms: readonly Term[],
  negated: ReadonlySet<Term>,
): AboutClauses {
  const history = new Set<number>()
  const doubt = new Set<number>()
  const doubtfulParts = new Set<number>()
  const openParts = new Set<number>()
  const focal = new Set<number>()
  const spreading = new Set<number>()
  const sideOfClause = new Map<number, Side>()
  const sideOfPart = new Map<number, Side>()
  const gradeAt = new Map<number, Grade>()
  for (const { value, start, end } of steps) {
    const clause = clauseOf[start] ?? 0
    if (value.step === 'history') history.add(clause)
    if (value.step === 'history-or-duration' && !isDuration(sentence, start, end)) history.add(clause)
    const part = partOf[start] ?? 0
    if (value.step === 'open') openParts.add(part)
    if (value.step === 'doubt' || value.step === 'open') {
      doubt.add(clause)
      doubtfulParts.add(part)
    }
    if (value.step === 'focal') focal.add(clause)
    if (value.step === 'grade') gradeAt.set(start, value.grade)
    if (value.step === 'side') {
      sideOfClause.set(clause, joined(sideOfClause.get(clause), value.side))
      sideOfPart.set(part, joined(sideOfPart.get(part), value.side))
    }
  }
  for (const term of terms) {
    if (sentence[term.start] === 'spreading' && !negated.has(term)) spreading.add(clauseOf[term.start] ?? 0)
  }
  return { history, doubt, doubtfulParts, openParts, focal, spreading, sideOfClause, sideOfPart, gradeAt }
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
