import { hash } from 'node:crypto'
import type { CompiledCard, CompiledSuggestion, CompiledVariant } from '../card-pack.js'
import type { MergedRows } from '../choose/merged-rows.js'

/**
 * Makes one hash of the clinical content of a card, so that a replay can prove that the card would be the same again.
 *
 * Shape:  SHA-256 over kind, version, indicator, variant, summary (its values and parameters), reasons, coded facts,
 *         and the codes of suggested orders.
 * Edge:   uuids, resource ids, dates and chart text are left out; the order of resources in the chart does not matter.
 * Source: product decision 17
 */
export function contentHash(
  card: CompiledCard,
  variant: CompiledVariant,
  merged: MergedRows,
  summary: string,
): string {
  const parts = [card.kind, card.version, merged.indicator, variant.name, merged.orderSide, summary]
  for (const suggestion of variant.suggestions) parts.push(...orderParts(suggestion, merged))
  return hash('sha256', `${parts.join('\n')}\n${bareReasons(merged).join('\n')}`, 'hex')
}

/** The parts of a suggested order: its codes, its place, its urgency, and whether the order is the recommended one. */
function orderParts(suggestion: CompiledSuggestion, { indicator, orderSide }: MergedRows): readonly string[] {
  const { id, codes, bothSides, priority, recommended } = suggestion
  const side = bothSides ? 'both' : orderSide
  const coded = codes[side].map(({ system, code }) => `${system}|${code}`)
  return [id, side, priority?.[indicator] ?? '', recommended ? 'recommended' : '', ...coded]
}

/** The reasons without dates and ids, in an order that the order of the chart does not change. */
function bareReasons({ held }: MergedRows): readonly string[] {
  const bare = new Set<string>()
  for (const { row, scope, reasons } of held) {
    const side = scope.side ?? ''
    bare.add(`${side} ${row.id}`)
    for (const [, { because, evidence }] of reasons) {
      bare.add(`${side} ${because}`)
      for (const { what, fromText } of evidence) bare.add(fromText ? `text ${what}` : what)
    }
  }
  return [...bare].sort()
}
