import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { strangeLine } from '../export-line.js'
import type { AuditDatabase } from './schema.js'

/** The tables whose rows have a place in the chain. */
const placed = ['records', 'heads', 'cards', 'feedback', 'comments'] as const

/** The most rows to report for each table; `verify` refuses the log for a single row. */
const mostRows = 1_000

/** The characters of stream names, the most frequent first. */
const nameCharacters = '0123456789-TZ.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSUVWXY_'

/**
 * Can a record be at the place of this row: a stream name of the allowed characters, and a whole number from 1 to the
 * largest safe integer?
 *
 * Edge: a database file accepts any value in any column. A number may therefore be text, a fraction or bytes, and a
 *       name may be invalid UTF-8, which reads as another name than the stored name.
 */
export const isPlace = (table: (typeof placed)[number]): RawBuilder<boolean> => {
  const [stream, seq] = [sql.ref(`${table}.stream`), sql.ref(`${table}.seq`)]
  return sql<boolean>`(cast(${stream} as text) = ${stream} and ltrim(${stream}, ${sql.lit(nameCharacters)}) = ''
    and cast(${seq} as bigint) = ${seq} and ${seq} between 1 and ${sql.lit(Number.MAX_SAFE_INTEGER)}) is true`
}

/**
 * Lists as lines of an export the places of all rows that reading by stream and number does not reach: rows at places
 * where no record can be, and comments without their feedback.
 *
 * Shape: the place alone, as text. The service writes no such row, so `verify` reports each of them.
 */
export async function strangeRows(db: Kysely<AuditDatabase>): Promise<readonly string[]> {
  const lines: string[] = []
  for (const table of placed) {
    const wanted =
      table === 'comments' ? sql`not ${isPlace(table)} or ${isLonely}` : sql`not ${isPlace(table)}`
    const { rows } = await sql<{ stream: string | null; seq: string | null }>`
      select cast(stream as text) as stream, cast(seq as text) as seq from ${sql.table(table)}
      where ${wanted} limit ${sql.lit(mostRows)}`.execute(db)
    for (const { stream, seq } of rows)
      lines.push(strangeLine({ table, stream: stream ?? '', seq: seq ?? '' }))
  }
  return lines
}

const isLonely = sql`not exists (select 1 from records where records.stream = comments.stream
  and records.seq = comments.seq and records.type = 'feedback' and records.body is not null)`
