import type { Clauses } from './clauses.js'
import type { PhraseFound } from './phrases.js'
import { breastNouns, sitePrepositions, siteWords, type StepWord } from './step-words.js'
import type { Term } from './terms.js'
import type { Sentence } from './tokens.js'

const reach = 3

/** The place after "of/in/on/over the left/right/both breast(s)", or the same place if none begins there. */
export function pastSite(sentence: Sentence, start: number): number {
  if (!sitePrepositions.has(sentence[start] ?? '')) return start
  let at = start + 1
  while (siteWords.has(sentence[at] ?? '') && !breastNouns.has(sentence[at] ?? '')) at++
  return breastNouns.has(sentence[at] ?? '') ? at + 1 : start
}

export interface Negation {
  negated: ReadonlySet<Term>
  ruledOut: ReadonlySet<Term>
}

/**
 * Which terms a sentence denies (step 6).
 *
 * Shape:  `subjects` are the terms that set off a rule or tell the course; other terms ("breast") are only companions.
 * Edge:   a word that negates both ways ("absent", "not seen") acts on the subject before it if one stands within reach,
 *         and only otherwise on what comes after it; "no longer" looks after it first.
 * Source: clinical section 2.9 step 6.
 */
export function negationIn(
  sentence: Sentence,
  clauses: Clauses,
  steps: readonly PhraseFound<StepWord>[],
  terms: readonly Term[],
  subjects: ReadonlySet<Term>,
): Negation {
  const negated = new Set<Term>()
  const ruledOut = new Set<Term>()
  const backward = backwardSteps(clauses, steps, subjects)
  const actedBackward = new Set<PhraseFound<StepWord>>()
  for (const term of terms) {
    const step = backward.size > 0 ? negatorAfter(term, sentence, clauses, backward) : undefined
    if (!step) continue
    negated.add(term)
    if (subjects.has(term)) actedBackward.add(step)
  }
  const firstNo = new Map<number, number>()
  const firstQuestion = new Map<number, number>()
  for (const step of steps) {
    const clause = clauses.clauseOf[step.start] ?? 0
    const kind = step.value.step
    const forward = kind === 'negates-after' || kind === 'negates-either' || kind === 'no-longer'
    if (forward && !actedBackward.has(step)) {
      if (!firstNo.has(clause)) firstNo.set(clause, step.start)
    } else if (kind === 'rules-out' && !firstQuestion.has(clause)) firstQuestion.set(clause, step.start)
  }
  for (const term of terms) {
    const clause = clauses.clauseOf[term.start] ?? 0
    if ((firstNo.get(clause) ?? Infinity) < term.start) negated.add(term)
    else if ((firstQuestion.get(clause) ?? Infinity) < term.start) {
      negated.add(term)
      ruledOut.add(term)
    }
  }
  return { negated, ruledOut }
}

/** Steps that can negate a term before them, by their place. */
function backwardSteps(
  { partOf }: Clauses,
  steps: readonly PhraseFound<StepWord>[],
  terms: ReadonlySet<Term>,
): ReadonlyMap<number, PhraseFound<StepWord>> {
  const lastTermOf = new Map<number | undefined, number>()
  for (const { start } of terms) {
    const part = partOf[start]
    lastTermOf.set(part, Math.max(start, lastTermOf.get(part) ?? 0))
  }
  const backward = new Map<number, PhraseFound<StepWord>>()
  for (const step of steps) {
    const kind = step.value.step
    const last = kind === 'no-longer' && (lastTermOf.get(partOf[step.start]) ?? 0) < step.start
    if (kind === 'negates-before' || kind === 'negates-either' || last) backward.set(step.start, step)
  }
  return backward
}

function negatorAfter(
  term: Term,
  sentence: Sentence,
  { partOf }: Clauses,
  backward: ReadonlyMap<number, PhraseFound<StepWord>>,
): PhraseFound<StepWord> | undefined {
  const part = partOf[term.end - 1]
  let at = term.end
  for (let word = 0; word < reach; word++) {
    at = pastSite(sentence, at)
    if (partOf[at] !== part) return undefined
    const step = backward.get(at)
    if (step) return step
    at++
  }
  return undefined
}
