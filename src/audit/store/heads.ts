import { CompiledQuery, sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { SignedHead } from '../signed-head.js'
import type { AuditDatabase, HeadsTable } from './schema.js'
import { isPlace } from './strange-rows.js'

/**
 * Makes the query that stores the signed head of a stream.
 *
 * Edge: a stored head is never replaced by an older head, which a stalled store may write after a newer one.
 */
export function keepHead(db: Kysely<AuditDatabase>): (head: SignedHead) => CompiledQuery {
  const row = { stream: '', seq: 0, hash: '', at: '', key_id: '', signature: '' }
  const { sql: text } = db
    .insertInto('heads')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('stream')
        .doUpdateSet((of) => ({
          seq: of.ref('excluded.seq'),
          hash: of.ref('excluded.hash'),
          at: of.ref('excluded.at'),
          key_id: of.ref('excluded.key_id'),
          signature: of.ref('excluded.signature'),
        }))
        .whereRef('heads.seq', '<', 'excluded.seq'),
    )
    .compile()
  return ({ stream, seq, hash, at, keyId, signature }) =>
    CompiledQuery.raw(text, [stream, seq, hash, at, keyId, signature])
}

/** Converts a row of the database into a signed head. */
export const headOfRow = ({ stream, seq, hash, at, key_id: keyId, signature }: HeadsTable): SignedHead => ({
  stream,
  seq,
  hash,
  at,
  keyId,
  signature,
})

/**
 * Reads the heads whose last record was written at or after a moment in milliseconds; signatures are not checked here.
 */
export async function headsAfter(db: Kysely<AuditDatabase>, since: number): Promise<readonly SignedHead[]> {
  const from = new Date(Math.max(0, since)).toISOString() // ISO moments sort as text
  const rows = await db
    .selectFrom('heads')
    .selectAll()
    .where('at', '>=', from)
    .orderBy('at', 'desc')
    .limit(mostHeads)
    .execute()
  return rows.map(headOfRow)
}

/** The most heads to read: so many streams grow between two checkpoints only if heads are forged. */
const mostHeads = 2_000

/** The end of a stream at one moment, and the signed head of the stream. */
export interface StreamEnd {
  stream: string
  /** The number of the last record; 0 for a head without any record. */
  last: number
  head?: SignedHead
}

/**
 * Reads the ends of all streams at one moment, by name: one statement reads records and heads.
 *
 * Edge: rows at places where no record can be are left out; `strangeRows` finds them.
 */
export async function streamEnds(db: Kysely<AuditDatabase>): Promise<readonly StreamEnd[]> {
  const { rows } = await sql<{ name: string; last: number } & (HeadsTable | { signature: null })>`
    select ends.stream as name, ends.last as last, heads.*
    from (select stream, max(seq) as last from records where ${isPlace('records')} group by stream) as ends
    left join heads on heads.stream = ends.stream and ${isPlace('heads')}
    union all
    select heads.stream as name, 0 as last, heads.* from heads
    where ${isPlace('heads')} and not exists
      (select 1 from records where records.stream = heads.stream and ${isPlace('records')})`.execute(db)
  const ends = rows.map((row) => ({
    stream: row.name,
    last: row.last,
    ...(row.signature !== null && { head: headOfRow(row) }),
  }))
  return ends.sort((a, b) => (a.stream < b.stream ? -1 : 1)) // databases sort names in different ways
}
