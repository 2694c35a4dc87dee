import type { UnreadableSubject } from './unreadable-subject.js'
import type { BirthKind } from './birth-kind.js'
import type { CareNeed } from './care-need.js'
import type { LossTime } from '../terminology/code-book.js'
import type { EarlierCard } from './earlier-card.js'
import type { ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Instant } from '../units/units.js'
import type { TextRead } from './text-read.js'
import type {
  AntibioticClass,
  ConditionSet,
  Grade,
  MeasureKind,
  MedicineSet,
  Side,
  SignName,
} from '../terminology/concepts.js'

/** The resource that a fact was read from, such as "Observation/abc". A draft order has the reference that the EHR gave it. */
export type ResourceRef = string

/**
 * The time of a fact: an instant (both ends equal) or a partial date (an interval).
 *
 * Edge: both ends belong to the interval; "2026-03" runs to the last millisecond of March in the default zone.
 */
export interface Span {
  earliest: Instant
  latest: Instant
}

/** The part that all facts have: the source, the time if there is one, and whether words rather than codes state it. */
export interface Provenance {
  source: ResourceRef
  when?: Span
  fromText: boolean
}

/** What the rules need of the Patient resource (clinical 1.1). */
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
  /** A note says so in passing: it answers no question, and counts beside a diagnosis only (clinical 1.2 step 3). */
  inNote?: true
}

/** A birth, a loss, or a statement about an infant (clinical 1.2, 2.1); `weeks` of pregnancy at a preterm birth or a loss. */
export interface BirthFact extends Provenance, LossTime {
  kind: BirthKind
}

/** A pregnancy status (clinical 1.2). */
export interface PregnancyFact extends Provenance {
  pregnant: boolean
}

/** A measured number, in the one unit that its kind has. */
export interface Measure extends Provenance {
  kind: MeasureKind
  value: number
  side: Side
  /** For pain only: the code or the body site names the breast. */
  aboutBreast?: boolean
}

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
  /** The record calls the sign "new" or "spreading". */
  spreading: boolean
  /** The start of the sign that the record states beside its own time ("for 3 weeks", the start of a period). */
  began?: Span
}

/** The clinician's own statement on the course of the illness (VS-NO-RESPONSE, clinical 2.9 step 4). */
export interface CourseStatement extends Provenance {
  says: 'improved' | 'worse' | 'not-improved'
  side: Side
  /** What got better, when it is less than the illness: the pain or the fever alone, or the patient in general. */
  of?: 'pain' | 'fever' | 'general'
}

/** A Condition (or a history of one) that belongs to at least one value set. */
export interface Problem extends Provenance {
  sets: readonly ConditionSet[]
  /** The clinicalStatus is active, recurrence or relapse, or is absent. */
  active: boolean
  side: Side
  /** `when` is the onset, or without one the recorded date; `onset` and `recorded` keep the two apart. */
  onset?: Span
  recorded?: Span
  abated?: Span
  remission: boolean
  /** Its name says lactation itself, not only the time after childbirth. */
  saysLactation?: true
}

/** The resource type that a medicine was read from. */
export type MedicineKind = 'administration' | 'statement' | 'request'

/** The reason why a medicine is no exposure, whatever its time (clinical 4.2). */
export type NoExposure =
  | 'status' // entered-in-error, cancelled, draft, unknown, on-hold, not-taken
  | 'intent' // proposal, plan, option
  | 'do-not-perform'
  | 'prophylaxis'
  | 'other-reason' // recorded reason that is not a breast condition
  | 'not-given' // its words say so: avoided, stopped, an allergy, for somebody else
  | 'route' // topical, ophthalmic, otic, vaginal
  | 'short-order' // an order for 24 h or less

/** A medicine of clinical 2.6 as ordered, stated or given. */
export interface Medicine extends Provenance {
  kind: MedicineKind
  /** Canonical ingredient words of clinical 2.6, such as "dicloxacillin". */
  ingredients: readonly string[]
  /**
   * `none` is not an antibiotic; `not-counted` is an antibiotic that adds nothing to cover; `unknown` is an antibiotic
   * that we do not know.
   */
  cover: 'appropriate' | 'other' | 'not-counted' | 'unknown' | 'none'
  mrsa: 'active' | 'by-result' | 'inactive'
  sets: readonly MedicineSet[]
  status: 'active' | 'completed' | 'stopped' | 'on-hold' | 'in-progress' | 'other'
  noExposure?: NoExposure
  reason: 'breast' | 'other' | 'none'
  /**
   * The recorded start; for a request the start of its bounds, or without one `authoredOn`. `when` holds the same
   * span.
   */
  start?: Span
  /** The recorded end of the period or of the bounds; absent while the medicine has no recorded end. */
  end?: Span
  supplyDays?: number
  /** An administration that has one instant as its time, and not a period. */
  singleInstant: boolean
}

