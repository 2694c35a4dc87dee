import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { SeenTokens, storedKey, tokenKey } from './seen-tokens.js'
import type { Remembered, UsedToken } from './seen-tokens.js'
import type { AuditDatabase, UsedTokensTable } from './store/schema.js'
import { within } from './store/within.js'

/** Remembers which tokens were used. */
export interface TokenMemory {
  /** Does this process know that the token was used? Checked before the costly verification of the token. */
  has(client: string, jti: string, now: number): boolean
  /**
   * Remembers a verified token; `forgotten`: the token is older than the memory, which cannot tell whether the token
   * was used.
   */
  remember(token: UsedToken, now: number): Remembered | 'forgotten' | Promise<Remembered | 'forgotten'>
}

/** The used tokens that are not stored yet. */
export interface WaitingTokens {
  /** Removes and returns all waiting tokens; the caller must store them or give them back. */
  take(): readonly UsedTokensTable[]
  giveBack(rows: readonly UsedTokensTable[]): void
}

/** The used tokens in the order of their arrival. */
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

  /** Drops expired tokens while the store is down; `SeenTokens` bounds the number of the others. */
  forgetExpired(now: number): void {
    this.rows = this.rows.filter((row) => row.expires_ms >= now)
  }
}

/** The memory of used tokens with a store behind it. */
export interface DurableTokens extends TokenMemory, WaitingTokens {
  /** Drops expired tokens and, while the store works, reads the stored tokens once and stores the waiting tokens. */
  tend(now: number): Promise<void>
}

/** The parts that the durable memory is built from. */
export interface TokenMemoryParts {
  db: Kysely<AuditDatabase>
  /** True when other processes write to the same store; the store is then checked for each token. */
  shared: boolean
  startedAt: number
  storeWorks: () => boolean
  stallMs: number
}

const minuteMs = 60_000
const rowsOfPage = 5_000
const rowsOfInsert = 100

/**
 * Makes the memory of used tokens: in this process, which is checked first, and durable in the audit database
 * (SEC-008).
 *
 * Shape:   a token is stored with the next record, in the same transaction, so that it costs no separate commit. The
 *          token of a call without a record is stored within a second. A store that replicas share is checked for each
 *          token at once.
 * Edge:    the memory begins with the first record of the store. A token issued earlier is refused, because after the
 *          loss of a store nobody knows which tokens were used.
 * Missing: a store that has not been read since the start counts as lost until it is read.
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
          // the store does not answer; this process remembers the token and stores it later
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

/** Stores the waiting tokens; after an error they wait again. Throws the error of the database. */
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

/** Rounds down to whole seconds, because tokens give their issue time in whole seconds. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1_000) * 1_000

/** Stores tokens, and returns how many of them were new. */
async function insert(db: Kysely<AuditDatabase>, rows: readonly UsedTokensTable[]): Promise<bigint> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('used_tokens')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['iss', 'jti']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows
}

/** Reads all stored tokens that are not expired, a page at a time. */
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
    if (next?.iss === iss && next.jti === jti) return // an id of invalid UTF-8 would be found again and again
    last = next
  } while (last)
}

async function firstRecordAt(db: Kysely<AuditDatabase>): Promise<number | undefined> {
  const row = await db.selectFrom('records').select('at_ms').orderBy('at_ms').limit(1).executeTakeFirst()
  return row?.at_ms
}
