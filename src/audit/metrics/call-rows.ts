import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody, RuleVerdict } from '../invocation-body.js'
import type { StoredRecord } from '../record.js'
import type { Timings } from '../trace.js'
import { isoWeek } from './statistics.js'

/** What became of a card: the last feedback item on it. */
export interface CardOutcome {
  outcome: 'accepted' | 'overridden'
  reason: string
  category: string
  /** By the client's clock; absent when what it sent is no moment. */
  at?: number
  receivedAt: number
}

/** One card that was given (or, in silent mode, would have been). */
export interface GivenCard {
  uuid: string
  kind: string
  version: string
  indicator: string
  contentHash: string
  feedback?: CardOutcome
}

/** One recorded call, reduced to what is counted. */
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
  /** Verdict by kind, for each card that was asked. */
  rules: ReadonlyMap<string, RuleVerdict>
  missing: readonly string[]
  cards: readonly GivenCard[]
}

/** The row of a recorded call; what became of its cards is asked apart. */
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

/** What a feedback item says became of its card. */
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

/** The body of a record as what its type says; absent once purged. */
export const bodyOf = (record: StoredRecord): unknown =>
  record.body === undefined ? undefined : (JSON.parse(record.body) as unknown)
