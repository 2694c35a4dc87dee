import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import { ConfigError } from '../../errors.js'
import { databaseFile, inMemory } from './database-file.js'
import { fileDialect } from './file-dialect.js'
import type { AuditDatabase } from './schema.js'

/** The type number of PostgreSQL's int8, which the driver returns as text by default. */
const int8 = 20

/** Creates the file with access for its owner alone; the database gives its log the same permissions. */
function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

/** The audit database: Kysely, and a short path for a transaction whose queries are all known. */
export type AuditStore = Kysely<AuditDatabase> & {
  /** Runs all queries or none of them. Throws the error of the database. */
  allOrNothing: (queries: readonly CompiledQuery[]) => Promise<void>
}

function openFile(path: string): AuditStore {
  if (path !== inMemory) makeForOwner(path)
  const dialect = fileDialect(path)
  const { allOrNothing } = dialect
  return Object.assign(new Kysely<AuditDatabase>({ dialect }), { allOrNothing })
}

/** The time limit of a query in milliseconds; only a server in trouble takes longer, and then the spool takes over. */
const queryMs = 10_000

/** Loads the PostgreSQL driver, which a database file does not need. */
const loadPg = (): typeof pg => createRequire(import.meta.url)('pg') as typeof pg

function openPostgres(url: string): AuditStore {
  const { Pool, types: readers } = loadPg()
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id, format) =>
      (id as number) === int8 ? Number : (readers.getTypeParser(id, format) as unknown),
  }
  const pool = new Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 2000,
    statement_timeout: queryMs,
    query_timeout: queryMs,
    idle_in_transaction_session_timeout: queryMs,
    keepAlive: true,
    types,
  })
  pool.on('error', () => undefined) // an idle connection may fail; the next query opens another
  pool.on('connect', (client) => client.on('error', () => undefined)) // its query then fails too
  const db = new Kysely<AuditDatabase>({ dialect: new PostgresDialect({ pool }) })
  return Object.assign(db, {
    allOrNothing: (queries: readonly CompiledQuery[]) =>
      db.transaction().execute(async (transaction) => {
        for (const query of queries) await transaction.executeQuery(query)
      }),
  })
}

/**
 * Opens the audit database: a file (`file:./data/audit.db`) or PostgreSQL (`postgres://…`), with the same queries on
 * both.
 *
 * Throws: `ConfigError` for any other kind of address.
 */
export function openDatabase(address: string): AuditStore {
  const file = databaseFile(address)
  if (file !== undefined) return openFile(file)
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgres(address)
  throw new ConfigError([
    {
      file: 'AUDIT_DATABASE',
      says: 'is neither a file nor a PostgreSQL address',
      fix: 'write file:./data/audit.db or postgres://user@host/database',
    },
  ])
}

/** Adds read-only transactions to the address, and keeps its other `options`. */
function readOnly(address: string): string {
  const [place, query] = address.split('?')
  const asked = new URLSearchParams(query)
  const options = [asked.get('options'), '-c default_transaction_read_only=on']
  asked.set('options', options.filter((text) => text !== null).join(' '))
  return `${place}?${asked.toString()}`
}

/**
 * Opens an existing database for reading; a query that writes fails in the database itself.
 *
 * Throws: when the file does not exist, because a reader must not create a store that the service has lost; else the
 *         errors of `openDatabase`.
 */
export function openToRead(address: string): Kysely<AuditDatabase> {
  const file = databaseFile(address)
  if (file === undefined) return openDatabase(readOnly(address))
  if (!existsSync(file)) throw new Error('there is no database file')
  return new Kysely<AuditDatabase>({ dialect: fileDialect(file, 'read') })
}
