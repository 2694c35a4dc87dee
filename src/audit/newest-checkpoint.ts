import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { checkpointHolds } from './checkpoint.js'
import type { Checkpoint } from './checkpoint.js'
import { newestRecord } from './store/record-reader.js'
import type { AuditDatabase } from './store/schema.js'

/**
 * The moment of the newest checkpoint in the store, in ms: streams that grew since have to be named.
 *
 * Missing: `undefined` when there is none, or it is not signed by this key: then all streams are named.
 */
export async function newestCheckpointAt(
  db: Kysely<AuditDatabase>,
  publicKey: KeyObject,
): Promise<number | undefined> {
  const newest = await newestRecord(db, 'checkpoint')
  if (newest?.body === undefined) return undefined
  try {
    const checkpoint = JSON.parse(newest.body) as Checkpoint
    return checkpointHolds(checkpoint, publicKey) ? Date.parse(checkpoint.at) : undefined
  } catch {
    return undefined // no JSON: somebody wrote it by hand
  }
}
