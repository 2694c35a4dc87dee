import type { FeedbackBody, FeedbackMatch } from './feedback-body.js'
import type { InvocationBody } from './invocation-body.js'
import type { Place } from './place-ranges.js'
import type { StoredRecord } from './record.js'
import type { CardsTable, FeedbackTable } from './store/schema.js'

/** A row without the place of its record. */
type Unplaced<Row> = Omit<Row, 'stream' | 'seq'>

/**
 * The rows of the cards that a call gave: all of each follows from the body of its record.
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

/** A repeat, and feedback on somebody else's card, leave a record and no row. */
export const countsAs = (match: FeedbackMatch): boolean => match !== 'duplicate' && match !== 'other-tenant'

/** The row of a feedback item, but for the patient of its card; none when the item does not count. */
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

/** What a record brings into the tables beside its own. */
export interface RecordRows {
  cards: readonly CardsTable[]
  feedback?: FeedbackTable
  /** The patient as the record's body has her; absent where the body names none. */
  patientRef?: string
}

const noRows: RecordRows = { cards: [] }

/** In the body of a call that gave no card, and nowhere else: the quotation marks of a text are escaped in JSON. */
const noCards = '"cards":[],"stage":'
const patientMark = /"patientRef":"([^"\\]*)"/

/**
 * The rows that must follow from a record.
 *
 * Edge:   a purged record, and one of another type, has none. A call without cards, as most are, is not parsed.
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
