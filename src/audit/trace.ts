import type { Assessment } from '../assess/assessment.js'
import type { EarlierCard } from '../facts/earlier-card.js'
import type { Facts } from '../facts/facts.js'
import type { DataSource } from '../gather/chart.js'
import type { CardPack } from '../cards/card-pack.js'
import type { ChosenCard } from '../cards/chosen-card.js'
import type { RequestIdentity } from '../protocol/hook-request.js'
import type { ClientSettings } from '../config/settings.js'
import type { Instant } from '../units/units.js'

/** The milliseconds spent in each room. */
export interface Timings {
  gather: number
  facts: number
  assess: number
  cards: number
}

/**
 * The input and the result of one call, for its record.
 *
 * Privacy: holds identifiers, but no token and no raw resource; the audit room pseudonymises identifiers before
 *          storing.
 */
export interface Trace {
  invocationId: string
  client: ClientSettings
  /** The content that decided the call, which a reload may have replaced since. */
  pack: CardPack
  request: RequestIdentity
  now: Instant
  sources: readonly DataSource[]
  facts: Facts
  assessment: Assessment
  /** Every card considered: returned, or hidden with the reason for hiding. */
  considered: readonly ChosenCard[]
  /** The status of the response: 200 with these cards, or 412. */
  status: 200 | 412
  shown: readonly ChosenCard[]
  timings: Timings
  traceId?: string
}

/** One feedback item after its shape was checked. */
export interface FeedbackItem {
  card: string
  outcome: 'accepted' | 'overridden'
  acceptedSuggestions: readonly string[]
  reason?: { code?: string; system?: string; display?: string }
  comment?: string
  outcomeTimestamp: string
  shape: 'standard' | 'vendor'
}

/**
 * Records calls and feedback, and finds earlier cards.
 *
 * Throws: `RecordUnavailable` from `record` when neither store nor spool took the record; a call without a record
 *         returns no cards.
 */
export interface Audit {
  record(trace: Trace): Promise<void>
  feedback(
    client: ClientSettings,
    serviceId: string,
    items: readonly FeedbackItem[],
    now: Instant,
  ): Promise<void>
  /**
   * The cards that this client overrode for this patient, or that this user was shown, within the days that count
   * (clinical 8).
   */
  earlier(
    client: ClientSettings,
    patientId: string,
    userId: string,
    now: Instant,
  ): Promise<readonly EarlierCard[]>
  /** Can the store (or its spool) write a record? */
  ready(): Promise<boolean>
  close(): Promise<void>
}