/** A ServiceRequest or Procedure that meets one of the needs of clinical 2.5. */
export interface CareItem extends Provenance {
  need: CareNeed
  kind: 'order' | 'procedure'
  status: 'active' | 'on-hold' | 'completed' | 'in-progress' | 'other'
  side: Side
}

/**
 * What an imaging report shows, by the rows of clinical 3.7; `unclassified` is a report that no row fits, or that has no
 * text.
 */
export type ImagingReading =
  'abscess' | 'collection' | 'phlegmon' | 'suspicious' | 'normal' | 'indeterminate' | 'unclassified'

/** The result of one imaging report for one side (clinical 3.7). */
export interface ImagingResult extends Provenance {
  result: 'imaging'
  modality: 'ultrasound' | 'mammogram'
  reading: ImagingReading
  /** The collection is called too small to drain. */
  small?: boolean
  /** A doubt stands beside the result ("no collection; abscess cannot be excluded"). */
  doubt?: boolean
  birads?: number
  /** The report names a galactocele, a cyst or a lymph node, and fears no malignancy. */
  harmlessLesion?: boolean
  /** The report affirms a malignancy; a doubt is none. */
  malignantText: boolean
  side: Side
  sizeCm?: number
}

/** The result of a skin or breast biopsy (clinical 3.7). */
export interface BiopsyResult extends Provenance {
  result: 'biopsy'
  tissue: 'skin' | 'breast'
  reading: 'malignant' | 'benign' | 'reported'
  side: Side
}

/** The result of a culture, with the susceptibilities that could be read. */
export interface CultureResult extends Provenance {
  result: 'culture'
  positive: boolean
  side: Side
  /** The germ that has grown, in the words of a card: "MRSA", "S. aureus". */
  organism?: string
  /** `classes` are those within which an allergy to one medicine counts for the others. */
  susceptibilities: readonly {
    ingredient: string
    verdict: 'S' | 'I' | 'R'
    classes?: readonly AntibioticClass[]
  }[]
}

/** A result of imaging, biopsy or culture. */
export type Result = ImagingResult | BiopsyResult | CultureResult

/** An allergy to medicines of clinical 2.6 or classes of antibiotics, with its worst reaction; `intolerance` is a side effect. */
export interface AllergyFact extends Provenance {
  ingredients: readonly string[]
  classes: readonly MedicineSet[]
  reaction: 'anaphylaxis' | 'angioedema' | 'allergic' | 'intolerance' | 'unknown'
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
  /**
   * Whether the call asks about this draft: for order-sign every draft, for order-select the drafts among
   * `selections`.
   */
  evaluated: boolean
  needs: readonly CareNeed[]
  stopsFeeding: boolean
  medicine?: Pick<Medicine, 'ingredients' | 'cover' | 'mrsa' | 'sets' | 'noExposure' | 'reason'> & {
    durationDays?: number
  }
  breastReason: boolean
  side: Side
  /**
   * The name of the order as charted, unescaped.
   *
   * Privacy: only the card renderer may print the name, escaped. Records leave the name out.
   */
  name?: string
}

/** A value that is charted but cannot be read, and the subject that the value is about. */
export interface Unreadable extends Provenance {
  subject: UnreadableSubject
  /**
   * The reason, in the service's own words: "temperature unit is not Cel or [degF]".
   *
   * Privacy: names fields and never values.
   */
  why: string
}

/**
 * All facts of one chart: one unit for each kind of measure, one clock, and the resource behind each fact.
 *
 * Shape:   plain JSON. Two charts with the same content in another order give equal facts in another order.
 * Missing: a read key that could not be read is `unreadable` in `reads`; a single value is in `unreadable`.
 * Privacy: no names, no identifiers but resource ids, and no chart text except `drafts[].name`.
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
  /** How many drafts were not judged: beyond the budget of a call although a rule asks about them, or unreadable. */
  unjudgedDrafts?: number
  unreadable: readonly Unreadable[]
  /** How texts of examinations, reports and orders were read, the first ones of a call. */
  texts: readonly TextRead[]
  earlier: readonly EarlierCard[]
  droppedForeign: number
}
