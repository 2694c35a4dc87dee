import { CompiledQuery, sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { EarlierCard, EarlierScope } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { endOfTime } from './record-reader.js'
import type { AuditDatabase } from './schema.js'

/** The longest any override or repeat can matter: the widest range a site may set, in ms. */
export const lookBackMs = 15 * 24 * 3_600_000

/** Whose earlier cards are asked for, in pseudonyms. */
export interface EarlierQuery {
  tenant: string
  patientRef: string
  userRef: string
  now: Instant
  /** Only what was said before this moment counts, as when a call is replayed; absent: all there is, as a call asks. */
  before?: Instant
  scope: EarlierScope
}

const indicatorOf = (text: string): EarlierCard['indicator'] =>
  text === 'critical' || text === 'warning' ? text : 'info'

interface EarlierRow {
  uuid: string | null
  kind: string
  indicator: string
  user_ref: string
  stage: string
  sepsis_criteria: string
  at_ms: number
  outcome: string
}

/**
 * The texts of the query; built once, because building them costs more than running them.
 *
 * Shape: `overrides` is every item of feedback on cards of the patient, in the order received; values: tenant, patient,
 *        since, before, shown. `overrides-and-repeats` has before it what the user was shown, the newest of each kind,
 *        indicator and state; values: tenant, patient, user, since, before, shown, and those of `overrides`.
 */
const earlierTexts = (db: Kysely<AuditDatabase>): Readonly<Record<EarlierScope, string>> => {
  const state = [
    'cards.kind',
    'cards.indicator',
    'cards.user_ref',
    'cards.stage',
    'cards.sepsis_criteria',
  ] as const
  const shownToUser = db
    .selectFrom('cards')
    .select(({ fn }) => [
      sql<string | null>`null`.as('uuid'),
      ...state,
      fn.max('cards.at_ms').as('at_ms'),
      sql<string>`'shown'`.as('outcome'),
      sql<number>`0`.as('seq'),
    ])
    .where('cards.tenant', '=', '')
    .where('cards.patient_ref', '=', '')
    .where('cards.user_ref', '=', '')
    .where('cards.at_ms', '>=', 0)
    .where('cards.at_ms', '<', 0)
    .where('cards.shown', '=', 1)
    .groupBy(state)
  const answered = db
    .selectFrom('feedback')
    .innerJoin('cards', (join) =>
      join.onRef('cards.uuid', '=', 'feedback.card').onRef('cards.tenant', '=', 'feedback.tenant'),
    )
    .select(['cards.uuid', ...state, 'feedback.received_ms as at_ms', 'feedback.outcome', 'feedback.seq'])
    .where('feedback.tenant', '=', '')
    .where('feedback.patient_ref', '=', '')
    .where('feedback.received_ms', '>=', 0)
    .where('feedback.received_ms', '<', 0)
    .where('cards.shown', '=', 1)
  return {
    overrides: answered.orderBy('at_ms').orderBy('feedback.seq').compile().sql,
    'overrides-and-repeats': shownToUser.unionAll(answered).orderBy('at_ms').orderBy('seq').compile().sql,
  }
}

/**
 * Finds what was said earlier of one patient inside one client: what anybody overrode and, where it counts, what this
 * user was shown.
 *
 * Edge: of several items for one card the last received counts. Of cards that differ in nothing but their time the newest
 *       is enough: it decides all that an older one would (clinical 8).
 */
export function makeEarlierCards(
  db: Kysely<AuditDatabase>,
): (query: EarlierQuery) => Promise<readonly EarlierCard[]> {
  const texts = earlierTexts(db)
  return async ({ tenant, patientRef, userRef, now, before = endOfTime, scope }) => {
    const since = now - lookBackMs
    const asked = CompiledQuery.raw(texts[scope], [
      ...(scope === 'overrides' ? [] : [tenant, patientRef, userRef, since, before, 1]),
      ...[tenant, patientRef, since, before, 1],
    ])
    const { rows } = await db.executeQuery<EarlierRow>(asked)
    return cardsOf(rows, userRef)
  }
}

function cardsOf(rows: readonly EarlierRow[], userRef: string): readonly EarlierCard[] {
  const shown: EarlierCard[] = []
  const lastWord = new Map<string, EarlierRow>()
  for (const row of rows) {
    if (row.uuid === null) shown.push(cardOf(row, 'shown', userRef))
    else lastWord.set(row.uuid, row)
  }
  const overridden = [...lastWord.values()].filter(({ outcome }) => outcome === 'overridden')
  return [...shown, ...newestOfEach(overridden.map((row) => cardOf(row, 'overridden', userRef)))]
}

const cardOf = (row: EarlierRow, outcome: EarlierCard['outcome'], userRef: string): EarlierCard => ({
  kind: row.kind,
  indicator: indicatorOf(row.indicator),
  at: row.at_ms,
  outcome,
  sameUser: row.user_ref === userRef,
  stage: row.stage,
  sepsisCriteria: row.sepsis_criteria === '' ? [] : row.sepsis_criteria.split(','),
})

/** Of cards that differ in nothing but their time, the newest alone. */
function newestOfEach(cards: readonly EarlierCard[]): readonly EarlierCard[] {
  const newest = new Map<string, EarlierCard>()
  for (const card of cards) {
    const { kind, indicator, sameUser, stage, sepsisCriteria } = card
    const alike = [kind, indicator, String(sameUser), stage, ...sepsisCriteria].join(' ')
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
