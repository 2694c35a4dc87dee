import {
  appendFileSync,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { openAudit } from '../../src/audit/open-audit.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { makeChain } from '../../src/audit/chain.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { openOwnedStore } from '../../src/audit/store/owned-store.js'
import type { Written } from '../../src/audit/store/record-store.js'
import type { Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/service/library.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'

let library: Library
let trace: Trace
let folder = ''
let file = ''
let audit: OpenAudit | undefined
/** Told when the log says that the store is lost. */
let lost: Promise<string>

beforeAll(async () => {
  library = libraryOf()
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
  file = join(folder, 'audit.db')
})
afterEach(async () => {
  await audit?.close()
  audit = undefined
  rmSync(folder, { recursive: true })
})

/** Opens the audit of the folder; `lost` resolves with what its log says of a lost store. */
async function open(): Promise<OpenAudit> {
  let tell: (why: string) => void = () => undefined
  lost = new Promise((resolve) => (tell = resolve))
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string, fields?: object) => {
      if (message === 'audit store lost') tell((fields as { why: string }).why)
    },
  }
  const pack = { settings: settingsIn(folder), pack: library.pack }
  return openAudit({ ...pack, engine: '0.0.0-test', clock: Date.now, log, stallMs: 10_000 })
}

/** Ids of the calls in the store of the folder. */
async function idsInStore(): Promise<readonly string[]> {
  const db = openDatabase(`file:${file}`)
  const rows = await db.selectFrom('records').select('body').where('type', '=', 'invocation').execute()
  await db.destroy()
  return rows.map(({ body }) => (JSON.parse(body ?? '{}') as { invocationId: string }).invocationId)
}

/** Records a call and gives its id. */
async function call(): Promise<string> {
  const one = again(trace)
  await audit?.record(one)
  return one.invocationId
}

const withDatabase = async (query: string): Promise<void> => {
  const db = openDatabase(`file:${file}`)
  await sql.raw(query).execute(db)
  await db.destroy()
}

const away = (): string => join(folder, 'away.db')
/** A step that a version after this one would have made. */
const newerStep = "insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')"

describe('while the process runs, and noticed', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['the database file removed', () => renameSync(file, away()), /audit\.db was removed/u],
    ['another file in its place', replace, /audit\.db was replaced by another file/u],
    ['the file cut to nothing', () => truncateSync(file), /was cut from \d+ to 0 bytes/u],
    ['the file longer than it is', () => appendFileSync(file, Buffer.alloc(8e6)), /was overwritten/u],
    ['its log removed', () => rmSync(`${file}-wal`), /audit\.db-wal was removed/u],
    ['the index of its log removed', () => rmSync(`${file}-shm`), /audit\.db-shm was removed/u],
    ['its lock removed', () => rmSync(`${file}.owner`), /audit\.db\.owner was removed/u],
    ['the spool removed', () => rmSync(join(folder, 'spool'), { recursive: true }), /owner was removed/u],
    ['a newer version at work', () => withDatabase(newerStep), /newer version of this service/u],
  ])('%s: not ready, no cards, and the response names the next step', async (_, harm, says) => {
    audit = await open()
    await call()
    expect(await audit.ready()).toBe(true)
    await harm()

    expect(await lost).toMatch(says)
    expect(await audit.ready()).toBe(false)
    await expect(call()).rejects.toMatchObject({
      code: 'RECORD_STORE_LOST',
      message: expect.stringContaining('put it back and started the service again'),
    })
  })

  test('no answered call is lost after the file was moved away: its record is in the store once the file is back', async () => {
    audit = await open()
    const answered = [await call()]
    renameSync(file, away())
    const tried = await Promise.allSettled([call(), call(), call()])
    answered.push(...tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
    await lost
    await audit.close()

    renameSync(away(), file)
    audit = await open()
    await audit.close()
    audit = undefined
    expect([...(await idsInStore())].sort()).toEqual(answered.sort())
  })

  test('records stored since the last check of the files are written to the spool, and so are later records', async () => {
    const record = makeChain('own').append({
      ...{ type: 'access', tenant: 'a', body: '{}' },
      at: '2026-03-03T09:00:00.000Z',
    })
    const [before, after] = [
      { record, cards: [], feedback: [] },
      { record, cards: [], feedback: [] },
    ] as const
    const kept: Written[] = []
    let tell: () => void = () => undefined
    const told = new Promise<void>((resolve) => (tell = resolve))
    const { address, spoolDir } = { address: `file:${file}`, spoolDir: join(folder, 'spool') }
    const rescue = (recent: readonly Written[]) => kept.push(...recent)
    const store = openOwnedStore({ address, spoolDir, onLost: () => tell(), rescue })
    await store.prepare()
    renameSync(file, away())
    store.stored([before])
    await told
    store.stored([after])
    await store.close()

    expect(kept[0]).toBe(before)
    expect(kept[1]).toBe(after)
  })

  test('the content of the log at its removal is moved into the file', async () => {
    audit = await open()
    const answered = [await call()]
    rmSync(`${file}-wal`)
    await lost
    await audit.close()
    audit = undefined

    expect(await idsInStore()).toEqual(answered)
  })
})

