import type { Gestation } from '../gestation.js'
import type { Document, Side } from './document.js'
import type { Words } from './words.js'

export const textKinds = [
  'exam',
  'report',
  'medicine',
  'route',
  'order',
  'condition',
  'feeding',
  'feeding-note',
  'allergy',
] as const
export type TextKind = (typeof textKinds)[number]

/** A text, and what is known of it besides its words. */
export interface AskedText {
  kind: TextKind
  text: string
  /** Of an exam: what the Observation is about, when it is not a breast examination. Of a condition or an order: the place that its body site names. */
  about?: string
  /** Of a report: the kind of imaging; an ultrasound when left out. */
  modality?: 'ultrasound' | 'mammogram'
}

/** One thing read. Terms and values are those of `POST /workbench/read`. */
export interface Reading {
  term: string
  state: 'present' | 'absent' | 'unreadable'
  side?: Side
  value?: string | number
  possible?: boolean
  /** Of a set: the part of it that the words name (`opioid-use` of `substance`, `some-infants` of `loss`). */
  part?: string
  /** Of a mastitis or an abscess of lactation: the words say lactation itself, not only the time after childbirth. */
  lactating?: true
  /** Of a loss: told as history ("history of stillbirth"). */
  history?: true
  /** Of a loss: the year that the text puts it in. */
  year?: number
  /** Of a course that got better: the one measure that it speaks for, or the patient in general and no sign. */
  of?: 'pain' | 'fever' | 'general'
  /** Of a sign: how much, as the grade lists name it. */
  grade?: string
  /** Of a sign: it is said of one part of the breast (a wedge, segment or quadrant). */
  focal?: true
  /** Of a sign: it is said to be new, or to spread. */
  spreading?: true
  /** Of a sign: how long it has been there, as the text states. Unit: days. */
  days?: number
  /** Of a medicine: it is used on the skin, in the eye, ear, nose, mouth or vagina only. */
  local?: true
  /** Of a report: the collection is called too small to drain. */
  small?: boolean
  /** Of a report: a doubt stands beside the result ("no collection; abscess cannot be excluded"). */
  doubt?: boolean
  /** Of a report: a malignancy is affirmed, whatever the result. */
  malignant?: boolean
  /** Of a report: it names a galactocele, a cyst or a lymph node, and fears no malignancy. */
  lesion?: boolean
  /** Of a report: it says benign, or denies a malignancy, and fears none. */
  benign?: boolean
  /** Of a report: the largest diameter of the abscess or collection. Unit: cm. */
  sizeCm?: number
  /** UTF-16 units of the text, end exclusive. */
  start?: number
  end?: number
  /** The rule that decided, and the words that it decided by. */
  rule?: string
  why?: string
}

/** A stretch that seems to say something about the patient and could not be read. */
export interface Unread {
  start?: number
  end?: number
  why: string
}

/** What a text was read as. */
export interface TextReading {
  readings: readonly Reading[]
  /** The language it was taken to be in, as a code of two letters. */
  language: string
  unread: readonly Unread[]
  /** Of a condition: every set that the words name, also the ones that they deny, doubt or say of somebody else. */
  named?: readonly string[]
  /** Of a condition that names a loss: how far the pregnancy had come. */
  gestation?: Gestation
}

/** Makes readings of one kind of text. */
export type KindReader = (
  asked: AskedText,
  words: Words,
) => Partial<Pick<TextReading, 'unread' | 'named' | 'gestation'>> & {
  readings: readonly Reading[]
  document: Document
}
