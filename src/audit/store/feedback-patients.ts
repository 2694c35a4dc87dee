import type { Kysely } from 'kysely'
import type { AuditDatabase } from './schema.js'

/**
 * Writes the patient of the card beside feedback that has none yet.
 *
 * Shape:   `cards` limits it to the feedback on some cards.
 * Missing: a card that is not in the store, or belongs to another tenant, leaves its feedback as it is.
 */
export async function nameFeedbackPatients(
  db: Kysely<AuditDatabase>,
  cards?: readonly string[],
): Promise<void> {
  let query = db
    .updateTable('feedback')
    .set((of) => ({
      patient_ref: of
        .selectFrom('cards')
        .select('cards.patient_ref')
        .whereRef('cards.uuid', '=', 'feedback.card')
        .whereRef('cards.tenant', '=', 'feedback.tenant'),
    }))
    .where('feedback.patient_ref', 'is', null)
  if (cards) query = query.where('feedback.card', 'in', cards)
  await query.execute()
}
