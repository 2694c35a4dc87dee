import type { CodeSet, TextRule } from '../codes/code-files.js'
import { phraseTable, type PhraseTable } from './phrases.js'

/** A text rule ready for reading: its phrases are numbers in the one table of all phrases. */
export interface LexiconRule {
  set: CodeSet
  with: readonly number[]
  without: readonly number[]
  butNot: readonly number[]
  needsBreast: boolean
  outsideImaging: boolean
  evenIfCoded: boolean
}

/** Another set an entry moves to when its text says one of these phrases. */
export interface Move {
  set: CodeSet
  ifText: readonly number[]
}

/** All text rules of the code sets, found through one look per word. */
export interface Lexicon {
  phrases: PhraseTable<number>
  /** Rules by the phrase that sets them off. */
  rules: ReadonlyMap<number, readonly LexiconRule[]>
  moves: ReadonlyMap<string, Move>
  /** Sets whose whole text is one of a few words, such as "present". */
  exactly: ReadonlyMap<string, readonly CodeSet[]>
  /** Could a text hold words that are read although the record is coded? A first, cheap look. */
  maybeEvenIfCoded: (text: string) => boolean
}

/** Compiles the text rules of all sets into one table. */
export function lexiconOf(sets: ReadonlyMap<string, CodeSet>): Lexicon {
  const numbers = new Map<string, number>()
  const numberOf = (phrase: string): number => {
    const known = numbers.get(phrase)
    if (known !== undefined) return known
    numbers.set(phrase, numbers.size)
    return numbers.size - 1
  }
  const rules = new Map<number, LexiconRule[]>()
  const moves = new Map<string, Move>()
  const exactly = new Map<string, CodeSet[]>()
  for (const set of sets.values()) {
    for (const rule of set.text) {
      const compiled = compiledRule(set, rule, numberOf)
      for (const word of rule.words) append(rules, numberOf(word), compiled)
      for (const whole of rule.exactly) append(exactly, whole, set)
    }
    const target = set.becomes && sets.get(set.becomes.set)
    if (set.becomes && target) moves.set(set.id, { set: target, ifText: set.becomes.ifText.map(numberOf) })
  }
  return { phrases: phraseTable(numbers), rules, moves, exactly, maybeEvenIfCoded: firstLook(sets) }
}

/** One pattern of all first words that are read in coded records too, so that most texts are passed over at once. */
function firstLook(sets: ReadonlyMap<string, CodeSet>): (text: string) => boolean {
  const rules = [...sets.values()].flatMap(({ text }) => text).filter((rule) => rule.evenIfCoded)
  const stems = rules.flatMap(({ words }) => words).map((phrase) => phrase.split(/[ *]/)[0] ?? '')
  if (stems.length === 0) return () => false
  const pattern = new RegExp(stems.join('|'), 'i')
  return (text) => pattern.test(text)
}

const compiledRule = (set: CodeSet, rule: TextRule, numberOf: (phrase: string) => number): LexiconRule => ({
  set,
  with: rule.with.map(numberOf),
  without: rule.without.map(numberOf),
  butNot: rule.butNot.map(numberOf),
  needsBreast: rule.needsBreast,
  outsideImaging: rule.outsideImaging,
  evenIfCoded: rule.evenIfCoded,
})

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
