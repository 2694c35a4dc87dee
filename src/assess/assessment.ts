import type { ReadKey } from '../gather/chart.js'
import type { DraftOrder, EarlierCard } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Finding } from './finding.js'
import type { FindingName } from './finding-names.js'

export type BreastSide = 'left' | 'right' | 'unspecified'

export type Stage =
  | 'abscess'
  | 'phlegmon'
  | 'bacterial-mastitis'
  | 'inflammatory-mastitis'
  | 'blocked-duct'
  | 'engorgement'
  | 'none'

/** What a card may say about feeding: made in one place (clinical 1.4), printed by every card. */
export interface Feeding {
  phrase: 'plain' | 'conditional' | 'caution' | 'none'
  /** Whole sentences in order, ready to print; empty for `none`. */
  sentences: readonly string[]
  /** For `caution`: the words of the first row, "HIV". */
  finding?: string
  /** For `milk-cannot-tell`: "conditions" or "medicines". */
  category?: string
}

/** The values card templates may print, as ready words; each is our own text. */
export interface CardValues {
  side: string // "left breast", "right breast", "both breasts", "breast"
  Stage: string // Mastitis, Breast abscess, Phlegmon, Blocked duct, Engorgement; "" for none
  N: string // whole hours of hoursAny
  Napt: string // whole hours of hoursApt
  D: string // whole days since drainage, else lump.days
  criteria: string // sepsis, at most two and "+n"
  fact: string // what could not be read (row 16)
  drug: string
  reason: string
  firstDrug: string
  infantAge: string // "infant age 12 days" or "infant age not known"
  notMeasured: string // values of the sepsis screen not on record; "" while the screen is negative
  allergies: string // "penicillin" list in our words, or "none on record"
  imaging: string // the reading and size of the leading ultrasound, or ""
}

/** One breast (or none), and one evaluated draft (or none), with the verdict on every finding. */
export interface Scope {
  side?: BreastSide
  draft?: DraftOrder
  stage: Stage
  findings: ReadonlyMap<FindingName, Finding>
  values: CardValues
}

/**
 * Everything known about the patient at `now`, ready to choose cards from.
 *
 * Shape:   `scopes` holds one entry per breast with evidence (at least one entry, without side, when there is none);
 *          on order hooks one per breast and evaluated draft. Entries of one breast share its findings. Empty when the
 *          patient is out of scope.
 * Missing: `missing` words what could not be read, required and optional; `unreadRequired` decides 412.
 */
export interface Assessment {
  now: Instant
  /** Absent ends the evaluation without cards (clinical 1.1). */
  inScope: Finding
  scopes: readonly Scope[]
  feeding: Feeding
  /** "More than one infant was born..." (clinical 1.2) and other sentences every card adds. */
  additions: readonly string[]
  missing: readonly string[]
  unreadRequired: readonly ReadKey[]
  /** State that a later call compares an override with (clinical 8). */
  leadingStage: Stage
  sepsisCriteria: readonly string[]
  /** First record of a STRONG sign, if any holds. */
  strongSince?: Instant
  /** Cards given earlier, passed on from the facts, so that suppression is a function of facts, rules and time. */
  earlier?: readonly EarlierCard[]
}
