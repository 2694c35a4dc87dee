import type { CompiledQuery, Kysely } from 'kysely'
import type { AuditDatabase, CardsTable, FeedbackTable } from './schema.js'

/** A late batch comes from a spool: another replica may have stored feedback on its cards before the batch. */
export type Arrival = 'in-time' | 'late'

/** The card rows and feedback rows of one record. */
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
 * Makes the query that writes the patient of the card into the rows of feedback.
 *
 * Shape:   covers all feedback, or the feedback on some cards, which an index finds in a table of any size.
 * Missing: feedback on a card that is not in the store, or belongs to another tenant, gets no patient.
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

/** Selects the feedback whose patient a batch may reveal. */
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
