import type { Measure, Medicine, Problem } from '../facts/facts.js'
import type { Side } from '../terminology/concepts.js'
import type { Instant } from '../units/units.js'
import type { Evidence, Finding } from './finding.js'
import type { MilkRow } from './patient/milk-rows.js'
import type { ProblemIndex } from './patient/problem-index.js'
import type { SepsisScreen } from './sepsis/sepsis-screen.js'
import type { Stage } from './stages.js'

/** The side of a breast; `unspecified` when facts name no side. */
export type BreastSide = 'left' | 'right' | 'unspecified'

/** The words of a card about feeding: made in one place (clinical 1.4), printed by every card. */
export interface Feeding {
  phrase: 'plain' | 'conditional' | 'caution' | 'none'
  /** Whole sentences in order; empty for `none`. */
  sentences: readonly string[]
  /** For `plain` and `conditional`: for whom the milk is safe while the breast is inflamed. */
  safeMilk?: string
  /** For `caution` the words of the first row: "HIV". */
  finding?: string
  /** For `milk-cannot-tell` the unread category: "conditions" or "medicines". */
  category?: string
}

/**
 * The values that card templates may print, as words of the service.
 * // what could not be read (row 16)
 * the unread fact (row 16)
 */
export interface CardValues {
  side: string // "left breast", "right breast", "both breasts", "breast"
  Stage: string // Mastitis, Possible mastitis, Breast abscess, Phlegmon, Blocked duct, Engorgement; "" for none
  coverFor: string // how long any antibiotic has covered: "48 h", "5 days"
  course: string // the same with the drug and the temperature: "8 days of amoxicillin, T 38.7"
  aptCourse: string // the same of appropriate antibiotics: "73 h of dicloxacillin, T 38.7"
  review: string // when the breast is reviewed: "Review on 1 Dec (48 h of treatment); same day for"
  illFor: string // how long the episode has lasted: "30 h", "5 days", or ""
  T: string // ", T 38.6": the newest current temperature, or ""
  Side: string // "Left breast": side at the beginning of a sentence
  backAfter: string // how long after the end of the course the illness came back: "3 days", or ""
  longDays: string // whole days since the redness or swelling of R7 began, or ""
  dischargeDays: string // whole days since bloody discharge was first recorded, or ""
  D: string // whole days since drainage, else lump.days
  criteria: string // sepsis, at most two and "+n"
  firstCriterion: string // sepsis, one and "+n"
  sepsisAge: string // the age of the newest criterion: "20 min ago", or ""
  sepsisTiming: string // "within 1 h" or "by the local pathway"
  sepsisFirst: string // "fluids" or "lactate"
  sepsisSource: string // "breast infection on record", "breast symptoms only", "source not established"
  otherSource: string // the newest other infection: "pneumonia", or ""
  severeSign: string // the sign of a severe soft-tissue infection: "bullae", or ""
  SevereSign: string // the same at the beginning of a sentence
  milkRemoval: string // a sentence after a blank: what milk removal does, where the breast is the source and milk is made, or ""
  stasisFever: string // the fever of stage 7 or 8: "T 38.2 °C", or ""
  fact: string // what could not be read (row 16)
  drug: string
  reason: string
  allergy: string // the allergy that the draft meets: "penicillin", or ""
  drugKind: string // why the draft meets it: "dicloxacillin is a penicillin", or ""
  firstDrug: string
  infantAge: string // "infant age 12 days" or "infant age not known"
  acuteDay: string // the day on which an acute skin change is looked at again: "2 Dec"
  suspiciousScan: string // the suspicious imaging of R6: "BI-RADS 4 on 9 Nov", or ""
  collection: string // the collection on ultrasound: "3.2 cm collection", "Collection"
  dueTime: string // the time of a review ordered now: "2 Dec 18:00"
  notMeasured: string // values of the sepsis screen not on record; "" while the screen is negative
  comfort: string // the line on comfort, which names no medicine
  milkIsSafe: string // for whom the milk is safe
  maternityTeam: string // in pregnancy the line to the maternity team, or ""
  allergies: string // "penicillin" list in our words, or "none on record"
  imaging: string // the reading and size of the leading ultrasound, or ""
  scan: string // the ultrasound to repeat: "Phlegmon 29 Nov", or ""
  rescanTime: string // "re-scan today", "re-scan 48-72 h after it, sooner if worse", or ""
  rescanDay: string // the day of the repeat: "1 Dec", "today", or ""
  cultureDay: string // the day of a culture that is not covered: "28 Nov", or ""
  organism: string // what has grown: "MRSA"
  missedBy: string // the antibiotics given now: "dicloxacillin"
  susceptibleTo: string // the agents that fit into a summary, or "not reported"
  resistantAgents: string // all of them, or "not reported"
  susceptibleAgents: string // all of them, with an allergy on record, or "not reported"
  sulfaCheck: string // "Before sulfamethoxazole-trimethoprim", where the infant must be asked about, or ""
  unreadScan: string // the day of the ultrasound whose report could not be read: "29 Nov", or ""
}

