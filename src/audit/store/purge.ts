import type { Kysely } from 'kysely'
import type { AuditDatabase } from './schema.js'

/** Whose or which values are erased; commitments and hashes stay, so that the chain still verifies. */
export type PurgeScope = { before: number } | { tenant: string; patientRefs: readonly string[] }

/** How much was erased. */
export interface Purged {
  records: number
  cards: number
}

const batch = 500

interface Place {
  stream: string
  seq: number
}

async function erase(db: Kysely<AuditDatabase>, places: readonly Place[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const { stream, seq } of places) {
      await transaction
        .updateTable('records')
        .set({ body: null, salt: null, patient_ref: null })
        .where('stream', '=', stream)
        .where('seq', '=', seq)
        .execute()
      await transaction.deleteFrom('comments').where('stream', '=', stream).where('seq', '=', seq).execute()
    }
  })
}

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

/** Feedback that came while the store was down has no patient with it; it is found by the patient's cards. */
const feedbackPlaces = (db: Kysely<AuditDatabase>, cards: readonly string[]): Promise<readonly Place[]> =>
  db
    .selectFrom('feedback')
    .select(['stream', 'seq'])
    .where('card', 'in', cards)
    .union(db.selectFrom('comments').select(['stream', 'seq']).where('card', 'in', cards))
    .execute()

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

const nextCards = async (db: Kysely<AuditDatabase>, scope: PurgeScope): Promise<readonly string[]> => {
  const cards = db.selectFrom('cards').select('uuid').limit(batch)
  const rows =
    'before' in scope
      ? await cards.where('at_ms', '<', scope.before).execute()
      : await cards.where('tenant', '=', scope.tenant).where('patient_ref', 'in', scope.patientRefs).execute()
  return rows.map(({ uuid }) => uuid)
}

/**
 * Erases bodies and salts, and the rows of cards, feedback and comments that go with them, a batch at a time.
 *
 * Edge:   can be stopped at any moment and run again; records in between are whole or erased, never half.
 * Source: AUD-091
 */
export async function purge(
  db: Kysely<AuditDatabase>,
  scope: PurgeScope,
  onErased: (so: Purged) => void,
): Promise<Purged> {
  const erased: Purged = { records: 0, cards: 0 }
  for (;;) {
    const cards = await nextCards(db, scope)
    if (cards.length === 0) break
    await erase(db, await feedbackPlaces(db, cards))
    await db.deleteFrom('feedback').where('card', 'in', cards).execute()
    await db.deleteFrom('cards').where('uuid', 'in', cards).execute()
    erased.cards += cards.length
    onErased(erased)
  }
  for (;;) {
    const places = await nextPlaces(db, scope)
    if (places.length === 0) break
    await erase(db, places)
    erased.records += places.length
    onErased(erased)
  }
  await eraseLateComments(db)
  return erased
}

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
