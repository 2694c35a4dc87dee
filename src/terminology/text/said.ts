import type { Assertion, State } from './document.js'
import type { Hit } from './phrases.js'
import type { Entry, ModifierMeaning } from './word-lists.js'

/** A mention while its sentence is read. */
export interface Draft {
  hit: Hit
  entry: Entry
  part: number
  /** Bits of the meanings that were said of it. */
  said: number
  /** A short answer speaks of the target again, at another place or time. */
  repeated?: boolean
  rule: string
  /** The tokens that decided, the last one not counted. */
  whyFirst: number
  whyLast: number
}

/** One bit for each meaning of modifiers. */
const bits: Readonly<Record<ModifierMeaning, number>> = {
  denied: 1,
  affirmed: 2,
  possible: 4,
  hypothetical: 8,
  instructed: 16,
  historical: 32,
  'other-person': 64,
  comparison: 128,
  resolved: 256,
  planned: 512,
  retracted: 1024,
  unreadable: 2048,
}

/** The bit of a meaning of modifiers in `said`. */
export const bitOf = (meaning: string): number => bits[meaning as ModifierMeaning]

const bitsOf = (...meanings: readonly ModifierMeaning[]): number =>
  meanings.reduce((all, one) => all | bitOf(one), 0)

/** The meanings that say yes or no. */
export const polarity: ReadonlySet<string> = new Set(['denied', 'affirmed', 'resolved'])
/** The bits of a word for yes or no. */
export const polarityBits = bitsOf('denied', 'affirmed', 'resolved')
const notOfHer = bitsOf('instructed', 'other-person', 'comparison', 'retracted')
/** A question may say "if" or "to assess"; its answer is about now, unless it stands under a heading of plans. */
export const notYet = bitsOf('hypothetical', 'planned')

/** What is said, and of whom and when it is said. */
export interface Said {
  said: number
  entry: Entry
  /** The answer of a form; decides before the words. */
  answer?: State
  /** It stands in a note of an earlier day. */
  past: boolean
  /** What the heading says of everything under it. */
  implied?: ModifierMeaning | undefined
}

/** The assertion that follows from all that was said. */
export function assertionOf({ said, entry, answer, past, implied }: Said): Assertion {
  const all = implied === undefined ? said : said | bitOf(implied)
  const has = (meaning: ModifierMeaning): boolean => (all & bits[meaning]) !== 0
  const denied = has('denied') || entry.form === 'opposite'
  const historical = has('historical') || past
  const answered = answer !== undefined && answer !== 'unreadable'
  const later = implied === 'planned' || (!answered && (all & notYet) !== 0)
  const elsewhere = historical || (all & notOfHer) !== 0 || later
  return {
    state: elsewhere ? 'none' : (answer ?? wordedState(denied || has('resolved'), has('unreadable'))),
    denied,
    possible: has('possible'),
    hypothetical: has('hypothetical'),
    instructed: has('instructed'),
    historical,
    otherPerson: has('other-person'),
    resolved: has('resolved'),
    comparison: has('comparison'),
    planned: has('planned'),
    retracted: has('retracted'),
  }
}

function wordedState(denied: boolean, unreadable: boolean): State {
  if (unreadable) return 'unreadable'
  return denied ? 'absent' : 'present'
}

/** What is said of a target before its sentence is read. */
export const nothingSaid: Assertion = assertionOf({
  said: 0,
  entry: { id: '', role: 'target', as: '' },
  past: false,
})