function replace(): void {
  writeFileSync(away(), 'a backup')
  renameSync(away(), file)
}

describe('before the start, and refused', () => {
  beforeEach(async () => {
    audit = await openIn(folder, library)
    await call()
    await audit.close()
    audit = undefined
  })
  const start = async (): Promise<unknown> => {
    audit = await openIn(folder, library)
    return audit
  }

  test.each<[string, () => unknown, RegExp]>([
    ['a file that is gone', () => rmSync(file), /does not exist, but a store was here before/u],
    ['an empty file', () => truncateSync(file), /is empty, but a store was here before/u],
    ['a file that is no database', () => writeFileSync(file, 'x'.repeat(9_000)), /is no database/u],
    ['a file that was cut', () => truncateSync(file, statSync(file).size - 8_192), /cut off/u],
    ['a file of a newer version', () => withDatabase(newerStep), /newer version .*9999-later/u],
    [
      'another store',
      () => withDatabase("update store set id = 'other'"),
      /not of the same store as before/u,
    ],
  ])('%s: the problem and the next step', async (_, harm, says) => {
    await harm()

    await expect(start()).rejects.toThrow(says)
    await expect(start()).rejects.toThrow(/; (put|name|run) /u)
  })

  test('a new store in its place is accepted once the file that names the old store is removed', async () => {
    rmSync(file)
    for (const text of ['audit.db.owner.json', 'spool/owner.json']) rmSync(join(folder, text))

    await expect(start()).resolves.toBeDefined()
    expect(existsSync(file)).toBe(true)
  })

  test('the spool of another store is refused while it holds records', async () => {
    const own = settingsIn(folder)
    const other = { ...own, audit: { ...own.audit, database: `file:${join(folder, 'other.db')}` } }
    writeFileSync(join(folder, 'spool', 'dead.000001.spool.ndjson'), 'a record\n')

    await expect(openIn(folder, library, { settings: other })).rejects.toThrow(
      /spool is not of the same store/u,
    )
    rmSync(join(folder, 'spool', 'dead.000001.spool.ndjson'))
    await (await openIn(folder, library, { settings: other })).close()
  })
})

test('a second process on the same file or the same spool is refused, and may start after the first has ended', async () => {
  audit = await openIn(folder, library)
  const settings = settingsIn(folder)
  const otherSpool = { ...settings, audit: { ...settings.audit, spoolDir: join(folder, 'spool-2') } }
  const otherFile = { ...settings, audit: { ...settings.audit, database: `file:${away()}` } }

  await expect(openIn(folder, library, { settings: otherSpool })).rejects.toThrow(
    /audit\.db belongs to a running/u,
  )
  await expect(openIn(folder, library, { settings: otherFile })).rejects.toThrow(
    /spool belongs to a running/u,
  )
  await audit.close()
  audit = await openIn(folder, library, { settings: otherSpool })
  expect(await audit.ready()).toBe(true)
})
