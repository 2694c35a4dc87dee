import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { tokenKey } from '../../src/audit/seen-tokens.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { makeTokenMemory } from '../../src/audit/token-memory.js'
import type { Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/service/library.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { storesIn } from './stores.js'

const second = 1_000
const start = Date.parse('2026-03-03T09:00:00.700Z')

let library: Library
let trace: Trace
let folder = ''
let now = start
let audit: OpenAudit | undefined

beforeAll(async () => {
  library = libraryOf()
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
  now = start
})
afterEach(async () => {
  await audit?.close()
  audit = undefined
  rmSync(folder, { recursive: true })
})

/** Uses a token of client "a" that was issued at a moment and lives five minutes. */
const use = (jti: string, issuedAt = now): unknown =>
  audit?.tokens.remember({ client: 'a', jti, issuedAt, expiresAt: issuedAt + 300 * second }, now)

async function keysIn(database: string): Promise<readonly string[]> {
  const db = openDatabase(database)
  const rows = await db.selectFrom('used_tokens').select('jti').execute()
  await db.destroy()
  return rows.map(({ jti }) => jti)
}

describe.each(storesIn(() => folder))('in %s', (engine, makeDatabase) => {
  let database = ''
  const restart = async (): Promise<void> => {
    await audit?.close()
    audit = await openIn(folder, library, { database, clock: () => now })
  }
  beforeEach(async () => {
    database = await makeDatabase()
    await restart()
  })

  test('SEC-008 of one token used twice at once one use is fresh, and the other is refused without waiting', async () => {
    expect(await Promise.all([use('j'), use('j')])).toEqual(['fresh', 'seen'])
    expect(audit?.tokens.has('a', 'j', now)).toBe(true)
  })

  test('SEC-008 a token is stored with the next record, as its hash', async () => {
    await use('j')
    await audit?.record(again(trace, now))

    expect(await keysIn(database)).toEqual([tokenKey('j')])
  })

  test('SEC-008 the token of a call without a record is in the store once the process has ended', async () => {
    await use('j')
    await audit?.close()
    audit = undefined

    expect(await keysIn(database)).toEqual([tokenKey('j')])
  })

  test('SEC-008 a restart remembers every used token until it expires, and refuses no unused token', async () => {
    await use('used')
    const issuedAt = now
    now += 30 * second
    await restart()
    expect([await use('used', issuedAt), await use('good', issuedAt)]).toEqual(['seen', 'fresh'])

    now = issuedAt + 300 * second
    await restart()
    expect(audit?.tokens.has('a', 'used', now)).toBe(true)
  })

  test('SEC-008 after the store is lost, tokens issued before the start are refused, and tokens issued since are accepted', async () => {
    await use('used')
    await audit?.close()
    database = engine === 'a file' ? `file:${join(folder, randomUUID())}` : await makeDatabase()
    const issuedAt = now
    now += 2 * second
    audit = await openIn(folder, library, { database, clock: () => now })

    expect([await use('used', issuedAt), await use('new')]).toEqual(['forgotten', 'fresh'])
    now += 30 * second
    await restart()
    expect([await use('used', issuedAt), await use('newer')]).toEqual(['forgotten', 'fresh'])
  })

  test('SEC-008 a token issued in the second of the first start is accepted, because tokens give whole seconds', async () => {
    expect(await use('j', Math.floor(start / second) * second)).toBe('fresh')
    expect(await use('k', Math.floor(start / second) * second - 1)).toBe('forgotten')
  })

  test('SEC-008 expired tokens are removed from the store', async () => {
    await use('old')
    await restart()
    now += 3_600 * second
    await use('young')
    await restart()

    expect(await keysIn(database)).toEqual([tokenKey('young')])
  })

  test('SEC-008 of two processes of one store the second refuses the token that the first accepted', async () => {
    if (engine === 'a file') return // a file has one process
    const other = await openIn(newFolder(), library, { database, clock: () => now })
    await use('j')
    const token = { client: 'a', jti: 'j', issuedAt: now, expiresAt: now + 300 * second }

    expect(await other.tokens.remember(token, now)).toBe('seen')
    await other.close()
  })
})

test('SEC-008 while the store does not answer, the process remembers tokens, and the spool stores them', async () => {
  const broken = 'postgres://nobody@127.0.0.1:1/nothing'
  audit = await openIn(folder, library, { database: broken, clock: () => now })
  now += 5 * second
  expect([await use('j'), await use('j'), await use('before', start - second)]).toEqual([
    'fresh',
    'seen',
    'forgotten',
  ])
  await audit.record(again(trace, now))
  await audit.close()

  const { database } = settingsIn(folder).audit
  audit = await openIn(folder, library, { database, clock: () => now })
  expect(await keysIn(database)).toEqual([tokenKey('j')])
  expect(audit.tokens.has('a', 'j', now)).toBe(true)
})

test('SEC-008 tokens that the store did not take are stored later, and tokens that the process has seen stay used', async () => {
  const db = openDatabase(settingsIn(folder).audit.database)
  await migrate(db)
  let works = true
  const memory = makeTokenMemory({ db, shared: false, startedAt: now, storeWorks: () => works, stallMs: 100 })
  await memory.tend(now)
  const token = { client: 'a', jti: 'j', issuedAt: now, expiresAt: now + 300 * second }
  await memory.remember(token, now)
  await db.schema.alterTable('used_tokens').renameTo('elsewhere').execute()
  await expect(memory.tend(now)).rejects.toThrow('used_tokens')
  works = false
  await memory.tend(now + second)
  expect(await memory.remember(token, now + second)).toBe('seen')

  works = true
  await db.schema.alterTable('elsewhere').renameTo('used_tokens').execute()
  await memory.tend(now + 2 * second)
  await db.destroy()
  expect(await keysIn(settingsIn(folder).audit.database)).toEqual([tokenKey('j')])
})

test('SEC-008 tokens that no store took are dropped once they expire', async () => {
  const db = openDatabase('file::memory:')
  const memory = makeTokenMemory({
    db,
    shared: false,
    startedAt: now,
    storeWorks: () => false,
    stallMs: 100,
  })
  await memory.remember({ client: 'a', jti: 'j', issuedAt: now, expiresAt: now + 300 * second }, now)
  await memory.tend(now + 300 * second)
  memory.giveBack(memory.take())
  expect(memory.take()).toHaveLength(1)
  await memory.remember({ client: 'a', jti: 'k', issuedAt: now, expiresAt: now + 300 * second }, now)
  await memory.tend(now + 400 * second)

  expect(memory.take()).toEqual([])
  await db.destroy()
})
