import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Kysely, Migration } from 'kysely'
import { ConfigError } from '../../errors.js'
import type { AuditDatabase } from './schema.js'

/**
 * A table for the identity of the store, which distinguishes another store in its place; a copy has the same identity.
 */
export const storeIdentity: Migration = {
  async up(db: Kysely<AuditDatabase>) {
    await db.schema
      .createTable('store')
      .ifNotExists()
      .addColumn('id', 'text', (column) => column.primaryKey())
      .execute()
    const known = await db.selectFrom('store').select('id').executeTakeFirst()
    if (!known) await db.insertInto('store').values({ id: randomUUID() }).execute()
  },
}

/** Reads the identity of a store with the schema of this version. */
export const identityOfStore = async (db: Kysely<AuditDatabase>): Promise<string> =>
  (await db.selectFrom('store').select('id').orderBy('id').executeTakeFirstOrThrow()).id

/** Lists the schema steps made in a store, by name. Throws when the store has no schema, or cannot be read. */
export async function stepsMade(db: Kysely<AuditDatabase>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
}

/** The problem of a store whose schema has a step that this version does not know. */
export const madeByNewer = (step: string) => ({
  file: 'AUDIT_DATABASE',
  says: `was brought to the schema of a newer version of this service (step ${step})`,
  fix: 'run that version or a newer one, or name the database from before',
})

/**
 * Refuses a store of a newer version.
 *
 * Missing: a store without a schema, or a store that cannot be read, is accepted here.
 * Throws:  `ConfigError` that names the first unknown step.
 */
export async function refuseNewer(db: Kysely<AuditDatabase>, known: readonly string[]): Promise<void> {
  const made = await stepsMade(db).catch(() => [])
  const newer = made.find((step) => !known.includes(step))
  if (newer !== undefined) throw new ConfigError([madeByNewer(newer)])
}
