import { hash } from 'node:crypto'
import type { CompiledCard, CompiledSuggestion, CompiledVariant } from './card-pack.js'
import type { MergedRows } from './merged-rows.js'

/**
 * What a card says, as one hash, so that a replay can prove that it would say the same again.
 *
 * Shape:   SHA-256 over kind, version, indicator, variant, summary (its values and parameters), reasons, coded facts,
 *          and the codes of suggested orders.
 * Edge:    not over uuids, resource ids, dates or chart text; the order of resources in the chart does not matter.
 * Source:  product decision 17.
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

/** What a suggested order is for: its codes, its place, its urgency, and whether it is the recommended one. */
function orderParts(suggestion: CompiledSuggestion, { indicator, orderSide }: MergedRows): readonly string[] {
  const { id, codes, bothSides, priority, recommended } = suggestion
  const side = bothSides ? 'both' : orderSide
  const coded = codes[side].map(({ system, code }) => `${system}|${code}`)
  return [id, side, priority?.[indicator] ?? '', recommended ? 'recommended' : '', ...coded]
}

/** The reasons without dates and ids, in an order that does not depend on the chart's. */
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
