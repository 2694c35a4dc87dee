import type { Kysely } from 'kysely'
import type { AuditDatabase } from './store/schema.js'
import { within } from './store/within.js'

/** As `ReplayStore` of the trust room has it. */
export interface TokenMemory {
  remember(client: string, jti: string, expiresAt: number, now: number): Promise<'fresh' | 'seen' | 'full'>
}

const purgeEveryMs = 60_000
const mostLocal = 100_000

/**
 * Remembers used tokens in the audit database, so that every replica refuses a replay (SEC-008).
 *
 * Shape:   rows of expired tokens are deleted at most once a minute.
 * Missing: while the database cannot be asked, this process remembers by itself; `full` when even that is too much.
 */
export function makeTokenMemory(db: Kysely<AuditDatabase>, stallMs: number): TokenMemory {
  const local = new Map<string, number>()
  let purgedAt = 0

  const purge = async (now: number): Promise<void> => {
    purgedAt = now
    for (const [key, expiresAt] of local) if (expiresAt < now) local.delete(key)
    await db.deleteFrom('used_tokens').where('expires_ms', '<', now).execute()
  }

  const insert = async (iss: string, jti: string, expiresAt: number): Promise<boolean> => {
    const { numInsertedOrUpdatedRows = 0n } = await db
      .insertInto('used_tokens')
      .values({ iss, jti, expires_ms: expiresAt })
      .onConflict((conflict) => conflict.columns(['iss', 'jti']).doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows > 0n
  }

  return {
    async remember(client, jti, expiresAt, now) {
      const key = `${client}\n${jti}`
      if (local.has(key)) return 'seen'
      try {
        if (now - purgedAt >= purgeEveryMs) await within(purge(now), stallMs)
        return (await within(insert(client, jti, expiresAt), stallMs)) ? 'fresh' : 'seen'
      } catch {
        if (local.size >= mostLocal) return 'full'
        local.set(key, expiresAt)
        return 'fresh'
      }
    },
  }
}
