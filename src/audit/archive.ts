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

/** Why somebody looks at the records: a closed list, because the words of an operator could name a patient. */
export const purposes = ['committee', 'privacy', 'research', 'operations', 'incident'] as const

/** What was looked at, why, and through which door; part of every `access` record (AUD-032). */
export interface AccessBody {
  what: string
  why: string
  by: 'cli' | 'api'
  /** Of the token that asked, and its client where it has one; the command line has neither. */
  role?: AdminRole
  client?: string
}

/** The store as an auditor uses it: to read, and to leave a record of having read. */
export interface Archive {
  db: Kysely<AuditDatabase>
  /** Records what was done; nothing is shown or erased before this is durable. */
  note: (type: RecordType, body: object) => Promise<Head>
}

/** The archive of a command, which opens the store by itself. */
export interface OpenArchive extends Archive {
  /** Records what is done in one transaction with it: both are done, or neither is. */
  noteWith: (type: RecordType, body: object, queries: readonly CompiledQuery[]) => Promise<Head>
  /** Whose key signs what this command records. */
  signingKey: SigningKey
  checkpointFile: string
  /** The stream of this command. */
  stream: string
  pseudonyms: () => EpochPseudonyms
  close: () => Promise<void>
}

/**
 * Opens the store for one command, beside the running service.
 *
 * Shape:  what it records is a stream of its own, signed as those of the service are; so it needs the signing key.
 * Throws: what the database says when it cannot be opened; `ConfigError` from the keys.
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
