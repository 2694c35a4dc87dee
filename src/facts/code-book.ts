import type { CodeableConcept, Coding } from 'fhir/r4.js'
import type { Grade, Side } from './facts.js'
import type { ConditionSet, MedicineSet, SignName } from './concepts.js'

/**
 * A value set of `cards/codes/`, by id. Beside the sets of `concepts.ts`: 'bf-status', 'bf-yes', 'bf-no', 'delivery-date',
 * 'pregnancy-status', 'pregnant', 'not-pregnant', 'gestational-age', 'ultrasound', 'mammogram', 'skin-biopsy',
 * 'breast-biopsy', 'referral', 'drainage', 'incision', 'culture', 'ultrasound-normal', 'birads-1' ... 'birads-6',
 * 'breast-site', 'skin-of-breast-site', 'nipple-site', 'left', 'right', 'both', 'present-value', 'absent-value',
 * 'unknown-value', 'some-infants-lost', 'living-infant', 'preterm', 'premature-history', 'no-response',
 * 'focal-tenderness', 'blood-pressure' (the panel), 'due-date', 'infant-galactosemia', 'neonatal-mastitis', one per
 * measure kind of `facts.ts`, and the result words 'result-abscess' (abscess, drainable), 'result-collection',
 * 'result-suspicious', 'result-malignant', 'result-carcinoma', 'result-benign' and 'birads-0'.
 */
export type SetId = string

/** One set a concept belongs to, and whether words rather than a code said so. */
export interface SetMatch {
  set: SetId
  fromText: boolean
}

/** What is known of a medicine by its codes or words (clinical 2.6). */
export interface MedicineMatch {
  ingredients: readonly string[]
  cover: 'appropriate' | 'other' | 'not-counted' | 'none'
  mrsa: 'active' | 'by-result' | 'inactive'
  sets: readonly MedicineSet[]
  /** Azithromycin: `cover` says not-counted; with a recorded breast reason this holds instead. */
  coverWithBreastReason?: 'other'
}

/** What the resource around a concept says, for codes and words that count only on the breast. */
export interface ConceptContext {
  /** Its bodySite (or another code of it) names the breast or nipple. */
  breast: boolean
}

export interface TextSign {
  sign: SignName
  state: 'present' | 'absent'
  side: Side
  possible: boolean
  focal: boolean
  spreading: boolean
  grade?: Grade
}

/** What one piece of clinical prose says, by the eight steps of clinical 2.9. */
export interface TextReading {
  signs: readonly TextSign[]
  course: readonly { says: 'improved' | 'worse' | 'not-improved'; side: Side }[]
  /** Diagnoses and result words asserted or denied; `possible` never makes a diagnosis. */
  concepts: readonly { set: SetId; state: 'present' | 'absent'; possible: boolean; side: Side }[]
  /** The text was longer than the limit; what follows the limit was not read. */
  partial?: true
}

export interface TextContext {
  /** The code, its text or the body site names the breast or nipple, so the sentence need not. */
  aboutBreast: boolean
  /** Side of the resource, used where the clause names none. */
  side: Side
  /** Imaging reports: words such as "mass" or "skin thickening" are no signs there. */
  imaging: boolean
}

/**
 * The reviewed value sets, compiled once at start; pure look-ups after that.
 *
 * Source: clinical section 2 (matching, 2.6, 2.8, 2.9).
 */
export interface CodeBook {
  /**
   * Sets a concept belongs to: by code first; by words only if no coding has a recognised system. Some codes
   * (erythema 247441003, skin biopsy 240977001) count only when the concept or `about` names the breast.
   */
  setsOf(concept: CodeableConcept | undefined, about?: ConceptContext): readonly SetMatch[]
  /**
   * Does one coding belong to a set, taking it to be about the breast? A coding without system matches if its code is
   * unique in the set.
   */
  codingIn(set: SetId, coding: Coding | undefined): boolean
  conceptIn(set: SetId, concept: CodeableConcept | undefined, about?: ConceptContext): boolean
  hasRecognisedSystem(concept: CodeableConcept | undefined): boolean
  medicine(concept: CodeableConcept | undefined, display?: string): MedicineMatch
  /** Does this concept or its words name the breast or nipple? */
  namesBreast(concept: CodeableConcept | undefined): boolean
  sideOf(bodySites: readonly CodeableConcept[] | undefined, words?: string): Side
  readText(text: string, context: TextContext): TextReading
}

export type { ConditionSet }
