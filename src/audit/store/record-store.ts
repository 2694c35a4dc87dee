import { CompiledQuery } from 'kysely'
import type { StoredRecord } from '../record.js'
import type { SignHead, SignedHead } from '../signed-head.js'
import { feedbackOn, nameFeedbackPatients, type Arrival } from './feedback-patients.js'
import { keepHead } from './heads.js'
import type { AuditStore } from './open-database.js'
import { tryWriting } from './try-writing.js'
import type { AuditDatabase, CardsTable, CommentsTable, FeedbackTable } from './schema.js'
import type { RecordsTable, UsedTokensTable } from './schema.js'

/** A record with its rows in other tables. */
export interface Written {
  record: StoredRecord
  patientRef?: string
  cards: readonly CardsTable[]
  feedback: readonly FeedbackTable[]
  /** Sealed by the caller, so that a spool holds no plain comment either. */
  comment?: CommentsTable
  /** Tokens used since the last batch, by this call and others. */
  usedTokens?: readonly UsedTokensTable[]
  /**
   * The head at this record, signed when the record went to the spool, so that every part of a spool can be verified
   * alone.
   */
  head?: SignedHead
}

const recordColumns = [
  ...(['stream', 'seq', 'type', 'tenant', 'at', 'at_ms', 'schema_version'] as const),
  ...(['prev_hash', 'hash', 'commitment', 'salt', 'body', 'patient_ref'] as const),
] satisfies readonly (keyof RecordsTable)[]

const cardColumns = [
  ...(['uuid', 'tenant', 'service_id', 'kind', 'indicator', 'patient_ref', 'user_ref'] as const),
  ...(['stage', 'sepsis_criteria', 'shown', 'at_ms', 'stream', 'seq'] as const),
] satisfies readonly (keyof CardsTable)[]

const feedbackColumns = [
  ...(['card', 'tenant', 'outcome', 'outcome_at', 'received_ms', 'reasoned', 'stream', 'seq'] as const),
] satisfies readonly (keyof FeedbackTable)[]

const commentColumns = [
  ...(['card', 'tenant', 'received_ms', 'stream', 'seq', 'sealed'] as const),
] satisfies readonly (keyof CommentsTable)[]

const tokenColumns = ['iss', 'jti', 'expires_ms'] as const satisfies readonly (keyof UsedTokensTable)[]

type Cell = string | number | null
type Row = readonly Cell[]

/**
 * The most rows of one insert: databases limit the values of a statement, and each number of rows needs a separate SQL
 * text.
 */
const mostRows = 32

function inSlices(rows: readonly Row[]): readonly (readonly Row[])[] {
  const slices: (readonly Row[])[] = []
  for (let from = 0; from < rows.length; from += mostRows) slices.push(rows.slice(from, from + mostRows))
  return slices
}

/** Joins the cells of all rows; `flat()` takes several times longer. */
function cellsOf(rows: readonly Row[]): Cell[] {
  const cells: Cell[] = []
  for (const row of rows) cells.push(...row)
  return cells
}

const recordCells = ({ record, patientRef }: Written): Row => [
  record.stream,
  record.seq,
  record.type,
  record.tenant,
  record.at,
  Date.parse(record.at),
  record.schemaVersion,
  record.prevHash,
  record.hash,
  record.commitment,
  record.salt ?? null,
  record.body ?? null,
  patientRef ?? null,
]

/**
 * The cells of a card. The columns are written out, because a record brings three cards and reading columns by name
 * takes several times longer.
 */
const cardCells = (card: CardsTable): Row => [
  card.uuid,
  card.tenant,
  card.service_id,
  card.kind,
  card.indicator,
  card.patient_ref,
  card.user_ref,
  card.stage,
  card.sepsis_criteria,
  card.shown,
  card.at_ms,
  card.stream,
  card.seq,
]

