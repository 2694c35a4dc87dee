import type { KeyObject } from 'node:crypto'
import type { Kysely } from 'kysely'
import { checkpointHolds } from './checkpoint.js'
import type { Checkpoint } from './checkpoint.js'
import { newestRecord } from './store/record-reader.js'
import type { AuditDatabase } from './store/schema.js'

/**
 * Finds the moment of the newest checkpoint in the store, in milliseconds; the next checkpoint names the streams that
 * grew since.
 *
 * Missing: `undefined` without a checkpoint signed by this key; then the next checkpoint names all streams.
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
    return undefined // no JSON, because the body was not written by this service
  }
}
