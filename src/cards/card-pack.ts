import type { FindingName } from '../assess/finding-names.js'
import type { Parameters } from '../assess/parameters.js'
import type { HookName } from '../protocol/hook-request.js'
import type { CodingSource, EveryCard, OrderPriority, OrderSide, SourceList } from './card-source.js'
import type { CardSource, OverrideReasons } from './card-source.js'
import type { Indicator } from './chosen-card.js'
import type { LineBlock } from './line-block.js'
import type { Template } from './template.js'

/** A row ready to be asked: names are known findings, the variant is its place in the file. */
export interface CompiledRow {
  id: string
  on: readonly HookName[]
  all: readonly FindingName[]
  any: readonly FindingName[]
  none: readonly FindingName[]
  /** `all` and `any`: what the row stands on. */
  reasons: readonly FindingName[]
  indicator: Indicator
  variant: number
  /** Variant when evidence comes only from free text and a critical row becomes a warning. */
  textOnlyVariant: number
  replaces: readonly string[]
  because: Template
  /** Names a finding of the draft order, so the card must name the order. */
  aboutDraft: boolean
}

export interface CompiledSource {
  key: string
  label: string
  url: string
}

/** A CodeableConcept, without `coding` where no code is verified. */
export interface Concept {
  coding?: readonly CodingSource[]
  text: string
}

export interface CompiledSuggestion {
  id: string
  recommended: boolean
  label: Template
  description: Template
  text: Template
  codes: Readonly<Record<OrderSide, readonly CodingSource[]>>
  bodySite?: Readonly<Record<OrderSide, Concept>>
  bothSides: boolean
  priority?: Readonly<Record<Indicator, OrderPriority>>
  occursInHours?: number
}

/** One variant with all its texts: its own lines first, then those of the card, then those of every card. */
export interface CompiledVariant {
  name: string
  summary: Template
  source: CompiledSource
  why: LineBlock
  recommendation: LineBlock
  doesNotApply: LineBlock
  suggestions: readonly CompiledSuggestion[]
}

export interface CompiledCard {
  kind: string
  title: string
  version: string
  status: CardSource['status']
  order: number
  redFlag: boolean
  rows: readonly CompiledRow[]
  rowsOf: ReadonlyMap<HookName, readonly CompiledRow[]>
  variants: readonly CompiledVariant[]
  skinSigns: boolean
  sayFeeding: boolean
  neverCapped: boolean
  overrideHours?: number
  repeatHoursPerStage?: number
  topic: { system: string; code: string; display: string }
  overrideReasons: readonly { system: string; code: string; display: string }[]
  attributesUrl: string
  /** What the Source section says of the review. */
  statusLine: string
  /** SHA-256 of the folder's card.yaml. */
  hash: string
  /** As written, for the published attributes and the generated pages. */
  source: CardSource
}

/**
 * All cards, compiled and checked: what `chooseCards` works on.
 *
 * Shape: `cards` stand in the order of clinical 6.2; `hash` covers every content file and the site's settings.
 */
export interface CardPack {
  version: string
  hash: string
  /** SHA-256 of each content file, by its path below `cards/`. */
  fileHashes: ReadonlyMap<string, string>
  canonicalBase: string
  smartLaunchUrl?: string
  cards: readonly CompiledCard[]
  parameters: Parameters
  everyCard: EveryCard
  /** The stage as reason of an order. */
  stageReasons: ReadonlyMap<string, Concept>
  sources: SourceList
  overrideReasons: OverrideReasons
  /** In development, or accepted by the site (product decision 14). */
  draftsAccepted: boolean
  acceptedDrafts?: { role: string; on: string }
  /** Kinds that the site or a parameter switched off, with the recorded reason. */
  switchedOff: ReadonlyMap<string, string>
}
