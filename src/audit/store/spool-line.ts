import { commitmentOf, hashOf } from '../chain.js'
import { recordTypes } from '../record.js'
import type { StoredRecord } from '../record.js'
import type { Written } from './record-store.js'
import type { CardsTable, CommentsTable, FeedbackTable, UsedTokensTable } from './schema.js'

type Shape<Row> = Readonly<Record<keyof Row, 'string' | 'number'>>

const envelopeShape: Shape<Omit<StoredRecord, 'body' | 'salt'>> = {
  ...({ schemaVersion: 'number', stream: 'string', seq: 'number', prevHash: 'string' } as const),
  ...({ type: 'string', tenant: 'string', at: 'string', commitment: 'string', hash: 'string' } as const),
}
const cardShape: Shape<CardsTable> = {
  ...({ uuid: 'string', tenant: 'string', service_id: 'string', kind: 'string' } as const),
  ...({ indicator: 'string', patient_ref: 'string', user_ref: 'string', stage: 'string' } as const),
  ...({ sepsis_criteria: 'string', shown: 'number', at_ms: 'number' } as const),
  ...({ stream: 'string', seq: 'number' } as const),
}
const feedbackShape: Shape<Omit<FeedbackTable, 'reasoned'>> = {
  ...({ card: 'string', tenant: 'string', outcome: 'string', outcome_at: 'string' } as const),
  ...({ received_ms: 'number', stream: 'string', seq: 'number' } as const),
}
const commentShape: Shape<CommentsTable> = {
  ...({ card: 'string', tenant: 'string', received_ms: 'number' } as const),
  ...({ stream: 'string', seq: 'number', sealed: 'string' } as const),
}
const tokenShape: Shape<UsedTokensTable> = { iss: 'string', jti: 'string', expires_ms: 'number' }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isOptionalText = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isOptionalNumber = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'number'

const has = (value: unknown, shape: Readonly<Record<string, 'string' | 'number'>>): boolean =>
  isObject(value) && Object.entries(shape).every(([name, type]) => typeof value[name] === type)

function isRecord(value: unknown): value is StoredRecord {
  if (!has(value, envelopeShape)) return false
  const { seq, type, at, body, salt } = value as StoredRecord
  return (
    Number.isSafeInteger(seq) &&
    seq > 0 &&
    recordTypes.includes(type) &&
    !Number.isNaN(Date.parse(at)) &&
    typeof body === 'string' &&
    typeof salt === 'string'
  )
}

/** Is the value a list of rows of one shape, all at the place of their record? */
const areRows = (
  rows: unknown,
  shape: typeof cardShape | typeof feedbackShape,
  { stream, seq }: StoredRecord,
) =>
  Array.isArray(rows) &&
  rows.every((row: unknown) => has(row, shape) && isAt(row as { stream: string; seq: number }, stream, seq))

const isAt = (row: { stream: string; seq: number }, stream: string, seq: number): boolean =>
  row.stream === stream && row.seq === seq

function isWritten(value: unknown): value is Written {
  if (!isObject(value) || !isRecord(value['record'])) return false
  const { record, cards, feedback, comment, patientRef, usedTokens = [] } = value
  return (
    areRows(cards, cardShape, record) &&
    areRows(feedback, feedbackShape, record) &&
    (feedback as readonly FeedbackTable[]).every(({ reasoned }) => isOptionalNumber(reasoned)) &&
    isOptionalText(patientRef) &&
    Array.isArray(usedTokens) &&
    usedTokens.every((token: unknown) => has(token, tokenShape)) &&
    (comment === undefined ||
      (has(comment, commentShape) && isAt(comment as CommentsTable, record.stream, record.seq)))
  )
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const holds = (record: StoredRecord): boolean =>
  hashOf(record) === record.hash && commitmentOf(record.salt ?? '', record.body ?? '') === record.commitment

/**
 * Makes the check of the lines of one spool file, one after another.
 *
 * Shape:   returns the line in the form for the store, when its shape is complete, its hashes are correct, it belongs
 *          to the process that wrote the file, and it follows the line before it of its stream.
 * Missing: `undefined` for a line that must not enter the store.
 */
export function makeLineCheck(ownStream: string): (line: string) => Written | undefined {
  const last = new Map<string, StoredRecord>()
  return (line) => {
    const value = parsed(line)
    if (!isWritten(value) || !holds(value.record)) return undefined
    const { record } = value
    if (record.stream !== ownStream && !record.stream.startsWith(`${ownStream}.`)) return undefined
    const before = last.get(record.stream)
    if (before && !follows(record, before)) return undefined
    last.set(record.stream, record)
    return value
  }
}

/**
 * Does a record follow another of the same stream? The directly following record must also name the hash of the other.
 */
const follows = (record: StoredRecord, before: StoredRecord): boolean =>
  record.seq > before.seq && (record.seq > before.seq + 1 || record.prevHash === before.hash)
