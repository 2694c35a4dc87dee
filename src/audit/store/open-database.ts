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

/** Type number of PostgreSQL's int8, which its driver hands over as text unless told otherwise. */
const int8 = 20

/** Makes the file for its owner alone; the database gives its log beside it the same rights. */
function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

/** The audit database: Kysely, and the shortest way to a transaction whose queries are all known. */
export type AuditStore = Kysely<AuditDatabase> & {
  /** Runs all of the queries or none of them. Throws what the database said. */
  allOrNothing: (queries: readonly CompiledQuery[]) => Promise<void>
}

function openFile(path: string): AuditStore {
  if (path !== inMemory) makeForOwner(path)
  const dialect = fileDialect(path)
  const { allOrNothing } = dialect
  return Object.assign(new Kysely<AuditDatabase>({ dialect }), { allOrNothing })
}

/** No query of ours takes longer unless the server is in trouble; then the spool takes over and tries again later. */
const queryMs = 10_000

/** Loaded where PostgreSQL is used, which most starts do without. */
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
  pool.on('error', () => undefined) // an idle connection may die; the next query opens another
  pool.on('connect', (client) => client.on('error', () => undefined)) // so may one that is in use; its query then fails
  const db = new Kysely<AuditDatabase>({ dialect: new PostgresDialect({ pool }) })
  return Object.assign(db, {
    allOrNothing: (queries: readonly CompiledQuery[]) =>
      db.transaction().execute(async (transaction) => {
        for (const query of queries) await transaction.executeQuery(query)
      }),
  })
}

/**
 * Opens the audit database: a file (`file:./data/audit.db`) or PostgreSQL (`postgres://…`), the same queries on both.
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

/** The same address, with transactions that take no writing, whatever else its `options` say. */
function readOnly(address: string): string {
  const [place, query] = address.split('?')
  const asked = new URLSearchParams(query)
  const options = [asked.get('options'), '-c default_transaction_read_only=on']
  asked.set('options', options.filter((text) => text !== null).join(' '))
  return `${place}?${asked.toString()}`
}

/**
 * Opens what is there, to read it: a query that writes fails in the database itself.
 *
 * Throws: when there is no such file, for a reader must not make the one that the service has lost; as `openDatabase` does.
 */
export function openToRead(address: string): Kysely<AuditDatabase> {
  const file = databaseFile(address)
  if (file === undefined) return openDatabase(readOnly(address))
  if (!existsSync(file)) throw new Error('there is no database file')
  return new Kysely<AuditDatabase>({ dialect: fileDialect(file, 'read') })
}
