import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { CompiledQuery, Kysely } from 'kysely'
import { fileDialect } from '../../src/audit/store/file-dialect.js'
import type { FileDialect } from '../../src/audit/store/file-dialect.js'
import { makeFileThread } from '../../src/audit/store/file-thread.js'
import { newFolder } from './rig.js'

interface Notes {
  notes: { place: number }
}

let path = ''
let db: Kysely<Notes>
const places = async (): Promise<readonly number[]> =>
  (await db.selectFrom('notes').select('place').orderBy('place').execute()).map(({ place }) => place)
const note = (place: number) => ({ place })

beforeEach(async () => {
  path = join(newFolder(), 'notes.db')
  db = new Kysely<Notes>({ dialect: fileDialect(path) })
  await db.schema
    .createTable('notes')
    .addColumn('place', 'integer', (column) => column.primaryKey())
    .execute()
})
afterEach(() => db.destroy())

test('a read during a transaction does not wait, and sees the data committed before the read', async () => {
  await db.insertInto('notes').values(note(1)).execute()
  const seen = await db.transaction().execute(async (transaction) => {
    await transaction.insertInto('notes').values(note(2)).execute()
    const readyMade = await db.executeQuery(CompiledQuery.raw('select place from notes'))
    return {
      outside: await places(),
      ofReadyMadeText: readyMade.rows,
      inside: await transaction.selectFrom('notes').selectAll().execute(),
    }
  })

  expect(seen).toEqual({ outside: [1], ofReadyMadeText: [note(1)], inside: [note(1), note(2)] })
  expect(await places()).toEqual([1, 2])
})

test('concurrent transactions and single writes take turns, and each is complete', async () => {
  const pairOf = (first: number) =>
    db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values(note(first)).execute()
      await transaction
        .insertInto('notes')
        .values(note(first + 1))
        .execute()
    })
  await Promise.all([pairOf(1), db.insertInto('notes').values(note(3)).execute(), pairOf(4), pairOf(6)])

  expect(await places()).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('a failed transaction stores nothing, gives the reason, and lets the next transaction run', async () => {
  await db.insertInto('notes').values(note(2)).execute()
  const failing = db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('notes')
      .values([note(1), note(2)])
      .execute()
  })

  await expect(failing).rejects.toThrow(/UNIQUE constraint failed: notes.place/u)
  await db.insertInto('notes').values(note(3)).execute()
  expect(await places()).toEqual([2, 3])
})

test('a transaction that a full disk rolled back says that the disk is full, and lets the next transaction run', async () => {
  const dialect = fileDialect(path)
  const full = new Kysely<{ texts: { text: string } }>({ dialect })
  const text = full.insertInto('texts').values({ text: 'x'.repeat(500_000) })
  await full.schema.createTable('texts').addColumn('text', 'text').execute()
  await full.executeQuery(CompiledQuery.raw('pragma max_page_count = 20'))
  const failing = full.transaction().execute((transaction) => transaction.executeQuery(text))

  await expect(failing).rejects.toThrow('database or disk is full')
  await expect(dialect.allOrNothing([text.compile(), text.compile()])).rejects.toThrow('disk is full')
  await full.insertInto('texts').values({ text: 'short' }).execute()
  expect(await full.selectFrom('texts').selectAll().execute()).toEqual([{ text: 'short' }])
  await full.destroy()
})

describe('statements that are all known in advance', () => {
  const noting = (place: number) => CompiledQuery.raw('insert into notes (place) values (?)', [place])
  let dialect: FileDialect
  beforeEach(() => {
    dialect = fileDialect(path)
  })
  afterEach(() => dialect.createDriver().destroy())

  test('are one transaction: all of them are stored, or none with the reason', async () => {
    await dialect.allOrNothing([noting(1), noting(2)])

    await expect(dialect.allOrNothing([noting(3), noting(2)])).rejects.toThrow(/UNIQUE constraint failed/u)
    expect(await places()).toEqual([1, 2])
  })

  test('run in the order of the calls, also after a failed transaction', async () => {
    const asked = [[noting(1), noting(1)], [noting(2)], [], [noting(3), noting(4)]]
    const done = await Promise.allSettled(asked.map((queries) => dialect.allOrNothing(queries)))

    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
    expect(await places()).toEqual([2, 3, 4])
  })

  test('after 16 of them, and not before, the log is moved into the file while writing goes on', async () => {
    const inFile = (): boolean => readFileSync(path).includes('kept for the log')
    const text = CompiledQuery.raw('create table texts (text text)')
    await dialect.allOrNothing([text])
    for (let place = 2; place < 16; place += 1)
      await dialect.allOrNothing([CompiledQuery.raw("insert into texts values ('kept for the log')")])
    expect(inFile()).toBe(false)
    await dialect.allOrNothing([noting(1)])
    while (!inFile()) await places()

    expect(await places()).toEqual([1])
  })
})

