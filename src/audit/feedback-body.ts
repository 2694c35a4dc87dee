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
  /** A reason we offered or HL7 publishes; any other is `unmapped` and its pseudonym, so that it can be counted. */
  reason?: { code: string; category: string }
  commented: boolean
  /** Commitment to the comment, where it is kept: sealed, in a table of its own. */
  commentCommitment?: string
  match: FeedbackMatch
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
  /** HL7 category of a reason code we know, else `undefined`. */
  categoryOf: (code: string) => string | undefined
  pseudonym: (kind: 'reason' | 'suggestion', text: string) => string
  commentCommitment?: string
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function reasonOf(
  { reason }: FeedbackItem,
  { categoryOf, pseudonym }: FeedbackContext,
): FeedbackBody['reason'] | undefined {
  const code = reason?.code ?? reason?.display
  if (code === undefined) return undefined
  const category = categoryOf(code)
  return category === undefined
    ? { code: `unmapped:${pseudonym('reason', code)}`, category: 'other' }
    : { code, category }
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
    clockSkew: Date.parse(item.outcomeTimestamp) - context.receivedAt > minuteMs,
    shape: item.shape,
  }
}
