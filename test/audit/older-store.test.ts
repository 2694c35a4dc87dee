import { createPublicKey } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { CompiledQuery } from 'kysely'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { faultLine } from '../../src/audit/verify/faults.js'
import { again, libraryOf, linesOf, newFolder, openIn, traceOf } from './rig.js'
import { exported, verified } from './tampered-log.js'

// The store of `older-store/` was made by the version before streams were signed: two processes, four calls, two items of feedback.

let folder = ''

beforeEach(() => {
  folder = newFolder()
  for (const name of ['audit.db', 'checkpoints.ndjson', 'signing-key.pem', 'pseudonym.key'])
    copyFileSync(join('test/audit/older-store', name), join(folder, name))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What one start of this version, with one call, makes of it, and what `verify` says when it was tampered with after. */
async function startedThen(tamper: (db: AuditStore) => Promise<unknown> = () => Promise.resolve()) {
  const library = libraryOf()
  const audit = await openIn(folder, library)
  await audit.record(again(await traceOf(library), Date.now()))
  await audit.close()
  const db = openDatabase(`file:${join(folder, 'audit.db')}`)
  await tamper(db)
  const lines = await exported(db)
  await db.destroy()
  const publicKey = createPublicKey(readFileSync(join(folder, 'signing-key.pem')))
  const checkpoints = linesOf(join(folder, 'checkpoints.ndjson'))
  const verdict = verified(lines, { publicKey, checkpoints })
  return { verdict, said: verdict.faults.map(faultLine).join('\n') }
}

const run = (db: AuditStore, sql: string) => db.executeQuery(CompiledQuery.raw(sql))

test('an older store is migrated at the first start, and only old checkpoints cover its records', async () => {
  const { verdict, said } = await startedThen()

  expect(said).toBe('')
  expect(verdict.older.records).toBeGreaterThan(8)
  expect(verdict.older.unvouched).toBe(0)
  expect(verdict.notOutside).toBe(0)
})

test('a second start adds no record about older records', async () => {
  await startedThen()
  const { said } = await startedThen()

  expect(said).toBe('')
})

test.each([
  [
    'a body of it is emptied',
    `update records set body = null, salt = null where type = 'invocation' and seq < 5`,
    'has no body',
  ],
  ['a record of it is removed', 'delete from records where seq = 2', 'is missing'],
  ['a card row of it is edited', `update cards set patient_ref = 'other'`, 'does not follow from its body'],
  [
    'feedback of it is given to another patient',
    `update feedback set patient_ref = 'other'`,
    'does not follow from its body',
  ],
])('after the migration, %s, and verify names the change', async (_, sql, sentence) => {
  const { said } = await startedThen((db) => run(db, sql))

  expect(said).toContain(sentence)
})

test('after the migration, a record added to one of the older streams is named by verify', async () => {
  const { said } = await startedThen((db) =>
    run(
      db,
      `insert into records select stream, seq + 1, type, tenant, at, at_ms, schema_version, hash, hash, commitment, salt, body, patient_ref
       from records where stream = (select min(stream) from records) order by seq desc limit 1`,
    ),
  )

  expect(said).toContain('of stream')
})
