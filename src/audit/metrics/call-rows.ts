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
  at: number
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

function callRow(record: StoredRecord, body: InvocationBody): CallRow {
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

const outcomeOf = (body: FeedbackBody): CardOutcome => ({
  outcome: body.outcome,
  reason: body.reason?.code ?? 'none given',
  category: body.reason?.category ?? 'none given',
  at: Date.parse(body.outcomeTimestamp),
  receivedAt: Date.parse(body.receivedAt),
})

/** The body of a record as what its type says; absent once purged. */
export const bodyOf = (record: StoredRecord): unknown =>
  record.body === undefined ? undefined : (JSON.parse(record.body) as unknown)

/** Reasons a client sent that are mapped to no HL7 category, with how often: the list for mapping (AUD-023). */
export type UnmappedReasons = ReadonlyMap<string, number>

/**
 * Collects calls and feedback in any order and joins them by the card, inside one client.
 *
 * Edge:    repeats of an item count once; of several items on a card the last received wins (AUD-021).
 * Missing: purged records have no body and are left out; feedback on a card outside the range joins nothing.
 */
export class CallRows {
  private readonly calls: CallRow[] = []
  private readonly outcomes = new Map<string, CardOutcome>()

  add(record: StoredRecord): void {
    const body = bodyOf(record)
    if (body === undefined) return
    if (record.type === 'invocation') this.calls.push(callRow(record, body as InvocationBody))
    if (record.type === 'feedback') this.addFeedback(record.tenant, body as FeedbackBody)
  }

  /** All calls with what became of their cards. */
  joined(): readonly CallRow[] {
    return this.calls.map((call) => ({
      ...call,
      cards: call.cards.map((card) => {
        const feedback = this.outcomes.get(`${call.client} ${card.uuid}`)
        return feedback ? { ...card, feedback } : card
      }),
    }))
  }

  private addFeedback(client: string, body: FeedbackBody): void {
    if (body.match === 'other-tenant') return
    const key = `${client} ${body.card}`
    const outcome = outcomeOf(body)
    const known = this.outcomes.get(key)
    if (!known || outcome.receivedAt >= known.receivedAt) this.outcomes.set(key, outcome)
  }
}
