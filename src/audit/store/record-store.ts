import type { Kysely } from 'kysely'
import type { StoredRecord } from '../record.js'
import type { AuditDatabase, CardsTable, FeedbackTable } from './schema.js'

/** What one record brings into the database besides itself. */
export interface Written {
  record: StoredRecord
  patientRef?: string
  cards: readonly CardsTable[]
  feedback: readonly FeedbackTable[]
}

const rowOf = ({ record, patientRef }: Written): AuditDatabase['records'] => ({
  stream: record.stream,
  seq: record.seq,
  type: record.type,
  tenant: record.tenant,
  at: record.at,
  at_ms: Date.parse(record.at),
  schema_version: record.schemaVersion,
  prev_hash: record.prevHash,
  hash: record.hash,
  commitment: record.commitment,
  salt: record.salt ?? null,
  body: record.body ?? null,
  patient_ref: patientRef ?? null,
})

/**
 * Stores records with their cards and feedback in one transaction: one commit for all of them.
 *
 * Edge:   what is there already stays as it is, so that a spool may be drained twice.
 * Throws: what the database said; then nothing of the batch is stored.
 */
export async function storeBatch(db: Kysely<AuditDatabase>, batch: readonly Written[]): Promise<void> {
  const cards = batch.flatMap((written) => written.cards)
  const feedback = batch.flatMap((written) => written.feedback)
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('records')
      .values(batch.map(rowOf))
      .onConflict((conflict) => conflict.columns(['stream', 'seq']).doNothing())
      .execute()
    if (cards.length > 0)
      await transaction
        .insertInto('cards')
        .values(cards)
        .onConflict((conflict) => conflict.column('uuid').doNothing())
        .execute()
    if (feedback.length > 0)
      await transaction
        .insertInto('feedback')
        .values(feedback)
        .onConflict((conflict) => conflict.columns(['tenant', 'card', 'outcome', 'outcome_at']).doNothing())
        .execute()
  })
}
