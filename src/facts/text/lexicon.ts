import type { CodeSet, TextRule } from '../../terminology/code-files.js'
import { phraseTable, type PhraseTable } from './phrases.js'
import { courseWords } from './step-words.js'
import { wordScan, type WordScan } from './word-scan.js'

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
  /** Which sentences of prose can say anything: those with a word that sets off a rule, or of the course. */
  scan: WordScan
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
  const sayings = [...sets.values()].flatMap(({ text }) => text).flatMap(({ words }) => words)
  return {
    phrases: phraseTable(numbers),
    rules,
    moves,
    exactly,
    maybeEvenIfCoded: firstLook(sets),
    scan: wordScan([...sayings, ...courseWords]),
  }
}

/** Looks for the first words that are read in coded records too, so that most texts are passed over at once. */
function firstLook(sets: ReadonlyMap<string, CodeSet>): (text: string) => boolean {
  const rules = [...sets.values()].flatMap(({ text }) => text).filter((rule) => rule.evenIfCoded)
  return wordScan(rules.flatMap(({ words }) => words)).holds
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
