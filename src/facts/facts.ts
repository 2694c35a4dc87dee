import type { ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Instant } from '../units/units.js'
import type { ConditionSet, MedicineSet, SignName } from './concepts.js'

/** The resource a fact was read from, as "Observation/abc". Draft orders use their own reference. */
export type ResourceRef = string

export type Side = 'left' | 'right' | 'both' | 'unspecified'

/**
 * When something was: an instant (both ends equal) or a partial date (an interval).
 *
 * Edge: both ends belong to it; "2026-03" runs to the last millisecond of March in the default zone.
 */
export interface Span {
  earliest: Instant
  latest: Instant
}

/** What every fact carries: its source, its time if known, and whether words rather than codes gave it. */
export interface Provenance {
  source: ResourceRef
  when?: Span
  fromText: boolean
}

export interface PatientFacts {
  source: ResourceRef
  gender: 'female' | 'male' | 'other' | 'unknown'
  birth?: Span
  deceased: boolean
}

/** A statement about breastfeeding (clinical 1.2 step 1). `discharge` marks LOINC 73756-9, which only ever counts as yes. */
export interface LactationStatement extends Provenance {
  says: 'yes' | 'no' | 'unknown'
  discharge: boolean
}

/** Births and what is known of the infants (clinical 1.2, 2.1). */
export interface BirthFact extends Provenance {
  kind:
    | 'delivery'
    | 'infant-loss' // VS-INFANT-LOSS
    | 'infant-elsewhere' // VS-INFANT-ELSEWHERE
    | 'some-infants-lost' // Z37.3, Z37.6*
    | 'living-infant' // Z37.0, Z37.2, Z37.5* and last live birth
    | 'preterm' // gestational age < 37 wk, O60.1*, P07.*
    | 'premature-history' // SCT 161765003
    | 'infant-at-risk-text'
    | 'galactosemia-text' // row F3 of clinical 1.4
  /** Gestational age at birth, for kind `preterm` read from a quantity. Weeks. */
  weeks?: number
}

export interface PregnancyFact extends Provenance {
  pregnant: boolean
}

export type MeasureKind =
  | 'temperature' // Cel, rounded to 0.1
  | 'heart-rate' // /min
  | 'respiratory-rate' // /min
  | 'systolic' // mm[Hg]
  | 'diastolic' // mm[Hg]
  | 'mean-arterial-pressure' // mm[Hg]
  | 'oxygen-saturation' // %
  | 'white-cells' // 10*9/L
  | 'platelets' // 10*9/L
  | 'c-reactive-protein' // mg/L
  | 'lactate' // mmol/L
  | 'creatinine' // mg/dL
  | 'pain' // 0-10

/** A number in the one unit of its kind. */
export interface Measure extends Provenance {
  kind: MeasureKind
  value: number
  side: Side
  /** Pain only: the code or the body site names the breast, not merely a patient in pain. */
  aboutBreast?: boolean
}

export type Grade = 'mild' | 'moderate' | 'severe'

/** A breast or systemic sign, stated present, absent or unknown (clinical 2.2, 3.5). */
export interface Sign extends Provenance {
  sign: SignName
  state: 'present' | 'absent' | 'unknown'
  side: Side
  grade?: Grade
  /** Largest extent in cm (or cm2), and share of the breast from 0 to 1. */
  size?: { value: number; unit: 'cm' | 'cm2' }
  share?: number
  possible: boolean
  /** SCT 290080002, or the words wedge, segment, quadrant. */
  focal: boolean
  /** The words "new" or "spreading" stand with it. */
  spreading: boolean
}

/** The clinician's own word on the course (VS-NO-RESPONSE, clinical 2.9 step 4). */
export interface CourseStatement extends Provenance {
  says: 'improved' | 'worse' | 'not-improved'
  side: Side
}

/** A Condition (or a history of one) that belongs to at least one value set. */
export interface Problem extends Provenance {
  sets: readonly ConditionSet[]
  /** clinicalStatus active, recurrence, relapse or absent. */
  active: boolean
  side: Side
  /** `when` is onset, else recorded date; these keep both apart. */
  onset?: Span
  recorded?: Span
  abated?: Span
  remission: boolean
}

export type MedicineKind = 'administration' | 'statement' | 'request'

/** Why a medicine is no exposure, independent of time (clinical 4.2). */
export type NoExposure =
  | 'status' // entered-in-error, cancelled, draft, unknown, on-hold, not-taken
  | 'intent' // proposal, plan, option
  | 'do-not-perform'
  | 'prophylaxis'
  | 'other-reason' // recorded reason that is not a breast condition
  | 'route' // topical, ophthalmic, otic, vaginal
  | 'short-order' // an order for 24 h or less

