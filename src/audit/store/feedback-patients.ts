import type { CompiledQuery, Kysely } from 'kysely'
import type { AuditDatabase, CardsTable, FeedbackTable } from './schema.js'

/** A late batch comes from the spool: feedback on its cards may have been stored before it, by another replica. */
export type Arrival = 'in-time' | 'late'

/** The cards and feedback that one record brings. */
interface CardsAndFeedback {
  cards: readonly CardsTable[]
  feedback: readonly FeedbackTable[]
}

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

/** The feedback whose patient may have become known with a batch. */
export function feedbackOn(batch: readonly CardsAndFeedback[], arrival: Arrival = 'in-time'): FeedbackOn {
  const tenants = new Set<string>()
  const cards = new Set<string>()
  for (const written of batch) {
    for (const { tenant, card } of written.feedback) {
      tenants.add(tenant)
      cards.add(card)
    }
    if (arrival === 'in-time') continue
    for (const { tenant, uuid } of written.cards) {
      tenants.add(tenant)
      cards.add(uuid)
    }
  }
  return { tenants: [...tenants], cards: [...cards] }
}
