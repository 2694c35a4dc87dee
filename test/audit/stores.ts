import { test } from '@jest/globals'
import { newPostgresDatabase, postgresUrl, settingsIn } from './rig.js'

/**
 * The engines there are here, by name, each with a way to a new database of it.
 *
 * Shape:   rows for `describe.each`; `folder` is asked when the database is wanted, since each test has its own.
 * Missing: without a PostgreSQL a skipped test says so.
 */
export function storesIn(folder: () => string): readonly (readonly [string, () => Promise<string>])[] {
  const file = ['a file', () => Promise.resolve(settingsIn(folder()).audit.database)] as const
  if (postgresUrl !== undefined) return [file, ['PostgreSQL', newPostgresDatabase]]
  test.skip('PostgreSQL: skipped, because TEST_POSTGRES_URL names no server', () => undefined)
  return [file]
}
