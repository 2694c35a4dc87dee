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

/** A piece of an export: complete lines, and the place of their record, from which a stopped export can continue. */
export interface ExportPiece {
  lines: readonly string[]
  at?: Place
}

/** The position at which an earlier run of the same export stopped. */
export interface ExportStop {
  after: Place
  /** The last number of each stream, from the heads at the beginning of the file. */
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
 * Exports the whole store as lines for `audit verify`: the signed heads of all streams, then for each stream its
 * records with their rows, then rows without a record, then rows at places where no record can be.
 *
 * Shape: bounded memory. Each stream ends at its end when the heads were read, whatever is written meanwhile.
 * Edge:  records after the signed head of their stream are exported too, and `verify` reports them. A stream that began
 *        after the heads were read is left out, so a continued export leaves out the streams that began since its first
 *        run.
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

/** Did the stream begin after the heads of the file were read? A stream without a signed head never counts as newer. */
const isNewer = ({ stream, head }: StreamEnd, { ends }: ExportStop): boolean =>
  head !== undefined && !ends.has(stream)

/** The last number to export; unlimited without a signed head, and when records follow the head. */
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

/** The lines of the rows of some records, by the number of the record. */
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

/**
 * Yields the rows whose record is not in the store; only an account with rights on the database can have written them.
 */
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

/** Counts the purges; `verify` cannot check an export during which a purge ran. */
export async function countPurges(db: Kysely<AuditDatabase>): Promise<number> {
  const { count } = await db
    .selectFrom('records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('type', '=', 'purge')
    .where(eventsOnly())
    .executeTakeFirstOrThrow()
  return count
}
