import { CompiledQuery, sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Instant } from '../../units/units.js'
import { endOfTime } from './record-reader.js'
import type { AuditDatabase } from './schema.js'

/**
 * The longest time for which an override or a repeat can matter, at the widest value that a site may set, in
 * milliseconds.
 */
export const lookBackMs = 15 * 24 * 3_600_000

/**
 * The number of the user's newest shown cards that a call reads, so that a call costs the same however often a chart
 * was opened. Where repeats count (`cards.repeatMinutes`) a hidden card is not shown again, so this number reaches back
 * far enough.
 */
const mostShown = 30

/** The tenant, patient and user whose earlier cards are wanted, in pseudonyms. */
export interface EarlierQuery {
  tenant: string
  patientRef: string
  userRef: string
  now: Instant
  /** Only cards and feedback before this moment count, for a replay; absent: all cards and feedback, for a call. */
  before?: Instant
}

/** One row of the result: a card that was shown, or a feedback item on a card. */
export interface EarlierRow {
  uuid: string
  kind: string
  indicator: string
  user_ref: string
  stage: string
  sepsis_criteria: string
  card_stream: string
  card_seq: number
  at_ms: number
  outcome: string
  reasoned: number | null
  /** The place of the feedback; null for a card that was shown. */
  stream: string | null
  seq: number | null
}

const state = [
  'cards.kind',
  'cards.indicator',
  'cards.user_ref',
  'cards.stage',
  'cards.sepsis_criteria',
] as const

/** Selects, among the newest cards that the user was shown, the newest of each kind, indicator and state. */
function shownToUser(db: Kysely<AuditDatabase>) {
  const newestShown = db
    .selectFrom('cards')
    .select([...state, 'cards.uuid', 'cards.stream', 'cards.seq', 'cards.at_ms'])
    .where('cards.tenant', '=', '')
    .where('cards.patient_ref', '=', '')
    .where('cards.user_ref', '=', '')
    .where('cards.at_ms', '>=', 0)
    .where('cards.at_ms', '<', 0)
    .where('cards.shown', '=', 1)
    .orderBy('cards.at_ms', 'desc')
    .limit(mostShown)
    .as('cards')
  const ranked = db
    .selectFrom(newestShown)
    .selectAll('cards')
    .select(({ fn }) =>
      fn
        .agg<number>('row_number')
        .over((of) => of.partitionBy(state).orderBy('cards.at_ms', 'desc'))
        .as('age_rank'),
    )
    .as('cards')
  return db
    .selectFrom(ranked)
    .select(['cards.uuid', ...state, 'cards.stream as card_stream', 'cards.seq as card_seq', 'cards.at_ms'])
    .select([
      sql<string>`'shown'`.as('outcome'),
      sql<number | null | undefined>`0`.as('reasoned'),
      sql<string | null>`cast(null as text)`.as('stream'),
      sql<number | null>`0`.as('seq'),
    ])
    .where('age_rank', '=', 1)
}

/**
 * The SQL text of the query, built once because building the text costs more than running the query.
 *
 * Shape: first the newest card of each kind, indicator and state that the user was shown, then every feedback item on
 *        cards of the patient, in the order of arrival. Values: tenant, patient, user, since, before, 1 (shown), most,
 *        1 (the newest); then tenant, patient, since, before, 1. The indexes `cards_by_patient` and
 *        `feedback_by_patient` find the rows.
 */
function earlierText(db: Kysely<AuditDatabase>): string {
  const answered = db
    .selectFrom('feedback')
    .innerJoin('cards', (join) =>
      join.onRef('cards.uuid', '=', 'feedback.card').onRef('cards.tenant', '=', 'feedback.tenant'),
    )
    .select(['cards.uuid', ...state, 'cards.stream as card_stream', 'cards.seq as card_seq'])
    .select(['feedback.received_ms as at_ms', 'feedback.outcome', 'feedback.reasoned'])
    .select(['feedback.stream', 'feedback.seq'])
    .where('feedback.tenant', '=', '')
    .where('feedback.patient_ref', '=', '')
    .where('feedback.received_ms', '>=', 0)
    .where('feedback.received_ms', '<', 0)
    .where('cards.shown', '=', 1)
  return shownToUser(db).unionAll(answered).orderBy('at_ms').orderBy('seq').compile().sql
}

/** Makes the query for the earlier cards of one patient within one client. */
export function makeEarlierQuery(
  db: Kysely<AuditDatabase>,
): (query: EarlierQuery) => CompiledQuery<EarlierRow> {
  const text = earlierText(db)
  return ({ tenant, patientRef, userRef, now, before = endOfTime }) => {
    const since = now - lookBackMs
    return CompiledQuery.raw(text, [
      ...[tenant, patientRef, userRef, since, before, 1, mostShown, 1],
      ...[tenant, patientRef, since, before, 1],
    ])
  }
}
