import type { Kysely } from 'kysely'
import { headLine, lineOf, rowLine } from '../export-line.js'
import type { ExportedRecord } from '../export-line.js'
import type { Place } from '../place-ranges.js'
import { streamEnds } from './heads.js'
import type { StreamEnd } from './heads.js'
import { storedRecordOf } from './record-reader.js'
import { eventsOnly } from './schema.js'
import type { AuditDatabase, RecordsTable } from './schema.js'
import { isPlace, strangeRows } from './strange-rows.js'

/** A piece of an export: whole lines, and the record they end with, from which a stopped export can go on. */
export interface ExportPiece {
  lines: readonly string[]
  at?: Place
}

/** Where an earlier try of the same export stopped. */
export interface ExportStop {
  after: Place
  /** Last number of each stream, as the heads at the beginning of the file have it. */
  ends: ReadonlyMap<string, number>
}

const page = 200
const mostRows = 1_000

const recordOf = (row: RecordsTable): ExportedRecord => ({
  ...storedRecordOf(row),
  atMs: row.at_ms,
  ...(row.patient_ref !== null && { patientRef: row.patient_ref }),
})

/**
 * The whole store as lines for `audit verify`: the signed heads of all streams, then stream by stream each record with the
 * rows that belong to it, then rows that belong to no record, then those where no record can stand.
 *
 * Shape: bounded memory. A stream ends where it ended when the heads were read, whatever is written meanwhile.
 * Edge:  records behind the signed head of their stream are exported all the same: `verify` names them. A stream that was
 *        begun after the heads were read is left out, so an export that goes on leaves out the streams begun since.
 */
export async function* wholeStore(db: Kysely<AuditDatabase>, stop?: ExportStop): AsyncGenerator<ExportPiece> {
  const ends = await streamEnds(db)
  if (!stop) yield { lines: ends.flatMap(({ head }) => (head ? [headLine(head)] : [])) }
  for (const end of ends) {
    if (stop && (end.stream < stop.after.stream || isNewer(end, stop))) continue
    const from = stop?.after.stream === end.stream ? stop.after.seq : 0
    yield* oneStream(db, end.stream, from, lastOf(end, stop))
  }
  for (const table of ['cards', 'feedback'] as const) yield* strayRows(db, table)
  for (const line of await strangeRows(db)) yield { lines: [line] }
}

/** Was the stream begun after the heads of the file were read? One that nobody has signed never counts as begun later. */
const isNewer = ({ stream, head }: StreamEnd, { ends }: ExportStop): boolean =>
  head !== undefined && !ends.has(stream)

/** The last number to export; without a bound where there is no signed head, or records behind it. */
function lastOf({ stream, last, head }: StreamEnd, stop: ExportStop | undefined): number {
  if (!head || last > head.seq) return Number.MAX_SAFE_INTEGER
  return stop?.ends.get(stream) ?? head.seq
}

async function* oneStream(
  db: Kysely<AuditDatabase>,
  stream: string,
  from: number,
  last: number,
): AsyncGenerator<ExportPiece> {
  for (let after = from; ;) {
    const rows = await db
      .selectFrom('records')
      .selectAll()
      .where('stream', '=', stream)
      .where('seq', '>', after)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(page)
      .execute()
    const end = rows.at(-1)?.seq
    if (end === undefined) return
    const beside = await rowsBetween(db, stream, after, end)
    for (const row of rows)
      yield { lines: [lineOf(recordOf(row)), ...(beside.get(row.seq) ?? [])], at: { stream, seq: row.seq } }
    after = end
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}

/** Lines of the rows of some records, by the number of the record. */
async function rowsBetween(
  db: Kysely<AuditDatabase>,
  stream: string,
  after: number,
  end: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const lines = new Map<number, string[]>()
  const put = (seq: number, line: string): void => {
    const known = lines.get(seq)
    if (known) known.push(line)
    else lines.set(seq, [line])
  }
  for (const table of ['cards', 'feedback'] as const) {
    const rows = await db
      .selectFrom(table)
      .selectAll(table)
      .where('stream', '=', stream)
      .where('seq', '>', after)
      .where('seq', '<=', end)
      .execute()
    for (const row of rows) put(row.seq, rowLine({ table, row } as never))
  }
  return lines
}

/** Rows whose record is not in the store: nobody but somebody with rights on the database can have written them. */
async function* strayRows(
  db: Kysely<AuditDatabase>,
  table: 'cards' | 'feedback',
): AsyncGenerator<ExportPiece> {
  const rows = await db
    .selectFrom(table)
    .selectAll(table)
    .where(isPlace(table))
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('records')
            .select('records.seq')
            .whereRef('records.stream', '=', `${table}.stream`)
            .whereRef('records.seq', '=', `${table}.seq`),
        ),
      ),
    )
    .limit(mostRows)
    .execute()
  for (const row of rows) yield { lines: [rowLine({ table, row } as never)] }
}

/** How many purges there were: one that ran while a store was exported makes the export useless for `verify`. */
export async function countPurges(db: Kysely<AuditDatabase>): Promise<number> {
  const { count } = await db
    .selectFrom('records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('type', '=', 'purge')
    .where(eventsOnly())
    .executeTakeFirstOrThrow()
  return count
}
