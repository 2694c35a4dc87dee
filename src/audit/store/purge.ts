import type { CompiledQuery, Kysely } from 'kysely'
import { rangesOf } from '../place-ranges.js'
import type { Place, PlaceRanges } from '../place-ranges.js'
import type { PurgeBody } from '../purge-body.js'
import type { AuditDatabase } from './schema.js'

/** Whose or which values are erased; commitments and hashes stay, so that the chain still verifies. */
export type PurgeScope = { before: number } | { tenant: string; patientRefs: readonly string[] }

/** How much was erased. */
export interface Purged {
  records: number
  cards: number
}

/** What a purge works on: `noteWith` records what is erased in one transaction with the erasing. */
export interface PurgeParts {
  db: Kysely<AuditDatabase>
  noteWith: (type: 'purge', body: PurgeBody, queries: readonly CompiledQuery[]) => Promise<unknown>
  why: string
}

const batch = 500

/** The next calls and feedback of the scope that still have a body. Changes, access and checkpoints hold no patient data. */
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

/** The next cards of the scope: their calls are in it too, and so is all feedback on them. */
const nextCards = (db: Kysely<AuditDatabase>, scope: PurgeScope) => {
  const cards = db.selectFrom('cards').select(['uuid', 'stream', 'seq']).limit(batch)
  if ('before' in scope) return cards.where('at_ms', '<', scope.before).execute()
  return cards.where('tenant', '=', scope.tenant).where('patient_ref', 'in', scope.patientRefs).execute()
}

/** Feedback that came while the store was down has no patient with it; it is found by the patient's cards. */
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

/** The queries that erase what stands at some places: bodies, salts, and the rows that follow from them. */
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

/** A spool that a crash has left may bring a comment again whose record was erased meanwhile. */
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
 * Erases bodies and salts, and the rows of cards, feedback and comments that go with them, a batch at a time.
 *
 * Shape:  each batch is one transaction with a `purge` record that names exactly its places, so that a body that is missing
 *         without one was taken by somebody else.
 * Edge:   can be stopped at any moment and run again; records in between are whole or erased, never half. A purge that finds
 *         nothing leaves its record too.
 * Throws: what the database said; then the batch was neither recorded nor erased.
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

/** Each place once. */
const each = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map(({ stream, seq }) => [`${stream} ${seq}`, { stream, seq }])).values(),
]

/** How many records would be erased. */
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
