import type { Kysely } from 'kysely'
import type { Settings } from '../settings.js'
import { auditPlaces, streamName } from './audit-places.js'
import { makeChain } from './chain.js'
import { wholeService } from './change-events.js'
import type { Head } from './checkpoint.js'
import { readEpochKeys } from './key-files.js'
import { pseudonymsOf } from './pseudonym.js'
import type { EpochPseudonyms } from './pseudonym.js'
import type { RecordType } from './record.js'
import { migrate } from './store/migrations.js'
import { openDatabase } from './store/open-database.js'
import { makeStoreBatch } from './store/record-store.js'
import type { AuditDatabase } from './store/schema.js'

/** Why somebody looks at the records: a closed list, because the words of an operator could name a patient. */
export const purposes = ['committee', 'privacy', 'research', 'operations', 'incident'] as const

/** What was looked at, why, and through which door; part of every `access` record (AUD-032). */
export interface AccessBody {
  what: string
  why: string
  by: 'cli' | 'api'
}

/** The store as an auditor uses it: to read, and to leave a record of having read. */
export interface Archive {
  db: Kysely<AuditDatabase>
  /** Records what was done; nothing is shown or erased before this is durable. */
  note: (type: RecordType, body: object) => Promise<Head>
}

/** The archive of a command, which opens the store by itself. */
export interface OpenArchive extends Archive {
  pseudonyms: () => EpochPseudonyms
  close: () => Promise<void>
}

/**
 * Opens the store for one command, beside the running service.
 *
 * Throws: what the database says when it cannot be opened; `ConfigError` from the keys, when they are asked for.
 */
export async function openArchive(settings: Settings, clock: () => number): Promise<OpenArchive> {
  const places = auditPlaces(settings, () => undefined)
  const db = openDatabase(settings.audit.database)
  await migrate(db)
  const store = makeStoreBatch(db)
  const chain = makeChain(streamName(clock()))
  return {
    db,
    note: async (type, body) => {
      const at = new Date(clock()).toISOString()
      const record = chain.append({ type, tenant: wholeService, at, body: JSON.stringify(body) })
      await store([{ record, cards: [], feedback: [] }])
      return { stream: record.stream, seq: record.seq, hash: record.hash }
    },
    pseudonyms: () => pseudonymsOf(readEpochKeys({ ...places.pseudonymKey, mayCreate: false })),
    close: () => db.destroy(),
  }
}