test('each of many statements of one turn gets its own answer, also the statements that fail', async () => {
  const thread = makeFileThread({ path, pragmas: [] })
  const asked = ['select 1 as one', 'select wrong', 'select 3 as one'].map((sql) => thread.ask(sql))
  const [first, wrong, last] = await Promise.allSettled(asked)
  await thread.close()

  expect(first).toEqual({ status: 'fulfilled', value: expect.objectContaining({ rows: [{ one: 1 }] }) })
  expect(wrong).toEqual({
    status: 'rejected',
    reason: expect.objectContaining({ message: 'no such column: wrong' }),
  })
  expect(last).toEqual({ status: 'fulfilled', value: expect.objectContaining({ rows: [{ one: 3 }] }) })
})

test('the writing connection forces each commit to disk, and overwrites erased data', async () => {
  const asked = async (name: string): Promise<unknown> =>
    (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(`pragma ${name}`))).rows[0]?.[name]

  expect([await asked('journal_mode'), await asked('synchronous'), await asked('secure_delete')]).toEqual([
    'wal',
    2, // FULL
    1,
  ])
})

test('a write returns the number of changed rows', async () => {
  await db
    .insertInto('notes')
    .values([note(1), note(2), note(3)])
    .execute()
  const { numDeletedRows } = await db.deleteFrom('notes').where('place', '>', 1).executeTakeFirstOrThrow()

  expect(numDeletedRows).toBe(2n)
})

test('a database in memory is one database for reading and writing', async () => {
  const memory = new Kysely<Notes>({ dialect: fileDialect(':memory:') })
  await memory.schema.createTable('notes').addColumn('place', 'integer').execute()
  await memory.insertInto('notes').values(note(1)).execute()

  expect(await memory.selectFrom('notes').selectAll().execute()).toEqual([note(1)])
  await memory.destroy()
})

test('when a file cannot be opened the statement fails; once it can be opened, the next statement is answered', async () => {
  const blocked = join(newFolder(), 'blocked.db')
  mkdirSync(blocked)
  const thread = makeFileThread({ path: blocked, pragmas: [] })
  const failed = await Promise.allSettled([thread.ask('select 1 as one'), thread.ask('select 2 as two')])
  rmdirSync(blocked)

  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect((await thread.ask('select 3 as three')).rows).toEqual([{ three: 3 }])
  await thread.close()
})

test('statements sent before closing are answered; closing twice is harmless', async () => {
  const thread = makeFileThread({ path, pragmas: [] })
  const asked = thread.ask('select count(*) as notes from notes')
  await thread.close()
  await thread.close()

  expect((await asked).rows).toEqual([{ notes: 0 }])
})

test('a process closes its file without an error, even when an answer is due and nothing else keeps the process alive', async () => {
  const args = ['--import', 'tsx', 'test/audit/closing-child.ts', join(newFolder(), 'notes.db')]
  const env = { ...process.env, NODE_OPTIONS: '' }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })

  expect(stdout).toBe('closed\n')
})

test('text of invalid UTF-8 is read with U+FFFD, and the process goes on', async () => {
  await db.executeQuery(CompiledQuery.raw('create table words (name text, body text)'))
  await db.executeQuery(
    CompiledQuery.raw(
      "insert into words values (cast(x'61ff62' as text), cast(x'ff' as text)), ('ä€', null)",
    ),
  )
  const { rows } = await db.executeQuery(CompiledQuery.raw('select name, body from words order by rowid'))

  expect(rows).toEqual([
    { name: 'a\uFFFDb', body: '\uFFFD' },
    { name: 'ä€', body: null },
  ])
})

test('numbers, null, quotation marks and zero bytes are read as they were stored', async () => {
  const { rows } = await db.executeQuery(
    CompiledQuery.raw(
      `select 9007199254740991 as big, -1.5 as part, null as none, 'a"b' || char(0) || 'c' as "odd""name"`,
    ),
  )

  expect(rows).toEqual([{ big: 9_007_199_254_740_991, part: -1.5, none: null, 'odd"name': 'a"b\0c' }])
})
