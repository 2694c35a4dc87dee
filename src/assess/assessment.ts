import type { EarlierCard } from '../facts/earlier-card.js'
import type { DraftOrder } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Finding } from './finding.js'
import type { FindingName } from './finding-names.js'
import type { UnreadRequired } from './missing.js'
import type { Stage } from './stages.js'
import type { BreastSide, CardValues, Feeding } from './views.js'

/** One breast (or none), and one evaluated draft (or none), with the verdict on every finding. */
export interface Scope {
  side?: BreastSide
  draft?: DraftOrder
  stage: Stage
  /** The time of the ultrasound that is to be repeated. */
  rescanFrom?: Instant
  findings: ReadonlyMap<FindingName, Finding>
  values: CardValues
}

/**
 * The judgement of the patient at `now`, from which cards are chosen.
 *
 * Shape:   `scopes` has one entry for each breast with evidence (at least one entry, without side, when no breast has
 *          any); on order hooks one for each breast and evaluated draft. Entries of one breast share its findings.
 *          Empty when the patient is out of scope.
 * Missing: `missing` names in words everything that could not be read, required and optional; `unreadRequired` decides
 *          412.
 */
export interface Assessment {
  now: Instant
  /** Is the patient in scope? Absent ends the evaluation without cards (clinical 1.1). */
  inScope: Finding
  scopes: readonly Scope[]
  feeding: Feeding
  /** Sentences that every card adds, such as "More than one infant was born..." (clinical 1.2). */
  additions: readonly string[]
  missing: readonly string[]
  unreadRequired: readonly UnreadRequired[]
  /** The stage that a later call compares an override with (clinical 8). */
  leadingStage: Stage
  sepsisCriteria: readonly string[]
  /** The first record of a STRONG sign, if one holds. */
  strongSince?: Instant
  /** The earlier cards, taken from the facts, so that suppression depends only on facts, rules and time. */
  earlier?: readonly EarlierCard[]
}
