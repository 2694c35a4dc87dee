import type { Sentence } from './tokens.js'

interface WordPattern {
  text: string
  /** The word need only begin so. */
  begins: boolean
}

interface Entry<Value> {
  words: readonly WordPattern[]
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
    const words = phrase.split(' ').map(patternOf)
    const first = words[0] ?? patternOf('')
    const [table, key] = first.begins ? [begun, first.text.slice(0, bucketLetters)] : [whole, first.text]
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
  if (exact) addFound(exact, sentence, start, found)
  if (prefixed) addFound(prefixed, sentence, start, found)
  return found
}

function addFound<Value>(
  entries: readonly Entry<Value>[],
  sentence: Sentence,
  start: number,
  found: PhraseFound<Value>[],
): void {
  for (const { words, value } of entries) {
    const end = endOf(words, sentence, start)
    if (end >= 0) found.push({ value, start, end })
  }
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

/** The place after the phrase, or -1 if the sentence goes on otherwise. */
function endOf(words: readonly WordPattern[], sentence: Sentence, start: number): number {
  let at = start
  for (let index = 0; index < words.length; index++) {
    const pattern = words[index]
    if (!pattern) return -1
    let gap = index === 0 ? 0 : longestGap
    while (!matches(pattern, sentence[at])) {
      if (gap === 0 || !passedOver.has(sentence[at] ?? '')) return -1
      gap--
      at++
    }
    at++
  }
  return at
}

const patternOf = (word: string): WordPattern =>
  word.endsWith('*') ? { text: word.slice(0, -1), begins: true } : { text: word, begins: false }

const matches = ({ text, begins }: WordPattern, word: string | undefined): boolean =>
  word === text || (begins && word !== undefined && word.startsWith(text))
