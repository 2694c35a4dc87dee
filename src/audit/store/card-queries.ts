import { CompiledQuery } from 'kysely'
import type { Kysely } from 'kysely'
import type { EarlierCard } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import type { AuditDatabase } from './schema.js'

/** The longest any override or repeat can matter: the widest range a site may set, in ms. */
const lookBackMs = 15 * 24 * 3_600_000

/** Whose earlier cards are asked for, in pseudonyms. */
export interface EarlierQuery {
  tenant: string
  patientRef: string
  userRef: string
  now: Instant
}

const indicatorOf = (text: string): EarlierCard['indicator'] =>
  text === 'critical' || text === 'warning' ? text : 'info'

interface EarlierRow {
  uuid: string
  kind: string
  indicator: string
  user_ref: string
  stage: string
  sepsis_criteria: string
  at_ms: number
  outcome: string | null
  received_ms: number | null
}

/** The text of the query; built once, because building it costs more than running it, and every call asks. */
const earlierText = (db: Kysely<AuditDatabase>): string =>
  db
    .selectFrom('cards')
    .leftJoin('feedback', (join) =>
      join.onRef('feedback.card', '=', 'cards.uuid').onRef('feedback.tenant', '=', 'cards.tenant'),
    )
    .select([
      ...(['cards.uuid', 'cards.kind', 'cards.indicator', 'cards.user_ref', 'cards.stage'] as const),
      ...(['cards.sepsis_criteria', 'cards.at_ms', 'feedback.outcome', 'feedback.received_ms'] as const),
    ])
    .where('cards.tenant', '=', '')
    .where('cards.patient_ref', '=', '')
    .where('cards.at_ms', '>=', 0)
    .where('cards.shown', '=', 1)
    .orderBy('feedback.received_ms', 'asc')
    .compile().sql

/**
 * Finds cards shown earlier for one patient inside one client, with the last word of the clinician on each.
 *
 * Edge: of several items for one card the last received counts.
 */
export function makeEarlierCards(
  db: Kysely<AuditDatabase>,
): (query: EarlierQuery) => Promise<readonly EarlierCard[]> {
  const text = earlierText(db)
  return async ({ tenant, patientRef, userRef, now }) => {
    const asked = CompiledQuery.raw(text, [tenant, patientRef, now - lookBackMs, 1])
    const { rows } = await db.executeQuery<EarlierRow>(asked)
    return cardsOf(rows, userRef)
  }
}

function cardsOf(rows: readonly EarlierRow[], userRef: string): readonly EarlierCard[] {
  const byCard = new Map<string, EarlierCard>()
  for (const row of rows) {
    const overridden = row.outcome === 'overridden'
    byCard.set(row.uuid, {
      kind: row.kind,
      indicator: indicatorOf(row.indicator),
      at: overridden && row.received_ms !== null ? row.received_ms : row.at_ms,
      outcome: overridden ? 'overridden' : 'shown',
      sameUser: row.user_ref === userRef,
      stage: row.stage,
      sepsisCriteria: row.sepsis_criteria === '' ? [] : row.sepsis_criteria.split(','),
    })
  }
  return newestOfEach(byCard.values())
}

/**
 * Of cards that differ in nothing but their time, the newest alone: it decides all that an older one would (clinical 8),
 * and a chart that is opened a thousand times does not make its records grow.
 */
function newestOfEach(cards: Iterable<EarlierCard>): readonly EarlierCard[] {
  const newest = new Map<string, EarlierCard>()
  for (const card of cards) {
    const { kind, indicator, outcome, sameUser, stage, sepsisCriteria } = card
    const alike = [kind, indicator, outcome, String(sameUser), stage, ...sepsisCriteria].join(' ')
    const known = newest.get(alike)
    if (!known || known.at < card.at) newest.set(alike, card)
  }
  return [...newest.values()]
}

/** What is known of a card that feedback speaks of. */
export interface KnownCard {
  tenant: string
  atMs: number
  patientRef: string
}

/** Finds the cards of some uuids, whoever they were given to. */
export async function knownCards(
  db: Kysely<AuditDatabase>,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, KnownCard>> {
  if (uuids.length === 0) return new Map()
  const rows = await db
    .selectFrom('cards')
    .select(['uuid', 'tenant', 'at_ms', 'patient_ref'])
    .where('uuid', 'in', uuids)
    .execute()
  return new Map(
    rows.map(({ uuid, tenant, at_ms: atMs, patient_ref: patientRef }) => [
      uuid,
      { tenant, atMs, patientRef },
    ]),
  )
}
