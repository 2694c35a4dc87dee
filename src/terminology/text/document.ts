import type { Part } from './clauses.js'
import type { Hit } from './phrases.js'
import type { Token } from './tokens.js'
import type { ModifierMeaning } from './word-lists.js'

export type Side = 'left' | 'right' | 'both'

/** UTF-16 units of the original text, end exclusive. */
export interface Span {
  start: number
  end: number
}

/** A stretch under one heading; the first one has none, and its kind is `none`. */
export interface Section extends Span {
  /** The meaning of its heading in `cards/words/` (impression, indication …). */
  kind: string
}

export interface Sentence extends Span {
  /** Tokens from `first` to `last`, the last one not counted; a heading before the first word is left out. */
  first: number
  last: number
  section: Section
  item: boolean
  /** Side and place of the label or heading that it stands under ("Right breast:"). */
  side?: Side
  place?: string
  /** What its heading says of everything under it (a plan, a family history). */
  implied?: ModifierMeaning
  /** It tells of another day than the newest of the text. */
  past: boolean
  /** A date stands before it. */
  dated: boolean
}

/** A sentence in another language: a code of two letters, or `und` for a script of its own. */
export interface ForeignStretch extends Span {
  language: string
}

/**
 * What is said of a target. `absent`: denied or gone. `unreadable`: asked, and the answer is missing or not understood. `none`: said
 * of somebody else, of another time, as a possibility to come, as advice, or for comparison.
 */
export type State = 'present' | 'absent' | 'unreadable' | 'none'

export interface Assertion {
  state: State
  denied: boolean
  possible: boolean
  hypothetical: boolean
  instructed: boolean
  historical: boolean
  otherPerson: boolean
  resolved: boolean
  comparison: boolean
  planned: boolean
  /** Taken back: entered in error, or replaced by a later correction. */
  retracted: boolean
}

/** A target found in a text, and what the text says of it. */
export interface Mention extends Span {
  target: string
  sentence: number
  /** Its part of the sentence, among the `parts` of the document. */
  part: number
  section: Section
  /** Its token range. */
  first: number
  last: number
  assertion: Assertion
  side?: Side
  place?: string
  /** How much, as the grade lists name it. */
  grade?: string
  /** A number with a unit of length or a count stands beside it. */
  sized: boolean
  /** Its part says that it is so now, or what the examiner finds: what the text said of the target before is overtaken. */
  isNow: boolean
  /** Name of the rule that decided ("denied-before", "form-value"). */
  rule: string
  /** The words that decided, as written. */
  why: string
}

/** A text as read: what a kind of text makes its readings from. */
export interface Document {
  text: string
  tokens: readonly Token[]
  hits: readonly Hit[]
  /** The hits of the whole text, those of labels and of sentences in another language too. */
  allHits: readonly Hit[]
  sections: readonly Section[]
  sentences: readonly Sentence[]
  /** The parts of each sentence, in the order of the sentences. */
  parts: readonly (readonly Part[])[]
  /** Sentences in a language whose words these are not; nothing of them is among the hits and mentions. */
  foreign: readonly ForeignStretch[]
  mentions: readonly Mention[]
}
