import type { Kysely } from 'kysely'
import type { Instant } from '../../units/units.js'
import { feedbackOn } from './feedback-patients.js'
import type { FeedbackOn } from './feedback-patients.js'
import type { StoreBatch } from './record-store.js'
import type { AuditDatabase } from './schema.js'

/** Which patients anybody has answered a card of, so that for all others the store need not be asked. */
export interface PatientsWithFeedback {
  /** May there be feedback on a card of this patient? Also true while that is not known. */
  mayInclude: (tenant: string, patientRef: string) => boolean
  /** Told of every batch at once when it is stored, also of an empty one. */
  learn(...batch: Parameters<StoreBatch>): void
}

/** How many patients are kept before those are let go whose feedback no longer counts. */
const fewest = 10_000

const nameOf = (tenant: string, patientRef: string | null): string => `${tenant} ${patientRef ?? ''}`

/**
 * Remembers the patients with feedback that still counts, for a store that this process alone writes to.
 *
 * Shape:   read whole once the store works; then each batch with feedback adds its patients, one question after another.
 * Missing: while a question is on its way, or after one has failed, every patient may be included.
 * Privacy: holds pseudonyms, as the store does.
 */
export function makePatientsWithFeedback(
  db: Kysely<AuditDatabase>,
  since: () => Instant,
): PatientsWithFeedback {
  let known = new Set<string>()
  let most = fewest
  let isWhole = false
  let onTheWay = 0
  let last = Promise.resolve()

  const ask = (question: () => Promise<void>): void => {
    onTheWay += 1
    const forget = (): void => {
      isWhole = false // it is read whole when the store works again
    }
    last = last
      .then(question)
      .catch(forget)
      .finally(() => {
        onTheWay -= 1
      })
  }
  const readWhole = async (): Promise<void> => {
    const rows = await db
      .selectFrom('feedback')
      .select(['tenant', 'patient_ref'])
      .distinct()
      .where('received_ms', '>=', since())
      .execute()
    known = new Set(rows.map((row) => nameOf(row.tenant, row.patient_ref)))
    most = Math.max(fewest, 2 * known.size)
    isWhole = true
  }
  const readThoseOf = async ({ tenants, cards }: FeedbackOn): Promise<void> => {
    const rows = await db
      .selectFrom('feedback')
      .select(['tenant', 'patient_ref'])
      .distinct()
      .where('tenant', 'in', tenants)
      .where('card', 'in', cards)
      .execute()
    for (const row of rows) known.add(nameOf(row.tenant, row.patient_ref))
  }

  return {
    mayInclude: (tenant, patientRef) => !isWhole || onTheWay > 0 || known.has(nameOf(tenant, patientRef)),
    learn(batch, arrival) {
      const spokenOf = feedbackOn(batch, arrival)
      if (!isWhole && onTheWay === 0) ask(readWhole)
      else if (spokenOf.cards.length > 0) ask(known.size < most ? () => readThoseOf(spokenOf) : readWhole)
    },
  }
}
