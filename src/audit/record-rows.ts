import type { FeedbackBody, FeedbackMatch } from './feedback-body.js'
import type { InvocationBody } from './invocation-body.js'
import type { Place } from './place-ranges.js'
import type { StoredRecord } from './record.js'
import type { CardsTable, FeedbackTable } from './store/schema.js'

/** A row without the place of its record. */
type Unplaced<Row> = Omit<Row, 'stream' | 'seq'>

/**
 * Derives the card rows of a call from the body of its record.
 *
 * Shape: in the order of the body.
 */
export const cardRowsOf = (tenant: string, body: InvocationBody): readonly Unplaced<CardsTable>[] =>
  body.cards.map(({ uuid, kind, indicator }) => ({
    uuid,
    tenant,
    service_id: body.serviceId,
    kind,
    indicator,
    patient_ref: body.patientRef,
    user_ref: body.userRef,
    stage: body.stage,
    sepsis_criteria: body.sepsisCriteria.join(','),
    shown: body.mode === 'live' ? 1 : 0,
    at_ms: Date.parse(body.receivedAt),
  }))

/** Does a feedback item count? A repeat, and feedback on another client's card, have a record but no row. */
export const countsAs = (match: FeedbackMatch): boolean => match !== 'duplicate' && match !== 'other-tenant'

/** Derives the row of a feedback item, except the patient of its card; undefined when the item does not count. */
export const feedbackRowOf = (tenant: string, body: FeedbackBody): Unplaced<FeedbackTable> | undefined =>
  countsAs(body.match)
    ? {
        card: body.card,
        tenant,
        outcome: body.outcome,
        outcome_at: body.outcomeTimestamp,
        received_ms: Date.parse(body.receivedAt),
        reasoned: body.reason?.statesFact ? 1 : 0,
      }
    : undefined

/** The rows that belong to a record in other tables. */
export interface RecordRows {
  cards: readonly CardsTable[]
  feedback?: FeedbackTable
  /** The patient in the body of the record; absent where the body names none. */
  patientRef?: string
}

const noRows: RecordRows = { cards: [] }

/**
 * A text that only the body of a call without cards contains, because JSON escapes the quotation marks inside texts.
 */
const noCards = '"cards":[],"stage":'
const patientMark = /"patientRef":"([^"\\]*)"/

/**
 * Derives the rows that must belong to a record.
 *
 * Edge:   a purged record, and a record of another type, has no rows. A call without cards, the most frequent call, is
 *         not parsed.
 * Throws: `SyntaxError` when the body is no JSON.
 */
export function rowsOf({ type, tenant, body, stream, seq }: StoredRecord): RecordRows {
  if (body === undefined) return noRows
  const place: Place = { stream, seq }
  if (type === 'feedback') {
    const said = JSON.parse(body) as FeedbackBody
    const row = feedbackRowOf(tenant, said)
    return {
      cards: [],
      ...(row && { feedback: { ...row, ...place } }),
      ...(said.patientRef !== undefined && { patientRef: said.patientRef }),
    }
  }
  if (type !== 'invocation') return noRows
  if (body.includes(noCards)) {
    const [, patientRef] = patientMark.exec(body) ?? []
    return { cards: [], ...(patientRef !== undefined && { patientRef }) }
  }
  const call = JSON.parse(body) as InvocationBody
  return {
    cards: cardRowsOf(tenant, call).map((row) => ({ ...row, ...place })),
    patientRef: call.patientRef,
  }
}