export interface Medicine extends Provenance {
  kind: MedicineKind
  /** Canonical ingredient words of clinical 2.6, such as "dicloxacillin". */
  ingredients: readonly string[]
  /** `none`: not an antibiotic. `not-counted`: an antibiotic that runs no clock. */
  cover: 'appropriate' | 'other' | 'not-counted' | 'none'
  mrsa: 'active' | 'by-result' | 'inactive'
  sets: readonly MedicineSet[]
  status: 'active' | 'completed' | 'stopped' | 'on-hold' | 'in-progress' | 'other'
  noExposure?: NoExposure
  reason: 'breast' | 'other' | 'none'
  /** Start as recorded; for requests boundsPeriod.start, else authoredOn. `when` equals it. */
  start?: Span
  /** Recorded end: period.end, boundsPeriod.end; absent when open. */
  end?: Span
  supplyDays?: number
  /** An administration at one instant (not a period). */
  singleInstant: boolean
}

export type CareNeed =
  | 'ultrasound'
  | 'mammogram'
  | 'skin-biopsy'
  | 'breast-biopsy'
  | 'referral'
  | 'drainage'
  | 'incision'
  | 'culture'
  | 'review'
  | 'lactation-support'

/** A ServiceRequest or Procedure that meets a need (clinical 2.5). */
export interface CareItem extends Provenance {
  need: CareNeed
  kind: 'order' | 'procedure'
  status: 'active' | 'on-hold' | 'completed' | 'in-progress' | 'other'
  side: Side
}

export type ImagingReading = 'abscess' | 'phlegmon' | 'suspicious' | 'collection' | 'normal' | 'indeterminate'

/** One reading of one side by one imaging report (clinical 3.7). */
export interface ImagingResult extends Provenance {
  result: 'imaging'
  modality: 'ultrasound' | 'mammogram'
  reading: ImagingReading
  birads?: number
  malignantText: boolean
  side: Side
  sizeCm?: number
}

export interface BiopsyResult extends Provenance {
  result: 'biopsy'
  tissue: 'skin' | 'breast'
  reading: 'malignant' | 'benign' | 'reported'
  side: Side
}

export interface CultureResult extends Provenance {
  result: 'culture'
  positive: boolean
  side: Side
  susceptibilities: readonly { ingredient: string; verdict: 'S' | 'I' | 'R' }[]
}

export type Result = ImagingResult | BiopsyResult | CultureResult

export interface AllergyFact extends Provenance {
  ingredients: readonly string[]
}

/** An encounter that is in progress. */
export interface EncounterFact extends Provenance {
  inpatient: boolean
  inProgress: boolean
}

/** A draft order of the hook context (clinical 7). */
export interface DraftOrder {
  source: ResourceRef
  resourceType: string
  /** order-select: among `selections`; order-sign: always. Others are context only. */
  evaluated: boolean
  needs: readonly CareNeed[]
  stopsFeeding: boolean
  medicine?: Pick<Medicine, 'ingredients' | 'cover' | 'mrsa' | 'sets' | 'noExposure' | 'reason'> & {
    durationDays?: number
  }
  breastReason: boolean
  side: Side
  /** Words from the chart, unescaped: only the card renderer may print them, escaped. Absent from records. */
  name?: string
}

/** A value that is there but could not be read, and the findings' subject it belongs to. */
export interface Unreadable extends Provenance {
  subject:
    | SignName
    | MeasureKind
    | ConditionSet
    | 'lactation'
    | 'medicine'
    | 'result'
    | 'ultrasound'
    | 'birth'
    | 'pregnancy'
    | 'condition'
  /** Our words, naming fields and never their values: "temperature unit is not Cel or [degF]". */
  why: string
}

/**
 * What of all that was said earlier can hide a card: overrides by anybody always, repeats for the same user only where a
 * site has them on.
 */
export type EarlierScope = 'overrides' | 'overrides-and-repeats'

/** A card given earlier to this patient by this client, and what became of it (clinical 8). */
export interface EarlierCard {
  kind: string
  indicator: 'info' | 'warning' | 'critical'
  at: Instant
  outcome: 'shown' | 'overridden'
  sameUser: boolean
  /** State at that time, to see what is new since. */
  stage: string
  sepsisCriteria: readonly string[]
}

/**
 * The chart, read into facts: one unit per kind, one clock, and the resource behind each.
 *
 * Shape:   plain JSON; two charts with the same content in another order give equal facts up to order.
 * Missing: a key that could not be read is `unreadable` in `reads`; a value that could not be read is in `unreadable`.
 * Privacy: no names, no identifiers but resource ids, no chart text except `drafts[].name`.
 */
export interface Facts {
  patient?: PatientFacts
  reads: Readonly<Record<ReadKey, { state: 'read' | 'unreadable'; why?: UnreadableCode }>>
  lactation: readonly LactationStatement[]
  births: readonly BirthFact[]
  pregnancy: readonly PregnancyFact[]
  measures: readonly Measure[]
  signs: readonly Sign[]
  course: readonly CourseStatement[]
  problems: readonly Problem[]
  medicines: readonly Medicine[]
  care: readonly CareItem[]
  results: readonly Result[]
  allergies: readonly AllergyFact[]
  encounters: readonly EncounterFact[]
  drafts: readonly DraftOrder[]
  unreadable: readonly Unreadable[]
  earlier: readonly EarlierCard[]
  droppedForeign: number
}
