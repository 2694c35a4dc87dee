import type { Stage } from '../assess/stages.js'
import type { HookName } from '../protocol/hook-request.js'
import type { Indicator } from './chosen-card.js'
import type { ConditionSource } from './row-condition.js'

/** A text, or a choice of texts by the value of a parameter: `{ by: 'milkRemoval.style', physiologic: …, frequent: … }`. */
export type Wording = string | Readonly<Record<string, string>>

/** One `show_when` row as written in card.yaml. */
export interface RowSource {
  row: string
  rule?: string
  on: readonly HookName[]
  switch?: string
  all?: readonly ConditionSource[]
  any?: readonly ConditionSource[]
  none?: readonly ConditionSource[]
  indicator: Indicator
  variant: string
  variant_if_text_only?: string
  replaces?: readonly string[]
  alone_on?: readonly HookName[]
  beside_alone?: boolean
  because: Wording
}

/**
 * What a card says about feeding: `own` is a feeding card with words of its own, `never` says nothing, and `if-first`
 * carries the feeding sentence as the first card of an answer without a feeding card.
 */
export type CardFeeding = 'own' | 'never' | 'if-first'

/** One source, a choice by the value of a parameter, or several sources. */
export type SourceChoice = Wording | readonly string[]

/** What a card has in common, and a variant may replace. */
export interface SharedByVariants {
  source?: SourceChoice
  recommendation?: readonly Wording[]
  why?: readonly Wording[]
  missing?: readonly Wording[]
  does_not_apply?: readonly Wording[]
  feeding?: CardFeeding
}

/** One variant of a card as written in card.yaml. */
export interface VariantSource extends SharedByVariants {
  summary: Wording
  overrides?: readonly string[]
}

/** A code with its system and display, as written in card.yaml. */
export interface CodingSource {
  system: string
  code: string
  display: string
}

/** The side of a suggested order. */
export type OrderSide = 'left' | 'right' | 'both' | 'unspecified'
/** The priority of a suggested order. */
export type OrderPriority = 'routine' | 'urgent'

/** A suggested draft order as written in card.yaml. */
export interface SuggestionSource {
  id: string
  variants?: readonly string[]
  recommended?: boolean | readonly string[]
  label: string
  description: string
  order: {
    text: string
    codes?: readonly CodingSource[]
    codes_by_side?: Readonly<Record<OrderSide, readonly CodingSource[]>>
    body_site?: 'breast' | 'skin-of-breast'
    side?: 'both'
    priority?: OrderPriority | Readonly<Record<Indicator, OrderPriority>>
    occurs_in?: string
    counted_from?: 'scan-to-repeat'
  }
}

/** One version of a card: its date, the change for patients and clinicians, and its approval. */
export interface CardVersion {
  version: string
  date: string
  changed: string
  /** "draft, not clinically reviewed", or a role and a date. */
  approval: string
}

/**
 * A card.yaml whose shape card.schema.json has accepted.
 *
 * Shape: the names of findings, sources, parameters and override codes are not yet checked; `check-card.ts` checks
 *        them.
 */
export interface CardSource {
  id: string
  title: string
  version: string
  status: 'draft' | 'reviewed' | 'active' | 'retired'
  owner: string
  dates: { released: string; revised: string; review_by: string }
  /** The versions, newest first. */
  history: readonly [CardVersion, ...CardVersion[]]
  reviewed?: { on: string; role: string; again_by: string }
  order: number
  red_flag?: boolean
  switch?: string
  suppression?: { never_capped?: boolean; override_hours?: string; repeat_hours_per_stage?: number }
  show_when: readonly RowSource[]
  variants: Readonly<Record<string, VariantSource>>
  card: SharedByVariants & {
    source: SourceChoice
    source_note?: string
    /** What a finding on the chart means for this card, in place of the consequence for every card. */
    on_chart?: Readonly<Record<string, string>>
  }
  suggestions?: readonly SuggestionSource[]
  overrides: readonly string[]
  citations?: readonly string[]
  attributes: Readonly<Record<string, string>>
}

/** A text with its codes, as for a body site or the reason of an order. */
export interface CodedText {
  text: string
  codes: readonly CodingSource[]
}

/** The words and codes that every card shares (every-card.yaml). */
export interface EveryCard {
  skin_tone: string
  skin_tone_alone: string
  /** What on the chart changes what is done: a finding, and its consequence on every card. */
  on_chart: Readonly<Record<string, string>>
  unreviewed: string
  unreviewed_sheet: string
  reviewed: string
  attributes_link: string
  smart_link: string
  could_not_run: { summary: string; detail: string }
  body_sites: Readonly<Record<'breast' | 'skin-of-breast', Readonly<Record<OrderSide, CodedText>>>>
  stage_reasons: Readonly<Record<Stage, CodedText>>
  attributes: Readonly<Record<string, string>>
}

/** The sources a card may name (sources.yaml). */
export type SourceList = Readonly<Record<string, { label: string; url: string; citation: string }>>

/** The override reasons, each with its HL7 category (override-reasons.yaml). */
export interface OverrideReasons {
  /** The system of HL7's categories, as clients send it. */
  hl7_system: string
  hl7: Readonly<Record<string, string>>
  /** The codes, the service's own and HL7's, that state no fact about the patient. */
  no_fact: readonly string[]
  every_card: readonly string[]
  reasons: Readonly<Record<string, { display: string; hl7: string }>>
}
