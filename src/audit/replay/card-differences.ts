import { urgency } from '../../cards/choose/merged-rows.js'
import type { RecordedCard } from '../invocation-body.js'

/** The kinds of difference between a recorded card and its replay. */
export const differenceKinds = [
  'card-added',
  'card-removed',
  'indicator-up',
  'indicator-down',
  'reasons-changed',
  'suggestion-changed',
  'text-changed',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** One card that differs between a record and its replay. */
export interface CardDifference {
  kind: string
  is: DifferenceKind
  before?: string
  after?: string
}

const rank = new Map<string, number>(Object.entries(urgency))

const shown = ({ version, indicator, variant }: RecordedCard): string => `${version} ${indicator} ${variant}`

const reasonsOf = ({ rows }: RecordedCard): string =>
  rows
    .map(({ row, side = '', on }) => `${row} ${side} ${[...on].sort().join(' ')}`)
    .sort()
    .join('; ')

function kindOfDifference(before: RecordedCard, after: RecordedCard): DifferenceKind {
  const [was, is] = [rank.get(before.indicator) ?? 0, rank.get(after.indicator) ?? 0]
  if (is > was) return 'indicator-up'
  if (is < was) return 'indicator-down'
  if (reasonsOf(before) !== reasonsOf(after)) return 'reasons-changed'
  if (before.suggestions.length !== after.suggestions.length) return 'suggestion-changed'
  return 'text-changed'
}

/**
 * Lists the cards of one call that differ between its record and its replay; empty when every content hash is the same.
 *
 * Edge: `text-changed` also stands for other order codes and other values in the same text; the hash covers them, but
 *       the record does not hold them separately.
 */
export function cardDifferences(
  recorded: readonly RecordedCard[],
  replayed: readonly RecordedCard[],
): readonly CardDifference[] {
  const after = new Map(replayed.map((card) => [card.kind, card]))
  const before = new Map(recorded.map((card) => [card.kind, card]))
  const gone = recorded.flatMap((card): readonly CardDifference[] => {
    const now = after.get(card.kind)
    if (!now) return [{ kind: card.kind, is: 'card-removed', before: shown(card) }]
    if (now.contentHash === card.contentHash) return []
    return [{ kind: card.kind, is: kindOfDifference(card, now), before: shown(card), after: shown(now) }]
  })
  const added = replayed
    .filter(({ kind }) => !before.has(kind))
    .map((card): CardDifference => ({ kind: card.kind, is: 'card-added', after: shown(card) }))
  return [...gone, ...added]
}
