import type { Kysely } from 'kysely'
import type { EarlierCard } from '../../facts/earlier-card.js'
import type { InvocationBody } from '../invocation-body.js'
import { bodyOf } from '../metrics/call-rows.js'
import { makeEarlierCards } from '../store/earlier-cards.js'
import { lookBackMs } from '../store/earlier-query.js'
import { recordsOfType } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'

/** The earlier cards that the store still holds for a recorded call. */
export interface EarlierInStore {
  cards: readonly EarlierCard[]
  /** Has a purge by age erased records that could matter? */
  purged: boolean
}

/** Reads the earlier cards of the patient of a recorded call, as they were before that call. */
export type AskEarlier = (tenant: string, body: InvocationBody) => Promise<EarlierInStore>

/**
 * Makes the query for cards shown and feedback received before the moment of a recorded call.
 *
 * Edge:    the cards of the call itself, and of a call in the same millisecond, do not count as earlier.
 * Missing: records erased by a purge by age are missing; `purged` is true when the purge reaches into the days that
 *          count.
 */
export function makeAskEarlier(db: Kysely<AuditDatabase>): AskEarlier {
  const earlier = makeEarlierCards(db)
  let limit: Promise<number> | undefined
  return async (tenant, { patientRef, userRef, receivedAt }) => {
    const now = Date.parse(receivedAt)
    limit ??= purgedBefore(db)
    const cards = await earlier({ tenant, patientRef, userRef, now, before: now })
    return { cards, purged: now - lookBackMs < (await limit) }
  }
}

/** The moment before which everything is erased, by the recorded purges. */
async function purgedBefore(db: Kysely<AuditDatabase>): Promise<number> {
  const purges = (await recordsOfType(db, 'purge')).map(bodyOf) as readonly { before?: string }[]
  return purges.reduce((latest, { before }) => Math.max(latest, before ? Date.parse(before) : 0), 0)
}
