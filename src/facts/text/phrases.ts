import type { Sentence } from './tokens.js'

interface Entry<Value> {
  words: readonly string[]
  value: Value
}

/** Phrases by their first word, so that one look at a word finds all that can begin there. */
export interface PhraseTable<Value> {
  whole: ReadonlyMap<string, readonly Entry<Value>[]>
  /** Phrases whose first word ends in `*`, by its first three letters. */
  begun: ReadonlyMap<string, readonly Entry<Value>[]>
}

export interface PhraseFound<Value> {
  value: Value
  start: number
  end: number
}

const bucketLetters = 3
/** Words that may stand inside a phrase: "abscess of the left breast" is "abscess of breast". */
const passedOver = new Set(['the', 'a', 'an', 'her', 'left', 'right', 'both', ':'])
const longestGap = 2

/** What a phrase of the code sets may look like: words of letters and digits, each may end in `*`. */
export const phraseShape = /^(?:[a-z0-9&/]{3,}\*|[a-z0-9&/]+)(?: [a-z0-9&/]+\*?)*$/

/** A table of phrases such as "breast abscess" or "tender*", each with what it stands for. */
export function phraseTable<Value>(phrases: Iterable<readonly [string, Value]>): PhraseTable<Value> {
  const whole = new Map<string, Entry<Value>[]>()
  const begun = new Map<string, Entry<Value>[]>()
  for (const [phrase, value] of phrases) {
    const words = phrase.split(' ')
    const first = words[0] ?? ''
    const [table, key] = first.endsWith('*') ? [begun, first.slice(0, bucketLetters)] : [whole, first]
    table.set(key, [...(table.get(key) ?? []), { words, value }])
  }
  return { whole, begun }
}

/** Every phrase that begins at a word; none gives the same empty list each time. */
export function phrasesAt<Value>(
  { whole, begun }: PhraseTable<Value>,
  sentence: Sentence,
  start: number,
): readonly PhraseFound<Value>[] {
  const word = sentence[start] ?? ''
  const exact = whole.get(word)
  const prefixed = begun.get(word.slice(0, bucketLetters))
  if (!exact && !prefixed) return nothing
  const found: PhraseFound<Value>[] = []
  for (const entries of [exact, prefixed]) {
    for (const { words, value } of entries ?? nothing) {
      const end = endOf(words, sentence, start)
      if (end !== undefined) found.push({ value, start, end })
    }
  }
  return found
}

/** The longest phrase that begins at a word. */
export function longestPhraseAt<Value>(
  table: PhraseTable<Value>,
  sentence: Sentence,
  start: number,
): PhraseFound<Value> | undefined {
  let longest: PhraseFound<Value> | undefined
  for (const found of phrasesAt(table, sentence, start)) {
    if (!longest || found.end > longest.end) longest = found
  }
  return longest
}

const nothing: readonly never[] = []

function endOf(words: readonly string[], sentence: Sentence, start: number): number | undefined {
  let at = start
  for (const [index, pattern] of words.entries()) {
    if (index > 0) {
      for (
        let gap = 0;
        gap < longestGap && !matches(pattern, sentence[at]) && passedOver.has(sentence[at] ?? '');
        gap++
      )
        at++
    }
    if (!matches(pattern, sentence[at])) return undefined
    at++
  }
  return at
}

const matches = (pattern: string, word: string | undefined): boolean =>
  word !== undefined && (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern)
