import type { KnownReasons } from './known-reasons.js'
import type { FeedbackItem } from './trace.js'

/** How a feedback item matches the records; `unknown` while the store could not be read. */
export type FeedbackMatch = 'known' | 'unknown-card' | 'other-tenant' | 'duplicate' | 'late' | 'unknown'

/** The erasable part of a `feedback` record (AUD 2.2), without the clinician's comment. */
export interface FeedbackBody {
  card: string
  serviceId: string
  outcome: 'accepted' | 'overridden'
  acceptedSuggestions: readonly string[]
  outcomeTimestamp: string
  receivedAt: string
  /**
   * A reason of this service or of HL7, and whether it states a fact and therefore counts for other users too. Any
   * other reason is `unmapped` with its pseudonym, so that it can be counted.
   */
  reason?: { code: string; category: string; statesFact?: true }
  commented: boolean
  /** The commitment to the comment, when comments are stored: sealed, in a separate table. */
  commentCommitment?: string
  match: FeedbackMatch
  /** The pseudonym of the card's patient, when the card was known; it tells for which patient the override counts. */
  patientRef?: string
  /** True when the client's clock is more than a minute ahead of the service's clock. */
  clockSkew: boolean
  shape: 'standard' | 'vendor'
}

const minuteMs = 60_000
const lateMs = 30 * 24 * 60 * minuteMs

/** Did the item arrive more than 30 days after its card? */
export const isLate = (cardAt: number, receivedAt: number): boolean => receivedAt - cardAt > lateMs

/** The values that the body needs beside the item. */
export interface FeedbackContext {
  serviceId: string
  match: FeedbackMatch
  receivedAt: number
  knownReason: KnownReasons
  pseudonym: (kind: 'reason' | 'suggestion', text: string) => string
  commentCommitment?: string
  patientRef?: string
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function reasonOf(
  { reason }: FeedbackItem,
  { knownReason, pseudonym }: FeedbackContext,
): FeedbackBody['reason'] | undefined {
  const known = knownReason(reason)
  if (known) {
    const { code, category, statesFact } = known
    return { code, category, ...(statesFact && { statesFact }) }
  }
  const words = reason?.code ?? reason?.display
  return words === undefined
    ? undefined
    : { code: `unmapped:${pseudonym('reason', words)}`, category: 'other' }
}

/**
 * Builds the body of the record of one feedback item.
 *
 * Privacy: no comment, no reason text from outside this service and HL7, no suggestion id that is no UUID; each of them
 *          could hold patient data.
 */
export function feedbackBody(item: FeedbackItem, context: FeedbackContext): FeedbackBody {
  const reason = reasonOf(item, context)
  return {
    card: item.card,
    serviceId: context.serviceId,
    outcome: item.outcome,
    acceptedSuggestions: item.acceptedSuggestions.map((id) =>
      uuidShape.test(id) ? id : context.pseudonym('suggestion', id),
    ),
    outcomeTimestamp: item.outcomeTimestamp,
    receivedAt: new Date(context.receivedAt).toISOString(),
    ...(reason && { reason }),
    commented: item.comment !== undefined,
    ...(context.commentCommitment !== undefined && { commentCommitment: context.commentCommitment }),
    match: context.match,
    ...(context.patientRef !== undefined && { patientRef: context.patientRef }),
    clockSkew: Date.parse(item.outcomeTimestamp) - context.receivedAt > minuteMs,
    shape: item.shape,
  }
}
