import { affirmativeWords, clauseWords, verbs } from './step-words.js'
import type { Sentence } from './tokens.js'

/** Clause and comma part of each word of a sentence, by number. */
export interface Clauses {
  clauseOf: readonly number[]
  partOf: readonly number[]
  count: number
}

/**
 * Cuts a sentence into clauses (step 5), and into the parts between its commas.
 *
 * Edge:   a comma list without verbs or affirmative words is one clause, so that "no" before it denies all of it.
 * Source: clinical section 2.9 step 5.
 */
export function clausesOf(sentence: Sentence): Clauses {
  const cuts = clauseCuts(sentence)
  const clauseOf: number[] = []
  const partOf: number[] = []
  let clause = 0
  let part = 0
  for (const [index, word] of sentence.entries()) {
    if (cuts[index]) clause++
    if (cuts[index] || word === ',') part++
    clauseOf.push(clause)
    partOf.push(part)
  }
  return { clauseOf, partOf, count: clause + 1 }
}

/** Looks ahead once, from the last word to the first, so that the work grows only with the length. */
function clauseCuts(sentence: Sentence): readonly boolean[] {
  const cuts = new Array<boolean>(sentence.length).fill(false)
  let part = { verb: false, affirmative: false, or: false }
  for (let index = sentence.length - 1; index >= 0; index--) {
    const word = sentence[index] ?? ''
    if (word === ',') {
      cuts[index] = part.affirmative && !part.or
      part = { verb: false, affirmative: false, or: false }
    } else if (word === 'and') cuts[index] = part.verb
    else if (clauseWords.has(word)) cuts[index] = true
    else if (word === 'or' || word === 'nor') part.or = true
    else {
      if (verbs.has(word)) part.verb = true
      if (affirmativeWords.has(word)) part.affirmative = true
    }
  }
  return cuts
}
