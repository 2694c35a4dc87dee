import { randomBytes } from 'node:crypto'
import type { AuditStore } from './open-database.js'

/**
 * Larger than the record of a call, so that a disk with room for this text has room for a record; random, so that it
 * cannot be compressed.
 */
const large = randomBytes(49_152).toString('base64')
const stream = 'a try'

/**
 * Tests whether the store can write a record: inserts and deletes one large row in one transaction.
 *
 * Edge:   a store that can be read but not written (full disk, read-only file) fails the test. No reader ever sees the
 *         row.
 * Throws: the error of the database.
 */
export function tryWriting(db: AuditStore): Promise<void> {
  const row = { card: '', tenant: '', received_ms: 0, stream, seq: 0, sealed: large }
  return db.allOrNothing([
    db.insertInto('comments').values(row).compile(),
    db.deleteFrom('comments').where('stream', '=', stream).compile(),
  ])
}
