/**
 * What a list of words does in the engine. The engine knows these roles and no medicine.
 *
 * target: what is looked for · modifier: changes what is said of targets · pseudo: looks like one of the others and says nothing ·
 * heading: begins a section · value: answers a label · place: where something is · side · time: when · grade: how much ·
 * unit: of a number · cut: begins a new clause ("but") · joiner: goes on with a list ("or") · verb: makes a clause of its own ·
 * normal: says that a place is well · subject: who or what a clause speaks of · term: means something to one kind of text only.
 */
export const roles = [
  'target',
  'modifier',
  'pseudo',
  'heading',
  'value',
  'place',
  'side',
  'time',
  'grade',
  'unit',
  'cut',
  'joiner',
  'verb',
  'normal',
  'subject',
  'term',
] as const
export type Role = (typeof roles)[number]

/** What a modifier says of the targets in its reach. */
export const modifierMeanings = [
  'denied',
  'affirmed',
  'possible',
  'hypothetical',
  'instructed',
  'historical',
  'other-person',
  'comparison',
  'resolved',
  'planned',
  'retracted',
  'unreadable',
] as const
export type ModifierMeaning = (typeof modifierMeanings)[number]

/** What the value of a label says of the targets in the label. */
export const valueMeanings = ['present', 'absent', 'unreadable'] as const
export type ValueMeaning = (typeof valueMeanings)[number]

/** Where the targets of a modifier stand: after it, before it, or before it if there are any and else after it. */
export const directions = ['forward', 'backward', 'either'] as const
export type Direction = (typeof directions)[number]

/**
 * How far a modifier reaches: to the end of the sentence, of its clause, of the comma parts of its clause that end with an "or", or of
 * its comma part.
 */
export const reaches = ['sentence', 'clause', 'alternatives', 'part'] as const
export type Reach = (typeof reaches)[number]

/** How a word of a target stands in a sentence; an opposite denies its target by itself ("afebrile"). */
export const wordForms = ['noun', 'adjective', 'opposite', 'measure'] as const
export type WordForm = (typeof wordForms)[number]

/** A list of words as the engine uses it. */
export interface Entry {
  /** The name of the list, or of the target. */
  id: string
  role: Role
  /** What the list means in its role: a meaning of modifiers or values, a section, place, side, subject; else the id. */
  as: string
  direction?: Direction
  reach?: Reach
  form?: WordForm
  /** The target needs no place (a fever). */
  systemic?: boolean
  /** The target is a measure: it is there from this number on ("T 38.9"). */
  from?: number
  /** The target is a measure: it is there under this number of `unit` ("urine output 0.3 mL/kg/h"). */
  below?: { limit: number; unit: string }
  /** The place that the words of a target name themselves ("cracked nipple"); `local` of a medicine for the skin, eye or ear alone. */
  place?: string
  /** What a heading says of everything under it. */
  implies?: ModifierMeaning
  /** A target counts only where one of these places or terms stands in its part, clause, label, heading or subject of the text. */
  needs?: readonly string[]
  /** A target counts only where one of these stands in its own part. */
  near?: readonly string[]
  /** A target does not count, and a modifier does not reach a target, in a comma part with one of these places, targets or terms. */
  unless?: readonly string[]
  /** A denial behind this doubt is in doubt, too ("cannot be sure it is not dimpled"). */
  doubtsDenial?: true
  /** Behind a modifier, the first word of these lists begins a clause of its own ("what looked like a lump | is a rib"). */
  until?: readonly string[]
}

/** A target: what the words say about the patient. */
export interface Target {
  id: string
  title: string
  /** What kind of thing it is, to the reader of its kind of text ("antibiotic"); left out where all are alike. */
  class?: string
  /** Needs no place and has no side (a fever). */
  systemic: boolean
  /** It lasts once it has begun: a year beside it is the one that it began in (a chronic infection). */
  lasting: boolean
  /** Places it may be at; a mention at another place is not the target. Empty: anywhere. */
  at: readonly string[]
}

/** Words that mean one entry, as written in the file. */
export interface WordList {
  entry: Entry
  words: readonly string[]
  /** Targets, or classes of targets, whose words this list has too; they stand in any file of the language. */
  wordsOf?: readonly string[]
  /** Is the list of a file for some kinds of text? What it says of a phrase wins over the lists for all kinds. */
  own: boolean
}

/** The folder of the words that are read whatever the language of a text: names are much alike in all of them. */
export const everyLanguage = 'every'

/** One file of `cards/words/`, read and checked. */
export interface WordFile {
  file: string
  /** The code of its language, or `everyLanguage`. */
  language: string
  /** Kinds of text it is for; empty: all. */
  kinds: readonly string[]
  targets: readonly Target[]
  lists: readonly WordList[]
}
