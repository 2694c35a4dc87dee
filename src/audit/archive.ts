import type { CompiledQuery, Kysely } from 'kysely'
import type { AdminRole, Settings } from '../config/settings.js'
import { auditPlaces, streamName } from './audit-places.js'
import { makeChain } from './chain.js'
import { wholeService } from './change-events.js'
import { readEpochKeys, readSigningKey } from './key-files.js'
import type { SigningKey } from './key-files.js'
import { migrationOf } from './migration-record.js'
import { pseudonymsOf } from './pseudonym.js'
import type { EpochPseudonyms } from './pseudonym.js'
import type { RecordType } from './record.js'
import { makeSignHead } from './signed-head.js'
import type { Head } from './signed-head.js'
import { migrate } from './store/migrations.js'
import { openDatabase } from './store/open-database.js'
import { makeBatchQueries } from './store/record-store.js'
import type { AuditDatabase } from './store/schema.js'

/** The purposes of reading records: a closed list, because free text of an operator could name a patient. */
export const purposes = ['committee', 'privacy', 'research', 'operations', 'incident'] as const

/** The access, its purpose and its channel; part of every `access` record (AUD-032). */
export interface AccessBody {
  what: string
  why: string
  by: 'cli' | 'api'
  /** The role and the client of the token; absent for the command line. */
  role?: AdminRole
  client?: string
}

/** The store for auditors, who read records and record each access. */
export interface Archive {
  db: Kysely<AuditDatabase>
  /** Records an access; the caller shows or erases data only after the record is durable. */
  note: (type: RecordType, body: object) => Promise<Head>
}

/** The archive of a command, which opens the store by itself. */
export interface OpenArchive extends Archive {
  /** Records an action in the transaction that performs the action, so that both take effect or neither does. */
  noteWith: (type: RecordType, body: object, queries: readonly CompiledQuery[]) => Promise<Head>
  /** The key that signs the records of this command. */
  signingKey: SigningKey
  checkpointFile: string
  /** The stream of this command. */
  stream: string
  pseudonyms: () => EpochPseudonyms
  close: () => Promise<void>
}

/**
 * Opens the store for one command, while the service may run.
 *
 * Shape:  the command writes a stream of its own, signed like the streams of the service, and therefore needs the
 *         signing key.
 * Throws: the error of the database when it cannot be opened; `ConfigError` for the keys.
 */
export async function openArchive(settings: Settings, clock: () => number): Promise<OpenArchive> {
  const places = auditPlaces(settings, () => undefined)
  const db = openDatabase(settings.audit.database)
  await migrate(db)
  const signingKey = readSigningKey(places.signingKey)
  const queriesOf = makeBatchQueries(db, makeSignHead(signingKey, clock))
  const chain = makeChain(streamName(clock()))
  const noteWith: OpenArchive['noteWith'] = async (type, body, queries) => {
    const at = new Date(clock()).toISOString()
    const record = chain.append({ type, tenant: wholeService, at, body: JSON.stringify(body) })
    await db.allOrNothing([...queriesOf([{ record, cards: [], feedback: [] }], 'in-time'), ...queries])
    return { stream: record.stream, seq: record.seq, hash: record.hash }
  }
  const held = await migrationOf(db)
  if (held) await noteWith('migration', held, [])
  return {
    db,
    note: (type, body) => noteWith(type, body, []),
    noteWith,
    signingKey,
    checkpointFile: places.checkpointFile,
    stream: chain.stream(),
    pseudonyms: () => pseudonymsOf(readEpochKeys({ ...places.pseudonymKey, mayCreate: false })),
    close: () => db.destroy(),
  }
}
