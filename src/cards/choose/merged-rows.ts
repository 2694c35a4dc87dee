import type { Scope } from '../../assess/assessment.js'
import type { OrderSide } from '../card-source.js'
import type { Indicator } from '../chosen-card.js'
import type { HeldRow } from './held-rows.js'

/** All rows of one kind that hold, merged into the one card that is shown. */
export interface MergedRows {
  indicator: Indicator
  variant: number
  /** The scope whose values the texts print. */
  lead: HeldRow
  /** Rows of the shown variant first, then the others, each in the order of the file. */
  held: readonly HeldRow[]
  /** The side that the summary names: the side of the shown variant. */
  summarySide: OrderSide
  /** The side of suggested orders: the sides of every row as urgent as the card. */
  orderSide: OrderSide
}

/** The urgency of each indicator; a higher number is more urgent. */
export const urgency: Readonly<Record<Indicator, number>> = { info: 0, warning: 1, critical: 2 }

/**
 * Merges the rows of one kind: the highest indicator decides, then the variant that stands first in the file.
 *
 * Source: clinical 6, common rules: "A kind comes once a call"
 */
export function mergeRows(held: readonly HeldRow[]): MergedRows | undefined {
  const first = held[0]
  if (!first) return undefined
  let lead = first
  for (const row of held) if (stronger(row, lead)) lead = row
  const { indicator, variant } = lead
  const shown = held.filter((row) => row.indicator === indicator && row.variant === variant)
  return {
    indicator,
    variant,
    lead,
    held: shown.length === held.length ? held : [...shown, ...held.filter((row) => !shown.includes(row))],
    summarySide: sideOf(shown.map(({ scope }) => scope)),
    orderSide: sideOf(held.filter((row) => row.indicator === indicator).map(({ scope }) => scope)),
  }
}

const stronger = (row: HeldRow, than: HeldRow): boolean =>
  urgency[row.indicator] > urgency[than.indicator] ||
  (row.indicator === than.indicator && row.variant < than.variant)

function sideOf(scopes: readonly Scope[]): OrderSide {
  const left = scopes.some(({ side }) => side === 'left')
  const right = scopes.some(({ side }) => side === 'right')
  if (left && right) return 'both'
  if (left) return 'left'
  return right ? 'right' : 'unspecified'
}