/** The words of a card about a culture result that the antibiotics given now do not cover; all empty without one. */
export type CultureValues = Pick<
  CardValues,
  | 'cultureDay'
  | 'organism'
  | 'missedBy'
  | 'susceptibleTo'
  | 'resistantAgents'
  | 'susceptibleAgents'
  | 'sulfaCheck'
>

/** The lactation status (clinical 1.2). */
export type LactationStatus = 'lactating' | 'probable' | 'recently-weaned' | 'unknown' | 'not-lactating'

/** Everything about the patient that has no side. */
export interface PatientView {
  gate: Finding
  lactation: {
    status: LactationStatus
    because: string
    evidence: readonly Evidence[]
    /** The unread category or value that could change the status. */
    unsettled?: string
  }
  deliveredAt?: Instant
  loss: Finding
  lossKind?: 'infant-loss' | 'infant-elsewhere'
  someInfantsLost: boolean
  pregnant: Finding
  feeding: Feeding
  feedingRow?: string // F1 ... F11
  /** Every row of clinical 1.4 that holds, in order, whatever the phrase. */
  milkRows: readonly MilkRow[]
  /** The unread categories of clinical 1.4, in the words of a card. */
  milkUnread: readonly ('conditions' | 'medicines')[]
  infantAtRisk: readonly Evidence[]
  problems: ProblemIndex
  sepsis: SepsisScreen
  knownIbc: Finding
  ageYears?: { min: number; max: number }
}

/** The current signs of one breast (clinical 5.1). */
export interface BreastEvidence {
  fever: Finding
  systemic: Finding
  pain: Finding
  erythema: Finding
  colour: Finding
  warmth: Finding
  swelling: Finding
  lump: Finding
  fluctuance: Finding
  focal: Finding
  inflamed: Finding // INFLAM
  fullness: Finding
  strong: Finding
  weak: readonly Evidence[]
  newestTemperature?: Measure
  drivingMastitis: readonly Problem[]
  drivingAbscess: readonly Problem[]
  drivingOther: readonly Problem[] // engorgement, blocked duct, phlegmon, NONLACT
  anySign: boolean // a breast sign <= 72 h
}

/** The response of a breast to antibiotics (clinical 4.3). */
export type Response = 'improved' | 'not-improved' | 'worse' | 'unknown' | 'too-early' | 'none'

/**
 * The antibiotic cover of the episode of one breast: hours by any antibiotic, and by appropriate ones (clinical 4.2).
 * // why it cannot be told, if so
 * why there may be more cover than was read
 */
export interface Cover {
  hoursAny: number
  hoursApt: number
  firstAny?: Instant // A1
  firstApt?: Instant // A1apt
  window: 'none' | 'early' | 'due' | 'late'
  coversNow: boolean
  counted: readonly Medicine[]
  firstDrug?: string
  unreadable?: string // why it cannot be told, if so
}

/** One breast with its stage. `unspecified` stands only when no side has other evidence. */
export interface SideView {
  side: BreastSide
  evidence: BreastEvidence
  episodeStart?: Instant
  cover: Cover
  response: Response
  stage: Stage
  /** The time of the ultrasound that is to be repeated. */
  rescanFrom?: Instant
  values: Pick<
    CardValues,
    | 'side'
    | 'Side'
    | 'longDays'
    | 'dischargeDays'
    | 'Stage'
    | 'stasisFever'
    | 'coverFor'
    | 'course'
    | 'aptCourse'
    | 'review'
    | 'suspiciousScan'
    | 'collection'
    | 'backAfter'
    | 'illFor'
    | 'T'
    | 'D'
    | 'firstDrug'
    | 'imaging'
    | 'scan'
    | 'rescanTime'
    | 'rescanDay'
    | 'unreadScan'
  > &
    CultureValues
}

/** Is a fact recorded for `side` about this breast? A fact of both sides, or of none, is about each breast. */
export const speaksOf = (breast: BreastSide, side: Side): boolean =>
  side === breast || side === 'both' || side === 'unspecified' || breast === 'unspecified'
