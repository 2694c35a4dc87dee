import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { SeenTokens, storedKey, tokenKey } from './seen-tokens.js'
import type { Remembered, UsedToken } from './seen-tokens.js'
import type { AuditDatabase, UsedTokensTable } from './store/schema.js'
import { within } from './store/within.js'

/** Remembers which tokens were used. */
export interface TokenMemory {
  /** Does this process know that the token was used? Asked before the work of verifying it. */
  has(client: string, jti: string, now: number): boolean
  /** Remembers a verified token; `forgotten`: it is older than the memory, so nobody knows whether it was used. */
  remember(token: UsedToken, now: number): Remembered | 'forgotten' | Promise<Remembered | 'forgotten'>
}

/** Used tokens that no record has taken into the store yet. */
export interface WaitingTokens {
  /** All of them; whoever takes them stores them, or gives them back. */
  take(): readonly UsedTokensTable[]
  giveBack(rows: readonly UsedTokensTable[]): void
}

/** Used tokens in the order they came, until somebody takes them. */
class TokenQueue implements WaitingTokens {
  private rows: UsedTokensTable[] = []

  add(row: UsedTokensTable): void {
    this.rows.push(row)
  }

  take(): readonly UsedTokensTable[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  giveBack(rows: readonly UsedTokensTable[]): void {
    this.rows = [...rows, ...this.rows]
  }

  /** While the store is down, what waits for it is bounded by what this process may remember at once. */
  forgetExpired(now: number): void {
    this.rows = this.rows.filter((row) => row.expires_ms >= now)
  }
}

/** The memory of used tokens with a store behind it. */
export interface DurableTokens extends TokenMemory, WaitingTokens {
  /** Forgets what is expired; while the store works, reads what the store remembers, once, and stores what no record took along. */
  tend(now: number): Promise<void>
}

/** What the durable memory is made of. */
export interface TokenMemoryParts {
  db: Kysely<AuditDatabase>
  /** Other processes write to the same store: it is asked about each token before the token is taken. */
  shared: boolean
  startedAt: number
  storeWorks: () => boolean
  stallMs: number
}

const minuteMs = 60_000
const rowsOfPage = 5_000
const rowsOfInsert = 100

/**
 * Makes the memory of used tokens: of this process, which is asked first, and durable in the audit database (SEC-008).
 *
 * Shape:   a token goes into the store with the next record, in the same transaction, so remembering costs no commit of its
 *          own; the token of a call without a record goes within a second. A store that replicas share is asked at once.
 * Edge:    the memory begins with the first record of the store. A token issued before that is refused: after a store was
 *          lost nobody knows which tokens were used.
 * Missing: a store that could not be read since the start counts as lost until it is read.
 */
export function makeTokenMemory(parts: TokenMemoryParts): DurableTokens {
  const { db, shared, startedAt, storeWorks, stallMs } = parts
  const seen = new SeenTokens()
  const waiting = new TokenQueue()
  let begins = startedAt
  let wasRead = false
  let sweptAt = startedAt

  const read = async (now: number): Promise<void> => {
    for await (const { iss, jti, expires_ms: expiresAt } of unexpired(db, now))
      seen.learn(iss, storedKey(jti), { expiresAt, now })
    begins = Math.min(startedAt, (await firstRecordAt(db)) ?? startedAt)
    wasRead = true
  }

  const sweep = async (now: number): Promise<void> => {
    if (now - sweptAt < minuteMs) return
    sweptAt = now
    waiting.forgetExpired(now)
    if (storeWorks()) await db.deleteFrom('used_tokens').where('expires_ms', '<', now).execute()
  }

  return {
    has: (client, jti, now) => seen.has(client, jti, now),
    take: () => waiting.take(),
    giveBack: (rows) => waiting.giveBack(rows),
    async remember(token, now) {
      if (token.issuedAt < wholeSecond(begins)) return 'forgotten'
      const known = seen.remember(token, now)
      if (known !== 'fresh') return known
      const row = { iss: token.client, jti: tokenKey(token.jti), expires_ms: token.expiresAt }
      if (shared && storeWorks()) {
        try {
          return (await within(insert(db, [row]), stallMs)) === 1n ? 'fresh' : 'seen'
        } catch {
          // the store cannot be asked; this process remembers, and tells the store later
        }
      }
      waiting.add(row)
      return 'fresh'
    },
    async tend(now) {
      await sweep(now)
      if (!storeWorks()) return
      if (!wasRead) await read(now)
      await storeWaiting(db, waiting)
    },
  }
}

/** Stores what waits, or leaves it waiting. Throws what the database says. */
async function storeWaiting(db: Kysely<AuditDatabase>, waiting: WaitingTokens): Promise<void> {
  const rows = waiting.take()
  try {
    for (let from = 0; from < rows.length; from += rowsOfInsert)
      await insert(db, rows.slice(from, from + rowsOfInsert))
  } catch (error) {
    waiting.giveBack(rows)
    throw error
  }
}

/** Tokens say when they were issued in whole seconds. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000

/** Stores tokens, and says how many of them were not there yet. */
async function insert(db: Kysely<AuditDatabase>, rows: readonly UsedTokensTable[]): Promise<bigint> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('used_tokens')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['iss', 'jti']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows
}

/** All tokens of the store that could still be used, a page at a time. */
async function* unexpired(db: Kysely<AuditDatabase>, now: number): AsyncGenerator<UsedTokensTable> {
  let last: UsedTokensTable | undefined
  do {
    const { iss = '', jti = '' } = last ?? {}
    const rows = await db
      .selectFrom('used_tokens')
      .selectAll()
      .where('expires_ms', '>=', now)
      .where(sql<boolean>`(iss, jti) > (${iss}, ${jti})`)
      .orderBy('iss')
      .orderBy('jti')
      .limit(rowsOfPage)
      .execute()
    yield* rows
    const next = rows.at(-1)
    if (next?.iss === iss && next.jti === jti) return // text that is no UTF-8 is found again and again
    last = next
  } while (last)
}

async function firstRecordAt(db: Kysely<AuditDatabase>): Promise<number | undefined> {
  const row = await db.selectFrom('records').select('at_ms').orderBy('at_ms').limit(1).executeTakeFirst()
  return row?.at_ms
}
