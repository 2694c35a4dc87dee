/** One fast look at a text for words of ours, before anything is read. */
export interface WordScan {
  /** Does any word of the text begin one of our phrases? */
  holds: (text: string) => boolean
  /** The sentences that hold such a word, as they stand; the others say nothing and are left out. */
  kept: (text: string) => string
}

const letters = 37
const separator = 0
const mark = 255
const shortestKey = 3

/** For every character: 1 to 36 for a letter or digit, `mark` for an accent, `separator` for all else. */
const folded = ((): Uint8Array => {
  const table = new Uint8Array(0x10000)
  const combining = /^\p{M}$/u
  for (let code = 0; code < table.length; code += 1) {
    if (code >= 0x3400 && code < 0xfb00) continue // ideographs, syllables, surrogates, private use: none of our letters
    const character = String.fromCharCode(code)
    const plain = character.toLowerCase().normalize('NFD').charCodeAt(0)
    if (plain >= 0x61 && plain <= 0x7a) table[code] = plain - 0x60
    else if (plain >= 0x30 && plain <= 0x39) table[code] = plain - 0x30 + 27
    else if (combining.test(character)) table[code] = mark
  }
  return table
})()

const foldAt = (text: string, at: number): number => folded[text.charCodeAt(at)] ?? separator

/** Letters and digits of the word that begins at a place, folded, without accents. */
function wordAt(text: string, start: number, longest: number): string {
  let word = ''
  for (let at = start; at < text.length && word.length < longest; at += 1) {
    const fold = foldAt(text, at)
    if (fold === separator) break
    if (fold !== mark) word += String.fromCharCode(fold > 26 ? fold - 27 + 0x30 : fold + 0x60)
  }
  return word
}

const dot = 0x2e
const ends: ReadonlySet<number> = new Set(['\n', '\r', '!', ';'].map((end) => end.charCodeAt(0)))

/** Does a sentence end at a place? A dot before a digit may be part of a number. */
const endsAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return ends.has(code) || (code === dot && !/\d/.test(text.charAt(at + 1)))
}

/**
 * Compiles the first words of phrases into a scan whose work grows only with the length of a text.
 *
 * Shape: three letters of a word are looked up in a table; only where they match is the word itself.
 * Edge:  finds at least what the reading of sentences finds (accents, "non-tender"), and sometimes a sentence more.
 */
export function wordScan(phrases: Iterable<string>): WordScan {
  const whole = new Set<string>()
  const begun = new Map<string, string[]>()
  const keys = new Uint8Array(letters ** shortestKey)
  for (const phrase of phrases) {
    const [first = ''] = phrase.split(' ')
    const [word = ''] = first.split(/[^a-z0-9]/u)
    if (word.startsWith('non')) addWord('non')
    if (first === `${word}*`) addBegun(word)
    else addWord(word)
  }
  function addWord(word: string): void {
    whole.add(word)
    keys[keyOf(word)] = 1
  }
  function addBegun(word: string): void {
    const bucket = word.slice(0, shortestKey)
    begun.set(bucket, [...(begun.get(bucket) ?? []), word])
    keys[keyOf(word)] = 1
  }
  const isOurs = (text: string, start: number): boolean => {
    const word = wordAt(text, start, longestWord)
    return (
      whole.has(word) ||
      (begun.get(word.slice(0, shortestKey))?.some((stem) => word.startsWith(stem)) ?? false)
    )
  }
  /** The first place from `from` at which one of our words begins, or a sentence without one ends; -1 at the end. */
  const next = (text: string, from: number): number => {
    let start = -1
    let key = 0
    let length = 0
    for (let at = from; at <= text.length; at += 1) {
      const fold = at < text.length ? foldAt(text, at) : separator
      if (fold === mark) continue
      if (fold !== separator) {
        if (start < 0) start = at
        if (length < shortestKey) {
          key = key * letters + fold
          length += 1
        }
        continue
      }
      if (start < 0) continue
      while (length < shortestKey) {
        key *= letters
        length += 1
      }
      if (keys[key] === 1 && isOurs(text, start)) return start
      start = -1
      key = 0
      length = 0
    }
    return -1
  }
  return {
    holds: (text) => next(text, 0) >= 0,
    kept: (text) => keptSentences(text, next),
  }
}

/** More letters than our longest first word has. */
const longestWord = 32

function keyOf(word: string): number {
  let key = 0
  for (let at = 0; at < shortestKey; at += 1) key = key * letters + (at < word.length ? foldAt(word, at) : 0)
  return key
}

/** The sentences around each place that `next` finds. */
function keptSentences(text: string, next: (text: string, from: number) => number): string {
  let kept = ''
  let from = 0
  for (let found = next(text, 0); found >= 0; found = next(text, from)) {
    let begin = found
    while (begin > from && !endsAt(text, begin - 1)) begin -= 1
    let end = found
    while (end < text.length && !endsAt(text, end)) end += 1
    kept += text.slice(begin, end + 1)
    from = end + 1
  }
  return kept
}
