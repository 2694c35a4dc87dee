import type { Kysely } from 'kysely'
import type { EarlierCard } from '../../facts/earlier-card.js'
import type { InvocationBody } from '../invocation-body.js'
import { bodyOf } from '../metrics/call-rows.js'
import { makeEarlierCards } from '../store/earlier-cards.js'
import { lookBackMs } from '../store/earlier-query.js'
import { recordsOfType } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'

/** What the store still knows of what was said before a recorded call. */
export interface EarlierInStore {
  cards: readonly EarlierCard[]
  /** Has a purge by age erased some of what could matter? */
  purged: boolean
}

/** Asks what was said of the patient of a recorded call before that call. */
export type AskEarlier = (tenant: string, body: InvocationBody) => Promise<EarlierInStore>

/**
 * Makes the question to the store about cards given and feedback received before the moment of a recorded call.
 *
 * Edge:    the cards of the call itself, and of one in the same millisecond, were not given before it.
 * Missing: what a purge by age has erased is gone, and `purged` says so when it reaches into the days that count.
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

/** Before which moment all is erased, by the purges on record. */
async function purgedBefore(db: Kysely<AuditDatabase>): Promise<number> {
  const purges = (await recordsOfType(db, 'purge')).map(bodyOf) as readonly { before?: string }[]
  return purges.reduce((latest, { before }) => Math.max(latest, before ? Date.parse(before) : 0), 0)
}
