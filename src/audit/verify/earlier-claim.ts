import type { EarlierCard } from '../../facts/earlier-card.js'
import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody } from '../invocation-body.js'
import type { Place } from '../place-ranges.js'
import { countsAs } from '../record-rows.js'
import type { StoredRecord } from '../record.js'

/** An earlier card that a call stands on. */
export interface EarlierClaim {
  /** Place of the call. */
  call: Place
  tenant: string
  patientRef: string
  userRef: string
  /** When the call was received. Milliseconds. */
  receivedAt: number
  /** `at` is a moment again: when the card was given, or overridden. */
  earlier: EarlierCard
}

/** What a record that bears out a claim says: the id of the card; none once it is purged. */
export interface BorneOut {
  uuid?: string
}

/** The moment from which on the record at a place is purged; `undefined` when it is not. */
export type PurgedAt = (place: Place) => number | undefined

/** A call may have read what a purge erased in the same minute: clocks of two hosts differ, and a purge takes its time. */
const purgeMarginMs = 60_000

/** The claims that the body of a call makes: every override it knew of, and cards shown before where one hid a card. */
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
 * What the record of a call says of the card that a claim says it gave.
 *
 * Missing: `undefined` when it gave no such card. Of a purged record only type, client and moment can be compared.
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
 * What the record of feedback says of the override that a claim says it is.
 *
 * Edge:    an override with a reason that states a fact may be claimed as one without, which hides less.
 * Missing: `undefined` when it is no such override. Of a purged record only type, client and moment can be compared.
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

/** A purged record bears out what a call says of it only when the call came before the purge. */
function onceThere(record: Place, { receivedAt }: EarlierClaim, purgedAt: PurgedAt): BorneOut | undefined {
  return receivedAt <= (purgedAt(record) ?? 0) + purgeMarginMs ? {} : undefined
}
