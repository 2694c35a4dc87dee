import type { EarlierCard } from '../../facts/earlier-card.js'
import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody } from '../invocation-body.js'
import type { Place } from '../place-ranges.js'
import { countsAs } from '../record-rows.js'
import type { StoredRecord } from '../record.js'

/** The claim of a call that an earlier card was shown or overridden. */
export interface EarlierClaim {
  /** The place of the call. */
  call: Place
  tenant: string
  patientRef: string
  userRef: string
  /** The moment when the call was received, in milliseconds. */
  receivedAt: number
  /** The earlier card, with `at` as the moment of showing or overriding. */
  earlier: EarlierCard
}

/** A record supports a claim; `uuid` is the id of the card, absent when the record is purged. */
export interface BorneOut {
  uuid?: string
}

/** The moment of the purge of the record at a place; `undefined` when the record is not purged. */
export type PurgedAt = (place: Place) => number | undefined

/** The tolerance between a call and a purge: clocks of two hosts differ, and a purge takes some time. */
const purgeMarginMs = 60_000

/** Lists the claims in the body of a call: every known override, and each shown card that hid a card as repeated. */
export function claimsOf(
  { stream, seq, tenant }: Omit<StoredRecord, 'body'>,
  body: InvocationBody,
): readonly EarlierClaim[] {
  const { patientRef, userRef, rules } = body
  const receivedAt = Date.parse(body.receivedAt)
  const { earlier = [] } = body.facts as unknown as { earlier?: readonly EarlierCard[] }
  return earlier
    .filter(({ outcome, kind }) => outcome === 'overridden' || rules[kind] === 'suppressed:repeated')
    .map((each) => ({
      ...{ call: { stream, seq }, tenant, patientRef, userRef, receivedAt },
      earlier: { ...each, at: receivedAt - each.at },
    }))
}

/**
 * Checks a claimed card against the record of the call that returned the card.
 *
 * Missing: `undefined` when the call returned no such card. For a purged record only type, client and moment can be
 *          compared.
 */
export function givenBy(record: StoredRecord, claim: EarlierClaim, purgedAt: PurgedAt): BorneOut | undefined {
  const { earlier, tenant, patientRef, userRef } = claim
  if (record.type !== 'invocation' || record.tenant !== tenant) return undefined
  if (earlier.outcome === 'shown' && Date.parse(record.at) !== earlier.at) return undefined
  if (record.body === undefined) return onceThere(record, claim, purgedAt)
  const body = JSON.parse(record.body) as InvocationBody
  if (body.mode !== 'live' || body.patientRef !== patientRef || body.stage !== earlier.stage) return undefined
  if ((body.userRef === userRef) !== earlier.sameUser) return undefined
  if (body.sepsisCriteria.join() !== earlier.sepsisCriteria.join()) return undefined
  const given = body.cards.find(
    ({ kind, indicator }) => kind === earlier.kind && indicator === earlier.indicator,
  )
  return given && { uuid: given.uuid }
}

/**
 * Checks a claimed override against the record of its feedback.
 *
 * Edge:    an override with a reason that states a fact may be claimed as one without a reason, which hides fewer
 *          cards.
 * Missing: `undefined` when the feedback is no such override. For a purged record only type, client and moment can be
 *          compared.
 */
export function overriddenBy(
  record: StoredRecord,
  claim: EarlierClaim,
  purgedAt: PurgedAt,
): BorneOut | undefined {
  const { earlier, tenant } = claim
  if (record.type !== 'feedback' || record.tenant !== tenant) return undefined
  if (Date.parse(record.at) !== earlier.at) return undefined
  if (record.body === undefined) return onceThere(record, claim, purgedAt)
  const { outcome, match, reason, card } = JSON.parse(record.body) as FeedbackBody
  const isReasoned = reason?.statesFact === true
  if (outcome !== 'overridden' || !countsAs(match) || (earlier.reasoned === true && !isReasoned))
    return undefined
  return { uuid: card }
}

/** A purged record supports the claim of a call only when the call came before the purge. */
function onceThere(record: Place, { receivedAt }: EarlierClaim, purgedAt: PurgedAt): BorneOut | undefined {
  return receivedAt <= (purgedAt(record) ?? 0) + purgeMarginMs ? {} : undefined
}
