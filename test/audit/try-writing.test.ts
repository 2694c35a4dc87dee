import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CompiledQuery } from 'kysely'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { makeStoreBatch } from '../../src/audit/store/record-store.js'
import { newFolder, newPostgresDatabase, postgresUrl, signHead } from './rig.js'

let db: AuditStore
beforeEach(async () => {
  db = openDatabase(`file:${join(newFolder(), 'audit.db')}`)
  await migrate(db)
})
afterEach(() => db.destroy())

const rows = (store: AuditStore) => store.selectFrom('comments').selectAll().execute()

test('an empty batch tests the store and leaves no row', async () => {
  await makeStoreBatch(db, signHead)([])

  expect(await rows(db)).toEqual([])
})

test('a full store fails the test, although it can still be read', async () => {
  await db.executeQuery(CompiledQuery.raw('pragma max_page_count = 1')) // never less than it has now

  await expect(makeStoreBatch(db, signHead)([])).rejects.toThrow('disk is full')
  expect(await rows(db)).toEqual([])
})

const withPostgres = postgresUrl === undefined ? test.skip : test
withPostgres('replicas that try one server at once disturb neither each other nor it', async () => {
  const server = openDatabase(await newPostgresDatabase())
  await migrate(server)
  await Promise.all(Array.from({ length: 8 }, () => makeStoreBatch(server, signHead)([])))

  expect(await rows(server)).toEqual([])
  await server.destroy()
})
