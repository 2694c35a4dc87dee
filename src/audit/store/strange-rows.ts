import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { strangeLine } from '../export-line.js'
import type { AuditDatabase } from './schema.js'

/** Every table whose rows have a place in the chain. */
const placed = ['records', 'heads', 'cards', 'feedback', 'comments'] as const

/** More than this are never needed: one is enough for `verify` to refuse the log. */
const mostRows = 1_000

/** What names of streams are made of, the most frequent first. */
const nameCharacters = '0123456789-TZ.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSUVWXY_'

/**
 * Can a record stand at the place of this row: a name such as streams have, and a whole number from 1 to the largest safe one?
 *
 * Edge: a database file takes any value in any column, so a number may be text, a fraction or bytes there, and a name may be
 *       text that is no UTF-8, which reads as another name than the one it is found by.
 */
export const isPlace = (table: (typeof placed)[number]): RawBuilder<boolean> => {
  const [stream, seq] = [sql.ref(`${table}.stream`), sql.ref(`${table}.seq`)]
  return sql<boolean>`(cast(${stream} as text) = ${stream} and ltrim(${stream}, ${sql.lit(nameCharacters)}) = ''
    and cast(${seq} as bigint) = ${seq} and ${seq} between 1 and ${sql.lit(Number.MAX_SAFE_INTEGER)}) is true`
}

/**
 * The places of all rows that no reader by stream and number comes by, as lines of an export: those where no record can
 * stand, and comments without the feedback that they belong to.
 *
 * Shape: the place alone, as texts; the service writes no such row, so `verify` names each.
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
