import type { KnownReasons } from './known-reasons.js'
import type { FeedbackItem } from './trace.js'

/** How a feedback item met the record; `unknown` while the store could not be asked. */
export type FeedbackMatch = 'known' | 'unknown-card' | 'other-tenant' | 'duplicate' | 'late' | 'unknown'

/** The erasable part of a `feedback` record (AUD 2.2); the comment of the clinician is not in it. */
export interface FeedbackBody {
  card: string
  serviceId: string
  outcome: 'accepted' | 'overridden'
  acceptedSuggestions: readonly string[]
  outcomeTimestamp: string
  receivedAt: string
  /**
   * A reason we offered or HL7 publishes, and whether it states a fact, so that it speaks for others too; any other reason is
   * `unmapped` and its pseudonym, so that it can be counted.
   */
  reason?: { code: string; category: string; statesFact?: true }
  commented: boolean
  /** Commitment to the comment, where it is kept: sealed, in a table of its own. */
  commentCommitment?: string
  match: FeedbackMatch
  /** Pseudonym of the patient of the card, where the card was known: from it follows whose override the row is. */
  patientRef?: string
  /** The client's clock is ahead of ours by more than a minute. */
  clockSkew: boolean
  shape: 'standard' | 'vendor'
}

const minuteMs = 60_000
const lateMs = 30 * 24 * 60 * minuteMs

/** Whether an item came more than 30 days after its card. */
export const isLate = (cardAt: number, receivedAt: number): boolean => receivedAt - cardAt > lateMs

/** What the body needs beside the item. */
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
 * The body of the record of one feedback item.
 *
 * Privacy: no comment, no reason text that is not ours or HL7's, no suggestion id that is no UUID: all can hold patient
 *          data.
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
