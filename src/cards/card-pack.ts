import type { FindingName } from '../assess/finding-names.js'
import type { Parameters } from '../assess/parameters.js'
import type { HookName } from '../protocol/hook-request.js'
import type { CodingSource, EveryCard, OrderPriority, OrderSide, SourceList } from './card-source.js'
import type { CardFeeding, CardSource, OverrideReasons } from './card-source.js'
import type { Indicator } from './chosen-card.js'
import type { RowCondition } from './row-condition.js'
import type { Template } from './template.js'

/** A compiled row: each name is a known finding, and `variant` is the place of the variant in the file. */
export interface CompiledRow {
  id: string
  on: readonly HookName[]
  all: readonly RowCondition<FindingName>[]
  any: readonly RowCondition<FindingName>[]
  none: readonly RowCondition<FindingName>[]
  indicator: Indicator
  variant: number
  /** The variant for a critical row that free text alone makes a warning. */
  textOnlyVariant: number
  replaces: readonly string[]
  /** The hooks on which, while the row holds, only rows that are `besideAlone` speak. */
  aloneOn: readonly HookName[]
  besideAlone: boolean
  because: Template
  /** The row names a finding about the draft order, so the card must name the order. */
  aboutDraft: boolean
}

/** A cited source: its label and its link. */
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

/** A suggestion whose texts and codes are compiled. */
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
  /** The hours count from the ultrasound that is to be repeated, and not from now. */
  afterScan: boolean
}

/** One variant with all its texts: its own, or else those of the card. */
export interface CompiledVariant {
  name: string
  summary: Template
  /** The sources in the order of the Source line; the first is `source.url`. */
  sources: readonly [CompiledSource, ...CompiledSource[]]
  why: readonly Template[]
  recommendation: readonly Template[]
  missing: readonly Template[]
  feeding: CardFeeding
  suggestions: readonly CompiledSuggestion[]
  overrideReasons: readonly { system: string; code: string; display: string }[]
}

/** Something on the chart that changes what is done, and how. */
export interface OnChart {
  finding: FindingName
  consequence: string
}

/** A card that is compiled and checked. */
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
  onChart: readonly OnChart[]
  neverCapped: boolean
  overrideHours?: number
  repeatHoursPerStage?: number
  topic: { system: string; code: string; display: string }
  attributesUrl: string
  /** The review in the Source line of the card. */
  reviewLine: string
  /** The review on the card's own page. */
  reviewSentence: string
  /** The SHA-256 of card.yaml. */
  hash: string
  /** The card as written, for the published attributes and the generated pages. */
  source: CardSource
}

/**
 * All cards, compiled and checked; `chooseCards` chooses from the pack.
 *
 * Shape: `cards` stand in the order of clinical 6.2; `hash` covers every content file and the site's settings.
 */
export interface CardPack {
  version: string
  hash: string
  /** The SHA-256 of each content file, by its path below `cards/`. */
  fileHashes: ReadonlyMap<string, string>
  canonicalBase: string
  smartLaunchUrl?: string
  cards: readonly CompiledCard[]
  parameters: Parameters
  everyCard: EveryCard
  /** The code of each stage, as the reason of a suggested order. */
  stageReasons: ReadonlyMap<string, Concept>
  sources: SourceList
  overrideReasons: OverrideReasons
  /** Draft cards may show: in development, or accepted by the site (product decision 14). */
  draftsAccepted: boolean
  acceptedDrafts?: { role: string; on: string }
  /** The kinds that the site or a parameter switched off, each with the recorded reason. */
  switchedOff: ReadonlyMap<string, string>
}
