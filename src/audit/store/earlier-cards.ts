import type { Kysely } from 'kysely'
import type { EarlierCard } from '../../facts/earlier-card.js'
import { makeEarlierQuery } from './earlier-query.js'
import type { EarlierQuery, EarlierRow } from './earlier-query.js'
import type { AuditDatabase } from './schema.js'

/**
 * Finds the earlier cards of one patient within one client: the cards that any user overrode, and the cards that this
 * user was shown, each with the places of the records behind it.
 *
 * Edge: of several feedback items for one card the last received counts. Of cards that differ only in their time the
 *       newest is enough, because it decides everything that an older card would (clinical 8).
 */
export function makeEarlierCards(
  db: Kysely<AuditDatabase>,
): (query: EarlierQuery) => Promise<readonly EarlierCard[]> {
  const queryOf = makeEarlierQuery(db)
  return async (query) => {
    const { rows } = await db.executeQuery(queryOf(query))
    return cardsOf(rows, query.userRef)
  }
}

function cardsOf(rows: readonly EarlierRow[], userRef: string): readonly EarlierCard[] {
  const shown: EarlierCard[] = []
  const lastWord = new Map<string, EarlierRow>()
  for (const row of rows) {
    if (row.stream === null) shown.push(cardOf(row, 'shown', userRef))
    else lastWord.set(row.uuid, row)
  }
  const overridden = [...lastWord.values()].filter(({ outcome }) => outcome === 'overridden')
  return [...shown, ...newestOfEach(overridden.map((row) => cardOf(row, 'overridden', userRef)))]
}

const indicatorOf = (text: string): EarlierCard['indicator'] =>
  text === 'critical' || text === 'warning' ? text : 'info'

const cardOf = (row: EarlierRow, outcome: EarlierCard['outcome'], userRef: string): EarlierCard => ({
  kind: row.kind,
  indicator: indicatorOf(row.indicator),
  at: row.at_ms,
  outcome,
  sameUser: row.user_ref === userRef,
  ...(outcome === 'overridden' && Number(row.reasoned) === 1 && { reasoned: true }),
  stage: row.stage,
  sepsisCriteria: row.sepsis_criteria === '' ? [] : row.sepsis_criteria.split(','),
  places: placesOf(row),
})

const placesOf = ({
  card_stream,
  card_seq,
  stream,
  seq,
}: EarlierRow): NonNullable<EarlierCard['places']> => ({
  card: { stream: card_stream, seq: card_seq },
  ...(stream !== null && seq !== null && { feedback: { stream, seq } }),
})

/** Keeps the newest of the cards that differ only in their time. */
function newestOfEach(cards: readonly EarlierCard[]): readonly EarlierCard[] {
  const newest = new Map<string, EarlierCard>()
  for (const card of cards) {
    const { kind, indicator, sameUser, reasoned = false, stage, sepsisCriteria } = card
    const alike = [kind, indicator, String(sameUser), String(reasoned), stage, ...sepsisCriteria].join(' ')
    const known = newest.get(alike)
    if (!known || known.at < card.at) newest.set(alike, card)
  }
  return [...newest.values()]
}
