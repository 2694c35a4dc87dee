import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import LibsqlDatabase from 'libsql'
import pg from 'pg'
import { ConfigError } from '../../errors.js'
import type { AuditDatabase } from './schema.js'

/** Type number of PostgreSQL's int8, which its driver hands over as text unless told otherwise. */
const int8 = 20

function openFile(path: string): Kysely<AuditDatabase> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const database = new LibsqlDatabase(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('busy_timeout = 100')
  return new Kysely<AuditDatabase>({ dialect: new SqliteDialect({ database }) })
}

function openPostgres(url: string): Kysely<AuditDatabase> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (id, format) => ((id as number) === int8 ? Number : (pg.types.getTypeParser(id, format) as unknown)),
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 2000,
    types,
  })
  pool.on('error', () => undefined) // an idle connection may die; the next query opens another
  return new Kysely<AuditDatabase>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Opens the audit database: a file (`file:./data/audit.db`) or PostgreSQL (`postgres://…`), the same queries on both.
 *
 * Throws: `ConfigError` for any other kind of address.
 */
export function openDatabase(address: string): Kysely<AuditDatabase> {
  if (address.startsWith('file:')) return openFile(address.slice('file:'.length))
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgres(address)
  throw new ConfigError([
    {
      file: 'AUDIT_DATABASE',
      says: 'is neither a file nor a PostgreSQL address',
      fix: 'write file:./data/audit.db or postgres://user@host/database',
    },
  ])
}