interface Table {
  name: keyof AuditDatabase
  columns: readonly string[]
}
const records: Table = { name: 'records', columns: recordColumns }
const cards: Table = { name: 'cards', columns: cardColumns }
const feedback: Table = { name: 'feedback', columns: feedbackColumns }
const comments: Table = { name: 'comments', columns: commentColumns }
const tokens: Table = { name: 'used_tokens', columns: tokenColumns }

/** Stores a batch of records, all or none; an empty batch tests whether the store can write. */
export type StoreBatch = (batch: readonly Written[], arrival?: Arrival) => Promise<void>

/** Makes the queries that store a batch. */
export type BatchQueries = (batch: readonly Written[], arrival: Arrival) => readonly CompiledQuery[]

/**
 * The signed heads of a batch, one for each stream.
 *
 * Shape: an in-time batch belongs to this process, and is signed here from memory, with one signature for the whole
 *        batch. A late batch comes from a spool, whose records were signed when they were spooled.
 */
function headsOf(batch: readonly Written[], arrival: Arrival, sign: SignHead): readonly SignedHead[] {
  const last = batch.at(-1)
  if (arrival === 'in-time') return last ? [sign(last.record)] : []
  const byStream = new Map<string, SignedHead>()
  for (const { head } of batch)
    if (head && head.seq > (byStream.get(head.stream)?.seq ?? 0)) byStream.set(head.stream, head)
  return [...byStream.values()]
}

/**
 * Makes the queries of batches: records with their cards, feedback, comments and tokens, and the signed head after
 * them.
 *
 * Shape: the SQL text of an insert is built once for each number of rows, because building the text costs more than
 *        running it.
 * Edge:  existing rows stay unchanged, so that a spool may be moved into the store twice.
 */
export function makeBatchQueries(db: AuditStore, sign: SignHead): BatchQueries {
  const texts = new Map<string, string>()
  const textFor = ({ name, columns }: Table, rows: number): string => {
    const known = texts.get(`${name} ${rows}`)
    if (known !== undefined) return known
    const row = Object.fromEntries(columns.map((column) => [column, 0]))
    const { sql } = db
      .insertInto(name)
      .values(new Array<never>(rows).fill(row as never))
      .onConflict((conflict) => conflict.doNothing())
      .compile()
    texts.set(`${name} ${rows}`, sql)
    return sql
  }
  const inserts = (table: Table, rows: readonly Row[]): readonly CompiledQuery[] =>
    inSlices(rows).map((slice) => CompiledQuery.raw(textFor(table, slice.length), cellsOf(slice)))
  const keep = keepHead(db)
  return (batch, arrival) => {
    const cardRows = batch.flatMap((written) => written.cards.map(cardCells))
    const feedbackRows = batch.flatMap((written) =>
      written.feedback.map((row) => feedbackColumns.map((name) => row[name] ?? null)),
    )
    const commentRows = batch.flatMap(({ comment }) =>
      comment ? [commentColumns.map((name) => comment[name])] : [],
    )
    const tokenRows = batch.flatMap(({ usedTokens = [] }) =>
      usedTokens.map((row) => tokenColumns.map((name) => row[name])),
    )
    const spokenOf = feedbackOn(batch, arrival)
    return [
      ...inserts(records, batch.map(recordCells)),
      ...inserts(cards, cardRows),
      ...inserts(feedback, feedbackRows),
      ...inserts(comments, commentRows),
      ...inserts(tokens, tokenRows),
      ...headsOf(batch, arrival, sign).map(keep),
      ...(spokenOf.cards.length > 0 ? [nameFeedbackPatients(db, spokenOf)] : []),
    ]
  }
}

/**
 * Makes the writer of batches, with one transaction and one commit for each batch.
 *
 * Throws: the error of the database; then nothing of the batch is stored.
 */
export function makeStoreBatch(db: AuditStore, sign: SignHead): StoreBatch {
  const queriesOf = makeBatchQueries(db, sign)
  return (batch, arrival = 'in-time') =>
    batch.length === 0 ? tryWriting(db) : db.allOrNothing(queriesOf(batch, arrival))
}
