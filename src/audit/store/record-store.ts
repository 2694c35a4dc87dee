import { CompiledQuery } from 'kysely'
import type { StoredRecord } from '../record.js'
import { feedbackOn, nameFeedbackPatients } from './feedback-patients.js'
import type { AuditStore } from './open-database.js'
import { tryWriting } from './try-writing.js'
import type { AuditDatabase, CardsTable, CommentsTable, FeedbackTable, RecordsTable } from './schema.js'

/** What one record brings into the database besides itself. */
export interface Written {
  record: StoredRecord
  patientRef?: string
  cards: readonly CardsTable[]
  feedback: readonly FeedbackTable[]
  /** Sealed before it came here: a spool holds no words either. */
  comment?: CommentsTable
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
  ...(['card', 'tenant', 'outcome', 'outcome_at', 'received_ms', 'stream', 'seq'] as const),
] satisfies readonly (keyof FeedbackTable)[]

const commentColumns = [
  ...(['card', 'tenant', 'received_ms', 'stream', 'seq', 'sealed'] as const),
] satisfies readonly (keyof CommentsTable)[]

type Cell = string | number | null
type Row = readonly Cell[]

/** Most rows of one insert: engines limit the values of a statement, and each number of rows has a text of its own. */
const mostRows = 32

function inSlices(rows: readonly Row[]): readonly (readonly Row[])[] {
  const slices: (readonly Row[])[] = []
  for (let from = 0; from < rows.length; from += mostRows) slices.push(rows.slice(from, from + mostRows))
  return slices
}

/** The cells of all rows, one after another; `flat()` takes several times longer. */
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

/** Written out, since three cards come with each record: reading columns by their names takes several times longer. */
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

/** Stores a batch of records, all or nothing; an empty batch asks whether the store can write. */
export type StoreBatch = (batch: readonly Written[], arrival?: Arrival) => Promise<void>

/** A late batch comes from the spool: feedback on its cards may have been stored before it, by another replica. */
export type Arrival = 'in-time' | 'late'

/**
 * Makes the writer of batches: records with their cards, feedback and comments in one transaction, one commit for all of them.
 *
 * Shape:  the text of each insert is built once per number of rows and used again; building it costs more than running it.
 * Edge:   what is there already stays as it is, so that a spool may be drained twice.
 * Throws: what the database said; then nothing of the batch is stored.
 */
export function makeStoreBatch(db: AuditStore): StoreBatch {
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
  return async (batch, arrival = 'in-time') => {
    if (batch.length === 0) return tryWriting(db)
    const cardRows = batch.flatMap((written) => written.cards.map(cardCells))
    const feedbackRows = batch.flatMap((written) =>
      written.feedback.map((row) => feedbackColumns.map((name) => row[name])),
    )
    const commentRows = batch.flatMap(({ comment }) =>
      comment ? [commentColumns.map((name) => comment[name])] : [],
    )
    const spokenOf = feedbackOn(batch, arrival)
    await db.allOrNothing([
      ...inserts(records, batch.map(recordCells)),
      ...inserts(cards, cardRows),
      ...inserts(feedback, feedbackRows),
      ...inserts(comments, commentRows),
      ...(spokenOf.cards.length > 0 ? [nameFeedbackPatients(db, spokenOf)] : []),
    ])
  }
}
