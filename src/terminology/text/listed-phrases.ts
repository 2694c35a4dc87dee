import { KnownWordsBuilder, type KnownWords, type WordNumber } from './known-words.js'
import { phraseOf, type Hit, type Phrase } from './phrases.js'
import type { Token } from './tokens.js'
import type { Entry, Role, WordList } from './word-lists.js'

/** The numbers that a word of a text may have, or the words that may stand at one place of a phrase. */
type Choices = readonly WordNumber[]

/** One way to write a phrase of a list. */
interface ListedPhrase {
  entry: Entry
  /** Is the list one for some kinds of text? */
  own: boolean
  /** The words behind the first two. */
  rest: readonly Choices[]
  /** The meaning of the phrase where no other list has the same words. */
  phrase: Phrase
}

/** The phrases that begin with one word: those of this word alone, and the longer ones by their second word. */
interface Begun {
  alone: ListedPhrase[]
  longer: Map<WordNumber, ListedPhrase[]>
}

/** All phrases of the lists, by their first words. */
export interface ListedPhrases {
  knownWords: KnownWords
  begun: ReadonlyMap<WordNumber, Begun>
}

/** A phrase found: `end` is the place behind its last word. */
interface Found {
  listed: ListedPhrase
  end: number
}

/** Sorts the phrases of all lists by their first words. */
export function listedPhrases(lists: readonly WordList[]): ListedPhrases {
  const builder = new KnownWordsBuilder()
  const begun = new Map<WordNumber, Begun>()
  // a general list stands before the lists that may take its place
  for (const { entry, words, own } of [...lists].sort((one, other) => Number(one.own) - Number(other.own))) {
    const phrase = phraseOf([entry])
    for (const written of words)
      for (const [first = [], second, ...rest] of waysToWrite(written, builder))
        for (const number of first) {
          const { alone, longer } = entryIn(begun, number, () => ({ alone: [], longer: new Map() }))
          const listed = { entry, own, rest, phrase }
          if (!second) alone.push(listed)
          for (const next of second ?? []) entryIn(longer, next, () => []).push(listed)
        }
  }
  return { knownWords: builder.build(), begun }
}

function entryIn<Value>(map: Map<WordNumber, Value>, key: WordNumber, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The phrase with and without each word that may be left out. */
function waysToWrite(phrase: string, builder: KnownWordsBuilder): readonly (readonly Choices[])[] {
  let ways: readonly (readonly Choices[])[] = [[]]
  for (const piece of phrase.split(' ')) {
    const optional = piece.startsWith('~')
    const choices = (optional ? piece.slice(1) : piece).split('|').map((choice) => builder.numberOf(choice))
    const longer = ways.map((way) => [...way, choices])
    ways = optional ? [...ways, ...longer] : longer
  }
  return ways.filter(({ length }) => length > 0)
}

/**
 * Finds the phrases of a text: from left to right the longest one that begins at each token, none within another.
 *
 * Edge: a folded line end within a phrase is skipped; no phrase crosses another line end. Where lists of a kind of text and general
 *       lists have the same words, a modifier or pseudo word of the former takes the place of those of the latter, and a heading that
 *       of a heading.
 */
export function hitsOf(tokens: readonly Token[], listed: ListedPhrases): readonly Hit[] {
  const places: number[] = []
  const words: Choices[] = []
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === 'fold') continue
    places.push(at)
    words.push(isWritten.has(kind) ? (listed.knownWords.numbersOf(text) ?? none) : none)
  }
  const hits: Hit[] = []
  for (let at = 0; at < words.length;) {
    const found = longest(phrasesAt(at, words, listed))
    const end = found[0]?.end ?? at + 1
    if (found.length > 0)
      hits.push({ phrase: together(found), first: places[at] ?? 0, last: (places[end - 1] ?? 0) + 1 })
    at = end
  }
  return hits
}

const isWritten: ReadonlySet<Token['kind']> = new Set(['word', 'number', 'mark'])
const none: Choices = []
const nothing: readonly Found[] = []

/** All phrases that begin at a place of a text. */
export function phrasesAt(at: number, words: readonly Choices[], { begun }: ListedPhrases): readonly Found[] {
  let found: Found[] | undefined
  for (const first of words[at] ?? none) {
    const those = begun.get(first)
    if (!those) continue
    for (const listed of those.alone) (found ??= []).push({ listed, end: at + 1 })
    for (const second of words[at + 1] ?? none)
      for (const listed of those.longer.get(second) ?? [])
        if (goesOn(listed, words, at + 2)) (found ??= []).push({ listed, end: at + 2 + listed.rest.length })
  }
  return found ?? nothing
}

/** Do the words of a text, from this place on, go on as the phrase does? */
function goesOn({ rest }: ListedPhrase, words: readonly Choices[], from: number): boolean {
  for (let at = 0; at < rest.length; at++) if (!shareOne(words[from + at], rest[at])) return false
  return true
}

function shareOne(numbers: Choices = none, choices: Choices = none): boolean {
  for (const number of numbers) if (choices.includes(number)) return true
  return false
}

function longest(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found
  let end = 0
  for (const one of found) end = Math.max(end, one.end)
  return found.filter((one) => one.end === end)
}

/** The meaning of all phrases that stand at the same words. */
function together(found: readonly Found[]): Phrase {
  const [first, ...others] = found
  if (first && others.length === 0) return first.listed.phrase
  const own = found.filter(({ listed }) => listed.own)
  const kept = found.filter(
    ({ listed }) => listed.own || !own.some((one) => replaces(one.listed.entry, listed.entry)),
  )
  return phraseOf([...new Set(kept.map(({ listed }) => listed.entry))])
}

const saying: ReadonlySet<Role> = new Set(['modifier', 'pseudo'])

const replaces = ({ role }: Entry, general: Entry): boolean =>
  saying.has(role) ? saying.has(general.role) : role === 'heading' && general.role === 'heading'
