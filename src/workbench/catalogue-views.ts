import type { CardVersion } from '../cards/card-source.js'
import type { SourceAttributes } from '../cards/content/published.js'
import type { Indicator } from '../cards/chosen-card.js'
import type { RowCondition } from '../cards/row-condition.js'

/** One row of a card in words: its conditions, and the card that it shows. */
export interface LogicView {
  row: string
  rule?: string
  on: readonly string[]
  all: readonly RowCondition[]
  any: readonly RowCondition[]
  none: readonly RowCondition[]
  indicator: Indicator
  summary: string
  because: string
}

/** A number or switch that a card uses. */
export interface ParameterView {
  name: string
  value: string
  unit: string
  allowed: string
  means: string
  since: string
  source: string
}

/** One case of cases.yaml: this patient, at this moment, gets the card or does not. */
export interface CaseView {
  case: string
  patient: string
  hook: string
  orders: readonly string[]
  expect: 'shown' | 'hidden' | 'asks'
  indicator?: Indicator
  because: string
  /** The patient, hook and orders alone make the case, so that the page "Try" can show it. */
  plain: boolean
}

/** A card in the form for a committee. */
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
  /** What on the chart changes what the card advises: a finding, and its consequence. */
  onChart: readonly string[]
  suggestions: readonly string[]
  overrides: readonly string[]
  parameters: readonly ParameterView[]
  /** The meaning of each finding that the card names, with its edge and its missing data. */
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
