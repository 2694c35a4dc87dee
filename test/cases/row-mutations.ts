import type { CardPack, CompiledCard, CompiledRow } from '../../src/cards/card-pack.js'
import type { HookName } from '../../src/protocol/hook-request.js'

/** A pack with one thing taken out of one card, and what it is: "ultrasound/lump: none known-ibc". */
export interface RowMutation {
  name: string
  kind: string
  pack: CardPack
}

const parts = ['all', 'any', 'none'] as const

/** Every row of every card left out, and every condition of every row left out, one at a time. */
export function rowMutations(pack: CardPack): readonly RowMutation[] {
  return pack.cards.flatMap((card) =>
    card.rows.flatMap((row) => [
      { name: `${card.kind}/${row.id}`, kind: card.kind, pack: withRow(pack, card, row, undefined) },
      ...parts.flatMap((part) =>
        row[part].map((condition) => ({
          name: `${card.kind}/${row.id}: ${part} ${condition.words}`,
          kind: card.kind,
          pack: withRow(pack, card, row, without(row, part, condition)),
        })),
      ),
    ]),
  )
}

const without = (
  row: CompiledRow,
  part: (typeof parts)[number],
  condition: CompiledRow['all'][number],
): CompiledRow => ({ ...row, [part]: row[part].filter((each) => each !== condition) })

function withRow(
  pack: CardPack,
  card: CompiledCard,
  row: CompiledRow,
  by: CompiledRow | undefined,
): CardPack {
  const changed = (rows: readonly CompiledRow[]): readonly CompiledRow[] =>
    rows.flatMap((each) => (each === row ? (by ?? []) : each))
  const rowsOf = new Map<HookName, readonly CompiledRow[]>(
    [...card.rowsOf].map(([hook, rows]) => [hook, changed(rows)]),
  )
  const mutant: CompiledCard = { ...card, rows: changed(card.rows), rowsOf }
  return { ...pack, cards: pack.cards.map((each) => (each === card ? mutant : each)) }
}
