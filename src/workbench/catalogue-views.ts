import type { CardVersion } from '../cards/card-source.js'
import type { SourceAttributes } from '../cards/published.js'
import type { Indicator } from '../cards/chosen-card.js'

/** One row of a card in words: what must hold, and what is then shown. */
export interface LogicView {
  row: string
  rule?: string
  on: readonly string[]
  all: readonly string[]
  any: readonly string[]
  none: readonly string[]
  indicator: Indicator
  summary: string
  because: string
}

/** A number or switch a card stands on. */
export interface ParameterView {
  name: string
  value: string
  unit: string
  allowed: string
  means: string
  since: string
  source: string
}

/** One promise: this patient, at this moment, shown or hidden. */
export interface CaseView {
  case: string
  patient: string
  hook: string
  orders: readonly string[]
  expect: 'shown' | 'hidden' | 'asks'
  indicator?: Indicator
  because: string
  /** Nothing but the patient, hook and orders makes it, so the page "Try" can show it. */
  plain: boolean
}

/** A card as a committee reads it. */
export interface CatalogueCard extends SourceAttributes {
  released: string
  revised: string
  /** Every version, newest first. */
  history: readonly CardVersion[]
  hooks: readonly string[]
  redFlag: boolean
  rows: readonly LogicView[]
  recommendation: readonly string[]
  doesNotApply: readonly string[]
  suggestions: readonly string[]
  overrides: readonly string[]
  parameters: readonly ParameterView[]
  /** What each finding that the card names means, with its edge and what is missing data for it. */
  findings: readonly { name: string; means: string; edge: string; missing: string }[]
  cases: readonly CaseView[]
  evidence: string
}

/** Everything the card pages show. */
export interface Catalogue {
  development: boolean
  accepted?: { role: string; on: string }
  version: string
  cards: readonly CatalogueCard[]
}
