import { ConfigError } from '../../errors.js'
import { databaseFile, inMemory } from './database-file.js'
import { migrate } from './migrations.js'
import { openDatabase } from './open-database.js'
import type { AuditStore } from './open-database.js'
import { ownDatabase, ownSpool } from './owner-lock.js'
import type { Owned } from './owner-lock.js'
import { spoolFilesIn } from './spool.js'
import { makeStoreFiles } from './store-files.js'
import { identityOfStore } from './store-identity.js'
import { damaged, isDamage, refuseMissing, refuseOther } from './store-refusals.js'
import { StoreWatch } from './store-watch.js'
import type { WatchParts } from './store-watch.js'

/** The places of a store, and the callbacks for its loss. */
export interface OwnedStoreParts extends Pick<WatchParts, 'onLost' | 'rescue'> {
  /** The address of the database. */
  address: string
  spoolDir: string
}

/** The database and the spool that this process alone writes; a PostgreSQL database is shared, but its spool is not. */
export interface OwnedStore extends Pick<StoreWatch, 'isLost' | 'mayWrite' | 'stored'> {
  db: AuditStore
  /**
   * Checks and updates schema and identity, once the database answers. Throws `ConfigError` for a store of another
   * service.
   */
  prepare(): Promise<void>
  /** The reason why `prepare` refused the store, if it did. */
  refusal(): ConfigError | undefined
  close(): Promise<void>
}

/** The places that a process locks: its database file, if there is one, and its spool. */
interface OwnPlaces {
  database?: Owned & { file: string }
  spool: Owned & { folder: string }
}

/** Locks both database file and spool, or neither. Throws `ConfigError`, also when an earlier store is missing. */
function ownPlaces(address: string, folder: string): OwnPlaces {
  const file = databaseFile(address)
  if (file === undefined || file === inMemory) return { spool: { ...ownSpool(folder), folder } }
  const database = { ...ownDatabase(file), file }
  try {
    refuseMissing(file, database)
    return { database, spool: { ...ownSpool(folder), folder } }
  } catch (error) {
    database.release()
    throw error
  }
}

/** Updates the schema and checks the identity. Throws `ConfigError` for a store of another service. */
async function prepareStore(db: AuditStore, { database, spool }: OwnPlaces): Promise<void> {
  try {
    await migrate(db)
    const id = await identityOfStore(db)
    if (database) refuseOther(database.file, id, database)
    if (spoolFilesIn(spool.folder).length > 0) refuseOther(spool.folder, id, spool)
    database?.noteStore(id)
    spool.noteStore(id)
  } catch (error) {
    throw database && isDamage(error) ? damaged(database.file) : error
  }
}

/**
 * Locks and opens the store of a process, and watches its files.
 *
 * Throws: `ConfigError` when another process owns one of them, when they cannot be locked, or when an earlier store is
 *         missing.
 */
export function openOwnedStore({ address, spoolDir, onLost, rescue }: OwnedStoreParts): OwnedStore {
  const places = ownPlaces(address, spoolDir)
  const { database, spool } = places
  const file = database?.file
  const db = openDatabase(address)
  const files = makeStoreFiles([spool.lock, ...(database ? [database.lock] : [])], file)
  const watch = new StoreWatch({ db, files, file, onLost, rescue })
  let refusal: ConfigError | undefined
  return {
    db,
    async prepare() {
      try {
        await prepareStore(db, places)
        files.look() // by now the database has created its log
      } catch (error) {
        if (error instanceof ConfigError) {
          refusal = error
          watch.lose(error.message)
        }
        throw error
      }
    },
    mayWrite: () => watch.mayWrite(),
    isLost: () => watch.isLost(),
    stored: (batch) => watch.stored(batch),
    refusal: () => refusal,
    async close() {
      await watch.end()
      await db.destroy()
      spool.release()
      database?.release()
    },
  }
}
