import type { FindingName } from '../assess/finding-names.js'
import type { InvocationBody, RecordedCard } from './invocation-body.js'
import { bodyOf } from './metrics/call-rows.js'
import type { RecordedReason, RecordedScope } from './recorded-findings.js'
import type { StoredRecord } from './record.js'

const infections = ['stage-abscess', 'stage-phlegmon', 'stage-bacterial-mastitis'] as const
const milkStasis = ['stage-blocked-duct', 'stage-engorgement'] as const

/**
 * The findings of older records that are not made today, each with the findings of today that replace it.
 *
 * Shape: reviewed by hand; a renamed or dropped finding gets an entry, and no entry is ever removed. With several
 *        replacements, the old finding meant that one of them is present.
 */
export const oldFindingNames: ReadonlyMap<string, readonly FindingName[]> = new Map<
  string,
  readonly FindingName[]
>([
  ['stage-3-to-8', [...infections, 'stage-inflammatory-mastitis', ...milkStasis]],
  ['stage-3-to-6', [...infections, 'stage-inflammatory-mastitis']],
  ['stage-3-to-5', infections],
  ['stage-4-to-6', ['stage-phlegmon', 'stage-bacterial-mastitis', 'stage-inflammatory-mastitis']],
  ['stage-4-or-5', ['stage-phlegmon', 'stage-bacterial-mastitis']],
  ['stage-7-or-8', milkStasis],
])

/** Reads the body of the record of a call, with findings in the names of today; absent when the record is purged. */
export function recordedCall(record: StoredRecord): InvocationBody | undefined {
  const body = bodyOf(record) as InvocationBody | undefined
  return (
    body && {
      ...body,
      scopes: body.scopes.map(scopeToday),
      cards: body.cards.map((card) => cardToday(card, body)),
    }
  )
}

/** Renames the findings of a scope, and removes old findings that other findings of the scope replace. */
const scopeToday = (scope: RecordedScope): RecordedScope => ({
  ...scope,
  present: scope.present.flatMap(reasonToday),
  cannotTell: scope.cannotTell.flatMap(reasonToday),
  absent: scope.absent.flatMap(reasonToday),
})

/**
 * Renames the findings of a reason. An old name with several replacements is removed, because the record holds each
 * replacement with its own reason.
 */
function reasonToday([names, ...rest]: RecordedReason): readonly RecordedReason[] {
  const today = names.split(' ').flatMap((name): readonly string[] => {
    const known = oldFindingNames.get(name)
    if (!known) return [name]
    return known.length === 1 ? known : []
  })
  return today.length === 0 ? [] : [[today.join(' '), ...rest]]
}

const cardToday = (card: RecordedCard, { scopes }: InvocationBody): RecordedCard => ({
  ...card,
  rows: card.rows.map((row) => {
    const stage = scopes.find(({ side, draft }) => side === row.side && draft === row.draft)?.stage
    return { ...row, on: row.on.map((name) => nameToday(name, stage)) }
  }),
})

/** The name of today for a finding of a row; among several replacements, the stage of the row's breast. */
function nameToday(name: string, stage: string | undefined): string {
  const known = oldFindingNames.get(name) ?? []
  return known.find((each) => known.length === 1 || each === `stage-${stage ?? ''}`) ?? name
}
