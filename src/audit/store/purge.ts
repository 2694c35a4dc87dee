import type { CompiledQuery, Kysely } from 'kysely'
import { rangesOf } from '../place-ranges.js'
import type { Place, PlaceRanges } from '../place-ranges.js'
import type { PurgeBody } from '../purge-body.js'
import type { AuditDatabase } from './schema.js'

/**
 * The records to erase: before a moment, or of one patient. Commitments and hashes stay, so that the chain still
 * verifies.
 */
export type PurgeScope = { before: number } | { tenant: string; patientRefs: readonly string[] }

/** The number of erased bodies and rows. */
export interface Purged {
  records: number
  cards: number
}

/** The parts that a purge needs; `noteWith` records the erased places in the transaction that erases them. */
export interface PurgeParts {
  db: Kysely<AuditDatabase>
  noteWith: (type: 'purge', body: PurgeBody, queries: readonly CompiledQuery[]) => Promise<unknown>
  why: string
}

const batch = 500

/**
 * Selects the next calls and feedback of the scope with a body. Changes, access and checkpoints hold no patient data.
 */
const nextPlaces = (db: Kysely<AuditDatabase>, scope: PurgeScope): Promise<readonly Place[]> => {
  const withBody = db
    .selectFrom('records')
    .select(['stream', 'seq'])
    .where('type', 'in', ['invocation', 'feedback'])
    .where('body', 'is not', null)
    .limit(batch)
  if ('before' in scope) return withBody.where('at_ms', '<', scope.before).execute()
  return withBody.where('tenant', '=', scope.tenant).where('patient_ref', 'in', scope.patientRefs).execute()
}

/** Selects the next cards of the scope, whose calls and feedback belong to the scope too. */
const nextCards = (db: Kysely<AuditDatabase>, scope: PurgeScope) => {
  const cards = db.selectFrom('cards').select(['uuid', 'stream', 'seq']).limit(batch)
  if ('before' in scope) return cards.where('at_ms', '<', scope.before).execute()
  return cards.where('tenant', '=', scope.tenant).where('patient_ref', 'in', scope.patientRefs).execute()
}

/** Finds feedback by the patient's cards, because feedback that arrived while the store was down has no patient. */
const feedbackPlaces = (db: Kysely<AuditDatabase>, cards: readonly string[]): Promise<readonly Place[]> =>
  cards.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('feedback')
        .select(['stream', 'seq'])
        .where('card', 'in', cards)
        .union(db.selectFrom('comments').select(['stream', 'seq']).where('card', 'in', cards))
        .execute()

async function cardsAt(db: Kysely<AuditDatabase>, ranges: PlaceRanges): Promise<readonly string[]> {
  const found: string[] = []
  for (const [stream, runs] of Object.entries(ranges))
    for (const [first, last] of runs) {
      const rows = await db
        .selectFrom('cards')
        .select('uuid')
        .where('stream', '=', stream)
        .where('seq', '>=', first)
        .where('seq', '<=', last)
        .execute()
      found.push(...rows.map(({ uuid }) => uuid))
    }
  return found
}

/** Makes the queries that erase the bodies, salts and rows at some places. */
function erasing(db: Kysely<AuditDatabase>, ranges: PlaceRanges): readonly CompiledQuery[] {
  const queries: CompiledQuery[] = []
  for (const [stream, runs] of Object.entries(ranges))
    for (const [first, last] of runs) {
      queries.push(
        db
          .updateTable('records')
          .set({ body: null, salt: null, patient_ref: null })
          .where('stream', '=', stream)
          .where('seq', '>=', first)
          .where('seq', '<=', last)
          .compile(),
      )
      for (const table of ['comments', 'feedback', 'cards'] as const)
        queries.push(
          db
            .deleteFrom(table)
            .where('stream', '=', stream)
            .where('seq', '>=', first)
            .where('seq', '<=', last)
            .compile(),
        )
    }
  return queries
}

/** Erases comments whose record was erased before a spool, left by a crash, stored the comment again. */
const eraseLateComments = (db: Kysely<AuditDatabase>) =>
  db
    .deleteFrom('comments')
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('records')
            .select('records.seq')
            .whereRef('records.stream', '=', 'comments.stream')
            .whereRef('records.seq', '=', 'comments.seq')
            .where('records.body', 'is not', null),
        ),
      ),
    )
    .execute()

/**
 * Erases bodies and salts, and the rows of cards, feedback and comments that belong to them, a batch at a time.
 *
 * Shape:  each batch is one transaction with a `purge` record that names exactly its places. A missing body without
 *         such a record was therefore removed by someone else.
 * Edge:   can be stopped at any moment and run again; each record is then either complete or erased. A purge that finds
 *         nothing leaves its record too.
 * Throws: the error of the database; then the batch was neither recorded nor erased.
 * Source: AUD-091
 */
export async function purge(
  { db, noteWith, why }: PurgeParts,
  scope: PurgeScope,
  onErased: (so: Purged) => void,
): Promise<Purged> {
  const asked =
    'before' in scope ? { before: new Date(scope.before).toISOString() } : { onePatientOf: scope.tenant }
  const erased: Purged = { records: 0, cards: 0 }
  for (let first = true; ; first = false) {
    const places = await nextPlaces(db, scope)
    const cards = await nextCards(db, scope)
    if (!first && places.length === 0 && cards.length === 0) break
    const called = each([...places, ...cards])
    const given = await cardsAt(db, rangesOf(called))
    const all = each([...called, ...(await feedbackPlaces(db, given))])
    const ranges = rangesOf(all)
    const body: PurgeBody = { ...asked, why, by: 'cli', records: all.length, places: ranges }
    await noteWith('purge', body, erasing(db, ranges))
    erased.records += all.length
    erased.cards += given.length
    onErased(erased)
  }
  await eraseLateComments(db)
  return erased
}

/** Removes repeated places. */
const each = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map(({ stream, seq }) => [`${stream} ${seq}`, { stream, seq }])).values(),
]

/** Counts the records that a purge would erase. */
export async function countPurge(db: Kysely<AuditDatabase>, scope: PurgeScope): Promise<number> {
  const counted = db
    .selectFrom('records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('type', 'in', ['invocation', 'feedback'])
    .where('body', 'is not', null)
  const { count } =
    'before' in scope
      ? await counted.where('at_ms', '<', scope.before).executeTakeFirstOrThrow()
      : await counted
          .where('tenant', '=', scope.tenant)
          .where('patient_ref', 'in', scope.patientRefs)
          .executeTakeFirstOrThrow()
  return count
}
