import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import LibsqlDatabase from 'libsql'
import pg from 'pg'
import { ConfigError } from '../../errors.js'
import { databaseFile } from './database-file.js'
import type { AuditDatabase } from './schema.js'

/** Type number of PostgreSQL's int8, which its driver hands over as text unless told otherwise. */
const int8 = 20

/** How many prepared statements are kept; a batch of each size has its own. */
const mostStatements = 200

/** Prepares each statement once: preparing an insert costs more than running it. */
function preparingOnce(database: InstanceType<typeof LibsqlDatabase>): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    close: () => {
      prepared.clear()
      database.pragma('wal_checkpoint(TRUNCATE)') // what was purged must not live on in the write-ahead log
      database.close()
    },
    prepare(sql) {
      const known = prepared.get(sql)
      if (known) return known
      const statement = database.prepare(sql) as unknown as SqliteStatement
      if (prepared.size >= mostStatements) prepared.clear()
      prepared.set(sql, statement)
      return statement
    },
  }
}

/** Makes the file for its owner alone; the database gives its log beside it the same rights. */
function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

function openFile(path: string): Kysely<AuditDatabase> {
  if (path !== ':memory:') makeForOwner(path)
  const database = new LibsqlDatabase(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('wal_autocheckpoint = 4000') // 16 MB: a checkpoint holds up one call in a hundred, not one in twenty
  database.pragma('busy_timeout = 100')
  database.pragma('secure_delete = ON') // what is purged is overwritten, not only forgotten
  return new Kysely<AuditDatabase>({ dialect: new SqliteDialect({ database: preparingOnce(database) }) })
}

/** No query of ours takes longer unless the server is in trouble; then the spool takes over and tries again later. */
const queryMs = 10_000

function openPostgres(url: string): Kysely<AuditDatabase> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id, format) =>
      (id as number) === int8 ? Number : (pg.types.getTypeParser(id, format) as unknown),
  }
  const pool = new pg.Pool({
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
  return new Kysely<AuditDatabase>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Opens the audit database: a file (`file:./data/audit.db`) or PostgreSQL (`postgres://…`), the same queries on both.
 *
 * Throws: `ConfigError` for any other kind of address.
 */
export function openDatabase(address: string): Kysely<AuditDatabase> {
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
