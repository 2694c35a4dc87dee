import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { rangesOf } from './place-ranges.js'
import type { Place, PlaceRanges } from './place-ranges.js'
import type { Head } from './signed-head.js'
import { eventsOnly } from './store/schema.js'
import type { AuditDatabase } from './store/schema.js'

/**
 * The body of the `migration` record: the content of a store when the signing of its streams began. A store has this
 * record from its first start on, so that nobody can later add records and claim that they are older than the signing.
 */
export interface MigrationBody {
  /** The heads of the streams that were never signed; empty for a new store. */
  older: readonly Head[]
  /** The places in those streams whose body was erased before. */
  purged: PlaceRanges
}

const page = 5_000

/**
 * Builds the body of the `migration` record of a store.
 *
 * Edge:    an older store is read once from start to end, a page at a time.
 * Missing: `undefined` when the store already has its record.
 */
export async function migrationOf(db: Kysely<AuditDatabase>): Promise<MigrationBody | undefined> {
  const known = await db
    .selectFrom('records')
    .select('seq')
    .where('type', '=', 'migration')
    .where(eventsOnly())
    .limit(1)
    .executeTakeFirst()
  if (known) return undefined
  const older = await unsignedEnds(db)
  const purged: Record<string, PlaceRanges[string]> = {}
  for (const { stream } of older) Object.assign(purged, rangesOf(await erasedIn(db, stream)))
  return { older, purged }
}

async function unsignedEnds(db: Kysely<AuditDatabase>): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    select records.stream, records.seq, records.hash from records
    join (select stream, max(seq) as seq from records group by stream) as ends
      on ends.stream = records.stream and ends.seq = records.seq
    where not exists (select 1 from heads where heads.stream = records.stream)
    order by records.stream`.execute(db)
  return rows.map(({ stream, seq, hash }) => ({ stream, seq, hash }))
}

async function erasedIn(db: Kysely<AuditDatabase>, stream: string): Promise<readonly Place[]> {
  const places: Place[] = []
  for (let from = 0; ;) {
    const rows = await db
      .selectFrom('records')
      .select(['seq', sql<number>`case when body is null then 1 else 0 end`.as('erased')])
      .where('stream', '=', stream)
      .where('seq', '>', from)
      .orderBy('seq')
      .limit(page)
      .execute()
    for (const { seq, erased } of rows) if (erased === 1) places.push({ stream, seq })
    const last = rows.at(-1)
    if (!last || rows.length < page) return places
    from = last.seq
  }
}
