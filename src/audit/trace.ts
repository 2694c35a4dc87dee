import type { Assessment } from '../assess/assessment.js'
import type { EarlierCard } from '../facts/earlier-card.js'
import type { Facts } from '../facts/facts.js'
import type { DataSource } from '../gather/chart.js'
import type { CardPack } from '../cards/card-pack.js'
import type { ChosenCard } from '../cards/chosen-card.js'
import type { RequestIdentity } from '../protocol/hook-request.js'
import type { ClientSettings } from '../config/settings.js'
import type { Instant } from '../units/units.js'

/** Milliseconds spent in each room. */
export interface Timings {
  gather: number
  facts: number
  assess: number
  cards: number
}

/**
 * Everything one call saw and said, for the record.
 *
 * Privacy: holds identifiers, but no token and no raw resource; the audit room pseudonymises before anything is stored.
 */
export interface Trace {
  invocationId: string
  client: ClientSettings
  /** The content that decided; a reload may have brought another since. */
  pack: CardPack
  request: RequestIdentity
  now: Instant
  sources: readonly DataSource[]
  facts: Facts
  assessment: Assessment
  /** Every card considered: given, or hidden with the condition that hid it. */
  considered: readonly ChosenCard[]
  /** 200 with these cards, or 412. */
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
 * The record of what was said, why, and what became of it.
 *
 * Throws: `RecordUnavailable` from `record` when neither store nor spool took it: no record, no advice.
 */
export interface Audit {
  record(trace: Trace): Promise<void>
  feedback(
    client: ClientSettings,
    serviceId: string,
    items: readonly FeedbackItem[],
    now: Instant,
  ): Promise<void>
  /** Cards that this client overrode for this patient, or that this user was shown, within the days that count (clinical 8). */
  earlier(
    client: ClientSettings,
    patientId: string,
    userId: string,
    now: Instant,
  ): Promise<readonly EarlierCard[]>
  /** Is the store (or its spool) able to take a record? */
  ready(): Promise<boolean>
  close(): Promise<void>
}
