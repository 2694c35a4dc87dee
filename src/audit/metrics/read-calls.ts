import type { Kysely } from 'kysely'
import type { FeedbackBody } from '../feedback-body.js'
import type { InvocationBody } from '../invocation-body.js'
import type { StoredRecord } from '../record.js'
import { readPages } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import { bodyOf, callRow, outcomeOf } from './call-rows.js'
import type { CallRow, CardOutcome } from './call-rows.js'

/** The range of calls to read, and the listeners for progress and unreadable records. */
export interface CallReading {
  /** Calls of one mode only; absent: of both modes. */
  mode?: CallRow['mode']
  /** Receives the number of records read up to now. */
  onRead?: (read: number) => void
  /** Receives each record whose body is no call or no feedback; `audit verify` finds the change. */
  onUnreadable?: (record: Pick<StoredRecord, 'stream' | 'seq'>) => void
}

/**
 * Reads the calls of a range one after another, with the outcomes of their cards; feedback after the range counts as
 * well.
 *
 * Shape:   bounded memory: each page of calls reads the feedback on its own cards.
 * Missing: purged calls have no body and are left out.
 */
export async function* readCalls(
  db: Kysely<AuditDatabase>,
  range: RecordRange,
  { mode, onRead, onUnreadable = () => undefined }: CallReading = {},
): AsyncGenerator<CallRow> {
  let read = 0
  for await (const page of readPages(db, { ...range, types: ['invocation'] })) {
    const calls = page.flatMap((record) => rowOf(record, onUnreadable) ?? [])
    const outcomes = await outcomesOf(db, calls, onUnreadable)
    for (const call of calls)
      if (mode === undefined || call.mode === mode) yield withOutcomes(call, outcomes.get(call.client))
    onRead?.((read += page.length))
  }
}

function rowOf(record: StoredRecord, onUnreadable: (record: StoredRecord) => void): CallRow | undefined {
  if (record.body === undefined) return undefined
  try {
    return callRow(record, bodyOf(record) as InvocationBody)
  } catch {
    onUnreadable(record)
    return undefined
  }
}

type Outcomes = ReadonlyMap<string, CardOutcome>

const withOutcomes = (call: CallRow, outcomes: Outcomes | undefined): CallRow => ({
  ...call,
  cards: call.cards.map((card) => {
    const feedback = outcomes?.get(card.uuid)
    return feedback ? { ...card, feedback } : card
  }),
})

/** The last feedback on each card of some calls, by client, because a card and its feedback belong to one client. */
async function outcomesOf(
  db: Kysely<AuditDatabase>,
  calls: readonly CallRow[],
  onUnreadable: NonNullable<CallReading['onUnreadable']>,
): Promise<ReadonlyMap<string, Outcomes>> {
  const byClient = new Map<string, Outcomes>()
  for (const client of new Set(calls.map((call) => call.client))) {
    const ofClient = calls.filter((call) => call.client === client)
    const uuids = ofClient.flatMap(({ cards }) => cards.map(({ uuid }) => uuid))
    const outcomes = new Map<string, CardOutcome>()
    for (const { card, body, stream, seq } of await feedbackOn(db, client, uuids))
      try {
        if (body !== null) outcomes.set(card, outcomeOf(JSON.parse(body) as FeedbackBody))
      } catch {
        onUnreadable({ stream, seq })
      }
    byClient.set(client, outcomes)
  }
  return byClient
}

/**
 * Reads the feedback of one client on its own cards, in the order of arrival; repeats of an item have no row (AUD-021).
 */
async function feedbackOn(db: Kysely<AuditDatabase>, client: string, uuids: readonly string[]) {
  if (uuids.length === 0) return []
  return db
    .selectFrom('feedback')
    .innerJoin('records', (join) =>
      join.onRef('records.stream', '=', 'feedback.stream').onRef('records.seq', '=', 'feedback.seq'),
    )
    .select(['feedback.card', 'feedback.stream', 'feedback.seq', 'records.body'])
    .where('feedback.tenant', '=', client)
    .where('feedback.card', 'in', uuids)
    .orderBy('feedback.received_ms')
    .orderBy('feedback.seq')
    .execute()
}
