import type { CodeableConcept, Coding } from 'fhir/r4.js'
import type { CodeChapter } from './breast-chapters.js'
import type { CodeEntry, PlausibleRange } from './code-files.js'
import type { Gestation } from './gestation.js'
import type { MeasureKind, Side } from './concepts.js'
import type { NamedMeasure } from './measure-words.js'
import type { MedicineMatch } from './medicine-match.js'

/**
 * A value set of `cards/codes/`, by id. Beside the sets of `concepts.ts`: 'bf-status', 'bf-yes', 'bf-no', 'delivery-date',
 * 'pregnancy-status', 'pregnant', 'not-pregnant', 'gestational-age', 'ultrasound', 'mammogram', 'imaging-text',
 * 'imaging-impression', 'skin-biopsy',
 * 'breast-biopsy', 'breast-surgery', 'referral', 'drainage', 'incision', 'culture', 'ultrasound-normal', 'birads-1' ... 'birads-5',
 * 'breast-site', 'skin-of-breast-site', 'nipple-site', 'left', 'right', 'both', 'present-value', 'absent-value',
 * 'unknown-value', 'share-under-third', 'share-third-or-more', 'share-whole', 'course', 'answered-improved',
 * 'answered-not-improved', 'answered-worse', 'infant-well', 'some-infants-lost', 'living-infant', 'says-lactation', 'preterm',
 * 'premature-history', 'no-response',
 * 'focal-tenderness', 'not-hiv', 'not-tuberculosis', 'blood-pressure' (the panel), 'due-date', 'infant-galactosemia', 'neonatal-mastitis', one per
 * measure kind of `facts.ts`.
 */
export type SetId = string

/** One set of a concept, and whether words rather than a code named the set. */
export interface SetMatch {
  set: SetId
  fromText: boolean
  /** The side that the words of the concept name. */
  side?: Side
  /** Of a loss: what the words of the concept tell of its time. */
  told?: LossTime
}

/** What words tell of the time of a loss: how far the pregnancy had come, and the year. */
export interface LossTime extends Gestation {
  year?: number
}

/** One set that a code of a concept belongs to. */
export interface CodedSet {
  set: SetId
  /**
   * True when the code names the exact matter; a broad code (a listed prefix, "other", "unspecified", an encounter)
   * leaves words to decide.
   */
  specific: boolean
}

/** The statement of the surrounding resource, for codes that count only on the breast. */
export interface ConceptContext {
  /** True when the bodySite of the resource, or another code of it, names the breast or nipple. */
  breast: boolean
}

/**
 * The reviewed value sets, compiled once at start; pure look-ups after that.
 *
 * Source: clinical section 2 (matching, 2.6, 2.8).
 */
export interface CodeBook {
  /**
   * The sets that the codes of a concept belong to, whatever its words say. Some codes (erythema 247441003, skin biopsy
   * 240977001) count only when the concept or `about` names the breast.
   */
  codedSets(concept: CodeableConcept | undefined, about?: ConceptContext): readonly CodedSet[]
  /**
   * Does one coding belong to a set, taking it to be about the breast? A coding without system matches if its code is
   * unique in the set.
   */
  codingIn(set: SetId, coding: Coding | undefined): boolean
  hasRecognisedSystem(concept: CodeableConcept | undefined): boolean
  /** A medicine by the codes of the concept, and by the names that its words were read as. */
  medicine(concept: CodeableConcept | undefined, names?: readonly string[]): MedicineMatch
  /**
   * The chapter of the breast or of a birth that a code belongs to: a disease of the breast that no rule asks about
   * (`known`) or that only its own set would explain (`open`), or `birth`.
   */
  chapterOf(concept: CodeableConcept | undefined): CodeChapter | undefined
  /** Does a text name the breast in a language that is not read? */
  namesBreastElsewhere(text: string): boolean
  /** Does a code tell its chapter, so that a code of another chapter is none of the breast? */
  chapterKnown(concept: CodeableConcept | undefined): boolean
  /** The measure that the words of a code name, where no set has the code. */
  measureNamed(concept: CodeableConcept | undefined): NamedMeasure | undefined
  /** Does this concept or its words name the breast or nipple? */
  namesBreast(concept: CodeableConcept | undefined): boolean
  /** The share of the breast, in percent, that a coded answer names. */
  percentOf(concept: CodeableConcept | undefined): number | undefined
  /** The code of a set as listed, with its system and display; undefined where the set does not list the code. */
  entryOf(set: SetId, code: string): CodeEntry | undefined
  /** The codes that this service defines itself, each once. */
  ownCodes: readonly CodeEntry[]
  /** The range of values that a measure of a living adult can have. */
  plausible(measure: MeasureKind | 'gestational-age'): PlausibleRange | undefined
  sideOf(bodySites: readonly CodeableConcept[] | undefined, words?: string): Side
}
