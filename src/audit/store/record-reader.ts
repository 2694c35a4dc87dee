import type { Kysely } from 'kysely'
import type { RecordType, StoredRecord } from '../record.js'
import { eventsOnly } from './schema.js'
import type { AuditDatabase, RecordsTable } from './schema.js'

/** The records to read; every part may be absent. */
export interface RecordRange {
  /** Milliseconds since 1970; the range includes `from` and excludes `to`. */
  from?: number
  to?: number
  types?: readonly RecordType[]
  tenant?: string
  /** The record after which the reading continues. */
  after?: { stream: string; seq: number }
}

const page = 200

/** Converts a row of the table into a record; a purged body or salt is absent. */
export const storedRecordOf = (row: RecordsTable): StoredRecord => ({
  schemaVersion: row.schema_version,
  stream: row.stream,
  seq: row.seq,
  prevHash: row.prev_hash,
  type: row.type as RecordType,
  tenant: row.tenant,
  at: row.at,
  commitment: row.commitment,
  hash: row.hash,
  ...(row.body !== null && { body: row.body }),
  ...(row.salt !== null && { salt: row.salt }),
})

/** The last moment of a JavaScript Date in milliseconds, for a range without an end. */
export const endOfTime = 8_640_000_000_000_000

/** Lists the streams with a record in the range, by name, which is also the order of their start times. */
async function streamsIn(db: Kysely<AuditDatabase>, { from = 0, to = endOfTime }: RecordRange) {
  const rows = await db
    .selectFrom('records')
    .select('stream')
    .distinct()
    .where('at_ms', '>=', from)
    .where('at_ms', '<', to)
    .execute()
  return rows.map(({ stream }) => stream).sort() // sorted here, because a server may sort by the rules of a language
}

/**
 * Reads records stream by stream, each in its order, a page at a time.
 *
 * Shape: bounded memory for any range; between pages the event loop runs other work.
 */
export async function* readPages(
  db: Kysely<AuditDatabase>,
  range: RecordRange = {},
): AsyncGenerator<readonly StoredRecord[]> {
  const { from = 0, to = endOfTime, types, tenant, after } = range
  for (const stream of await streamsIn(db, range)) {
    if (after && stream < after.stream) continue
    let seq = after?.stream === stream ? after.seq : 0
    for (;;) {
      let query = db
        .selectFrom('records')
        .selectAll()
        .where('stream', '=', stream)
        .where('seq', '>', seq)
        .where('at_ms', '>=', from)
        .where('at_ms', '<', to)
      if (types) query = query.where('type', 'in', types)
      if (tenant !== undefined) query = query.where('tenant', '=', tenant)
      const rows = await query.orderBy('seq').limit(page).execute()
      yield rows.map(storedRecordOf)
      const last = rows.at(-1)
      if (!last || rows.length < page) break
      seq = last.seq
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}

/** Reads the records of `readPages` one after another. */
export async function* readRecords(
  db: Kysely<AuditDatabase>,
  range: RecordRange = {},
): AsyncGenerator<StoredRecord> {
  for await (const records of readPages(db, range)) yield* records
}

/** Counts the records of the range, for a progress bar. */
export async function countRecords(db: Kysely<AuditDatabase>, range: RecordRange): Promise<number> {
  const { from = 0, to = endOfTime, types, tenant } = range
  let query = db
    .selectFrom('records')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('at_ms', '>=', from)
    .where('at_ms', '<', to)
  if (types) query = query.where('type', 'in', types)
  if (tenant !== undefined) query = query.where('tenant', '=', tenant)
  const { count } = await query.executeTakeFirstOrThrow()
  return count
}

/** Reads the newest record of a type, if there is one. */
export async function newestRecord(
  db: Kysely<AuditDatabase>,
  type: RecordType,
): Promise<StoredRecord | undefined> {
  const row = await db
    .selectFrom('records')
    .selectAll()
    .where('type', '=', type)
    .where(eventsOnly())
    .orderBy('at_ms', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && storedRecordOf(row)
}

/** Reads all records of a rare type, which is neither call nor feedback. */
export async function recordsOfType(
  db: Kysely<AuditDatabase>,
  type: Exclude<RecordType, 'invocation' | 'feedback'>,
): Promise<readonly StoredRecord[]> {
  const rows = await db
    .selectFrom('records')
    .selectAll()
    .where('type', '=', type)
    .where(eventsOnly())
    .execute()
  return rows.map(storedRecordOf)
}
