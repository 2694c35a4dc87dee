import type { Kysely } from 'kysely'
import type { EarlierCard, EarlierScope } from '../../facts/facts.js'
import type { InvocationBody, RuleVerdict } from '../invocation-body.js'
import { bodyOf } from '../metrics/call-rows.js'
import { lookBackMs, makeEarlierCards } from '../store/card-queries.js'
import { recordsOfType } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'

/** What the store still knows of what was said before a recorded call. */
export interface SaidEarlier {
  cards: readonly EarlierCard[]
  /** Has a purge by age erased some of what could matter? */
  purged: boolean
}

/** Asks what was said of the patient of a recorded call before it. */
export type AskSaidEarlier = (
  tenant: string,
  body: InvocationBody,
  scope: EarlierScope,
) => Promise<SaidEarlier>

const unasked: ReadonlySet<RuleVerdict> = new Set([
  ...(['no-fire', 'insufficient-data'] as const),
  ...(['suppressed:off', 'suppressed:draft-not-accepted'] as const),
])

/**
 * Does the record say what was said earlier, as far as it counted by the content that decided, be it nothing?
 *
 * Shape: a call asks the store only when the conditions of a card that is not switched off hold, and that is in the
 *        verdicts of its cards: given, overridden, repeated, replaced or one too many. So an empty list of such a call
 *        means that nothing was known, and no field has to tell it from a call that did not ask.
 */
export const recordsSaidEarlier = ({ facts, rules }: InvocationBody): boolean =>
  Object.values(rules).some((verdict) => !unasked.has(verdict)) ||
  (facts as { earlier?: unknown }).earlier !== undefined

/**
 * Asks the store what was known at the moment of a recorded call: cards given and feedback received before it.
 *
 * Edge:    the cards of the call itself, and of one in the same millisecond, were not given before it.
 * Missing: what a purge by age has erased is gone, and `purged` says so when it reaches into the days that count.
 */
export function makeAskSaidEarlier(db: Kysely<AuditDatabase>): AskSaidEarlier {
  const earlier = makeEarlierCards(db)
  let limit: Promise<number> | undefined
  return async (tenant, { patientRef, userRef, receivedAt }, scope) => {
    const now = Date.parse(receivedAt)
    limit ??= purgedBefore(db)
    const cards = await earlier({ tenant, patientRef, userRef, now, before: now, scope })
    return { cards, purged: now - lookBackMs < (await limit) }
  }
}

/** Before which moment all is erased, by the purges on record. */
async function purgedBefore(db: Kysely<AuditDatabase>): Promise<number> {
  const purges = (await recordsOfType(db, 'purge')).map(bodyOf) as readonly { before?: string }[]
  return purges.reduce((latest, { before }) => Math.max(latest, before ? Date.parse(before) : 0), 0)
}
