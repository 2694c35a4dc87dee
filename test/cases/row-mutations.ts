import type { FindingName } from '../../src/assess/finding-names.js'
import type { CardPack, CompiledCard, CompiledRow } from '../../src/cards/card-pack.js'
import type { HookName } from '../../src/protocol/hook-request.js'

/**
 * A pack with one thing taken out of one card, and what it is: "ultrasound/lump: none known-ibc", or
 * "reassess/early-worse: stage-phlegmon of all stage phlegmon or bacterial mastitis".
 */
export interface RowMutation {
  name: string
  kind: string
  pack: CardPack
}

const parts = ['all', 'any', 'none'] as const

/** Every row left out, every condition of every row left out, and every stage of every condition, one at a time. */
export function rowMutations(pack: CardPack): readonly RowMutation[] {
  return pack.cards.flatMap((card) =>
    card.rows.flatMap((row) => [
      { name: `${card.kind}/${row.id}`, kind: card.kind, pack: withRow(pack, card, row, undefined) },
      ...changedRows(row).map(({ words, changed }) => ({
        name: `${card.kind}/${row.id}: ${words}`,
        kind: card.kind,
        pack: withRow(pack, card, row, changed),
      })),
    ]),
  )
}

interface ChangedRow {
  words: string
  changed: CompiledRow
}

const changedRows = (row: CompiledRow): readonly ChangedRow[] =>
  parts.flatMap((part) =>
    row[part].flatMap((condition) => [
      { words: `${part} ${condition.words}`, changed: withCondition(row, part, condition, undefined) },
      ...withoutOneStage(condition).map(({ left, condition: shorter }) => ({
        words: `${left} of ${part} ${condition.words}`,
        changed: withCondition(row, part, condition, shorter),
      })),
    ]),
  )

type Condition = CompiledRow['all'][number]

/** The condition without each of its stages; none for a condition of one finding, which is left out whole. */
function withoutOneStage(condition: Condition): readonly { left: FindingName; condition: Condition }[] {
  return condition.findings.flatMap((left) => {
    const [first, ...others] = condition.findings.filter((each) => each !== left)
    return first === undefined ? [] : [{ left, condition: { ...condition, findings: [first, ...others] } }]
  })
}

const withCondition = (
  row: CompiledRow,
  part: (typeof parts)[number],
  condition: Condition,
  by: Condition | undefined,
): CompiledRow => ({
  ...row,
  [part]: row[part].flatMap((each) => (each === condition ? (by ?? []) : each)),
})

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
