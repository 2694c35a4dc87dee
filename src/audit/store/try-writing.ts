import { randomBytes } from 'node:crypto'
import type { AuditStore } from './open-database.js'

/** More than a call's record takes, so that a disk with room for this has room for the next call. No engine can pack it. */
const large = randomBytes(49_152).toString('base64')
const stream = 'a try'

/**
 * Asks whether the store can keep a record: writes one large row and takes it back, in one transaction.
 *
 * Edge:   a store that can be read but not written (a full disk, a read-only one) does not work; nobody ever sees the row.
 * Throws: what the database said.
 */
export function tryWriting(db: AuditStore): Promise<void> {
  const row = { card: '', tenant: '', received_ms: 0, stream, seq: 0, sealed: large }
  return db.allOrNothing([
    db.insertInto('comments').values(row).compile(),
    db.deleteFrom('comments').where('stream', '=', stream).compile(),
  ])
}
