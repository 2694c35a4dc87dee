import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody, RuleVerdict } from '../invocation-body.js'
import type { StoredRecord } from '../record.js'
import type { Timings } from '../trace.js'
import { isoWeek } from './statistics.js'

/** The outcome of a card, from the last feedback item on it. */
export interface CardOutcome {
  outcome: 'accepted' | 'overridden'
  reason: string
  category: string
  /** The time by the client's clock; absent when the client sent no valid time. */
  at?: number
  receivedAt: number
}

/** One card that was shown, or in silent mode would have been shown. */
export interface GivenCard {
  uuid: string
  kind: string
  version: string
  indicator: string
  contentHash: string
  feedback?: CardOutcome
}

/** One recorded call, with only the values that metrics count. */
export interface CallRow {
  invocationId: string
  client: string
  at: number
  week: string
  hook: string
  mode: 'live' | 'silent'
  role: string
  patient: string
  user: string
  encounter?: string
  status: number
  durationMs: Timings
  /** The verdict by kind, for each evaluated card. */
  rules: ReadonlyMap<string, RuleVerdict>
  missing: readonly string[]
  cards: readonly GivenCard[]
}

/** Makes the row of a recorded call; the outcomes of its cards are read separately. */
export function callRow(record: StoredRecord, body: InvocationBody): CallRow {
  const at = Date.parse(record.at)
  return {
    invocationId: body.invocationId,
    client: record.tenant,
    at,
    week: isoWeek(at),
    hook: body.hook,
    mode: body.mode,
    role: body.userRole,
    patient: body.patientRef,
    user: body.userRef,
    ...(body.encounterRef !== undefined && { encounter: body.encounterRef }),
    status: body.status,
    durationMs: body.durationMs,
    rules: new Map(Object.entries(body.rules)),
    missing: body.missing,
    cards: body.cards.map(({ uuid, kind, version, indicator, contentHash }) => ({
      uuid,
      kind,
      version,
      indicator,
      contentHash,
    })),
  }
}

/** Reads the outcome of a card from a feedback item. */
export function outcomeOf(body: FeedbackBody): CardOutcome {
  const at = Date.parse(body.outcomeTimestamp)
  return {
    outcome: body.outcome,
    reason: body.reason?.code ?? 'none given',
    category: body.reason?.category ?? 'none given',
    ...(!Number.isNaN(at) && { at }),
    receivedAt: Date.parse(body.receivedAt),
  }
}

/** Parses the body of a record; absent when the record is purged. */
export const bodyOf = (record: StoredRecord): unknown =>
  record.body === undefined ? undefined : (JSON.parse(record.body) as unknown)
