import type { HookName } from '../protocol/hook-request.js'
import type { Indicator } from './chosen-card.js'

/** A text, or a choice of texts by the value of a parameter: `{ by: 'milkRemoval.style', physiologic: …, frequent: … }`. */
export type Wording = string | Readonly<Record<string, string>>

/** One `show_when` row as written in card.yaml. */
export interface RowSource {
  row: string
  rule?: string
  on: readonly HookName[]
  switch?: string
  all?: readonly string[]
  any?: readonly string[]
  none?: readonly string[]
  indicator: Indicator
  variant: string
  variant_if_text_only?: string
  replaces?: readonly string[]
  because: Wording
}

/** Texts that a card has in common and a variant may add to. */
export interface LinesSource {
  why?: readonly Wording[]
  recommendation?: readonly Wording[]
  does_not_apply?: readonly Wording[]
}

export interface VariantSource extends LinesSource {
  summary: string
  source?: Wording
}

export interface CodingSource {
  system: string
  code: string
  display: string
}

export type OrderSide = 'left' | 'right' | 'both' | 'unspecified'
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
  }
}

/** One version of a card: since when, what is different for patients and clinicians, and who approved it. */
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
 * Shape: names of findings, sources, parameters and override codes are not yet checked; `check-card.ts` does that.
 */
export interface CardSource {
  id: string
  title: string
  version: string
  status: 'draft' | 'reviewed' | 'active' | 'retired'
  owner: string
  dates: { released: string; revised: string; review_by: string }
  /** Newest first. */
  history: readonly [CardVersion, ...CardVersion[]]
  reviewed?: { on: string; role: string; again_by: string }
  order: number
  red_flag?: boolean
  switch?: string
  suppression?: { never_capped?: boolean; override_hours?: string; repeat_hours_per_stage?: number }
  show_when: readonly RowSource[]
  variants: Readonly<Record<string, VariantSource>>
  card: LinesSource & { source: Wording; skin_signs?: boolean; say_feeding?: boolean }
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

/** Words and codes that every card shares (every-card.yaml). */
export interface EveryCard {
  skin_tone: string
  does_not_apply: readonly string[]
  nothing_missing: string
  unreviewed: string
  reviewed: string
  attributes_link: string
  smart_link: string
  could_not_run: { summary: string; detail: string }
  body_sites: Readonly<Record<'breast' | 'skin-of-breast', Readonly<Record<OrderSide, CodedText>>>>
  stage_reasons: Readonly<Record<string, CodedText>>
  attributes: Readonly<Record<string, string>>
}

/** The sources a card may name (sources.yaml). */
export type SourceList = Readonly<Record<string, { label: string; url: string; citation: string }>>

/** Override reasons with their HL7 category (override-reasons.yaml). */
export interface OverrideReasons {
  hl7: Readonly<Record<string, string>>
  every_card: readonly string[]
  reasons: Readonly<Record<string, { display: string; hl7: string }>>
}
