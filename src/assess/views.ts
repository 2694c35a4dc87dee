import type { Facts, Measure, Medicine, Problem, Result, Side, Span } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { BreastSide, CardValues, Feeding, Stage } from './assessment.js'
import type { Evidence, Finding } from './finding.js'
import type { Parameters } from './parameters.js'
import type { MilkRow } from './patient/milk-rows.js'
import type { ProblemIndex } from './patient/problem-index.js'
import type { SepsisScreen } from './sepsis/sepsis-screen.js'

/** What the rules work on: facts that are valid at `now`, the parameters, the clock. */
export interface Moment {
  facts: Facts
  parameters: Parameters
  now: Instant
}

export type LactationStatus = 'lactating' | 'probable' | 'recently-weaned' | 'unknown' | 'not-lactating'

/** The patient as a whole: everything that has no side. */
export interface PatientView {
  gate: Finding
  lactation: {
    status: LactationStatus
    because: string
    evidence: readonly Evidence[]
    /** What could not be read and could make the status another one. */
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
  /** What of clinical 1.4 could not be read, by the words a card uses. */
  milkUnread: readonly ('conditions' | 'medicines')[]
  infantAtRisk: readonly Evidence[]
  problems: ProblemIndex
  sepsis: SepsisScreen
  knownIbc: Finding
  ageYears?: { min: number; max: number }
}

/** The current signs of one breast (clinical 5.1); each finding is already limited by currency. */
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

export type Response = 'improved' | 'not-improved' | 'worse' | 'unknown' | 'too-early' | 'none'

/** Antibiotic cover of one breast's episode: two clocks (clinical 4.2). */
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

/** One breast, staged. `unspecified` stands only when no side has other evidence. */
export interface SideView {
  side: BreastSide
  evidence: BreastEvidence
  episodeStart?: Instant
  cover: Cover
  response: Response
  stage: Stage
  findings: ReadonlyMap<string, Finding>
  values: Pick<CardValues, 'side' | 'Stage' | 'N' | 'Napt' | 'D' | 'firstDrug' | 'imaging'>
}

/** Does a fact recorded for `side` speak of this breast? Both and unspecified speak of each. */
export const speaksOf = (breast: BreastSide, side: Side): boolean =>
  side === breast || side === 'both' || side === 'unspecified' || breast === 'unspecified'

/** The newest moment a span can mean that is not after `now` (clinical 3.3: starts and signs). */
export const latestBy = (span: Span, now: Instant): Instant =>
  Math.min(span.latest, Math.max(span.earliest, now))

export type { Result }
