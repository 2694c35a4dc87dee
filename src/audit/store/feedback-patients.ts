import type { CompiledQuery, Kysely } from 'kysely'
import type { AuditDatabase } from './schema.js'

/** The feedback on some cards of some tenants. */
export interface FeedbackOn {
  tenants: readonly string[]
  cards: readonly string[]
}

/**
 * The query that writes the patient of the card beside feedback.
 *
 * Shape:   all feedback, or that on some cards, which is found by its key however long the table is.
 * Missing: a card that is not in the store, or belongs to another tenant, leaves its feedback without a patient.
 */
export function nameFeedbackPatients(db: Kysely<AuditDatabase>, on?: FeedbackOn): CompiledQuery {
  let query = db.updateTable('feedback').set((of) => ({
    patient_ref: of
      .selectFrom('cards')
      .select('cards.patient_ref')
      .whereRef('cards.uuid', '=', 'feedback.card')
      .whereRef('cards.tenant', '=', 'feedback.tenant'),
  }))
  if (on) query = query.where('feedback.tenant', 'in', on.tenants).where('feedback.card', 'in', on.cards)
  return query.compile()
}
