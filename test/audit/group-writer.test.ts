import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeChain } from '../../src/audit/chain.js'
import { makeGroupWriter } from '../../src/audit/store/group-writer.js'
import type { GroupWriter } from '../../src/audit/store/group-writer.js'
import type { Written } from '../../src/audit/store/record-store.js'
import { makeSpool } from '../../src/audit/store/spool.js'
import type { Spool } from '../../src/audit/store/spool.js'
import { newFolder } from './rig.js'

let folder = ''
let stored: Written[] = []
let failing = { store: false, spool: false }
let refused = 0
let writer: GroupWriter

const entry = (body: string) => () => ({
  type: 'access' as const,
  tenant: 'a',
  at: '2026-03-03T09:00:00.000Z',
  body,
})
const bodies = (): readonly (string | undefined)[] => stored.map(({ record }) => record.body)

beforeEach(() => {
  folder = newFolder()
  stored = []
  failing = { store: false, spool: false }
  refused = 0
  const spool = makeSpool(folder, 'a')
  const sometimesFull: Spool = {
    ...spool,
    append: (batch) => {
      if (failing.spool) throw new Error('no space left on device')
      spool.append(batch)
    },
  }
  writer = makeGroupWriter({
    chain: makeChain('a'),
    store: (batch) => {
      if (failing.store) return Promise.reject(new Error('gone'))
      stored.push(...batch)
      return Promise.resolve()
    },
    spool: sometimesFull,
    stallMs: 50,
    onStore: () => undefined,
    onRefused: (records) => (refused += records),
    onTorn: () => undefined,
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('SEC-107 full disk and store gone: calls are refused, and those before and after are kept', async () => {
  await writer.write(entry('before'))
  failing = { store: true, spool: false }
  await writer.write(entry('spooled'))
  failing = { store: true, spool: true }
  await expect(writer.write(entry('refused'))).rejects.toThrow('could not be stored')
  failing = { store: true, spool: false }
  await writer.write(entry('after'))
  failing = { store: false, spool: false }

  expect(writer.storeWorks()).toBe(false)
  expect(await writer.drain()).toBe(true)
  expect(bodies()).toEqual(['before', 'spooled', 'after'])
  expect(refused).toBe(1)
  expect(stored.map(({ record }) => [record.stream, record.seq])).toEqual([
    ['a', 1],
    ['a', 2],
    ['a.2', 1],
  ])
})

test('SEC-107 a spool without a whole record moves into no store that refuses: it still does not work', async () => {
  writeFileSync(join(folder, 'dead.000001.spool.ndjson'), '{"record":{"seq":')
  failing = { store: true, spool: false }

  expect(await writer.drain()).toBe(false)
  expect(writer.storeWorks()).toBe(false)
})

test('a store that stalls makes the spool take over within the stall time', async () => {
  let release: () => void = () => undefined
  const stalling = makeGroupWriter({
    chain: makeChain('b'),
    store: (batch) =>
      new Promise((resolve) => {
        release = () => {
          stored.push(...batch)
          resolve()
        }
      }),
    spool: makeSpool(folder, 'b'),
    stallMs: 20,
    onStore: () => undefined,
    onRefused: () => undefined,
    onTorn: () => undefined,
  })
  await stalling.write(entry('kept in the spool'))

  expect(stalling.storeWorks()).toBe(false)
  expect(makeSpool(folder, 'c').closed()).toHaveLength(1)
  release()
})

test('calls of one turn share one commit', async () => {
  let commits = 0
  const counting = makeGroupWriter({
    chain: makeChain('c'),
    store: () => {
      commits += 1
      return Promise.resolve()
    },
    spool: makeSpool(folder, 'c'),
    stallMs: 50,
    onStore: () => undefined,
    onRefused: () => undefined,
    onTorn: () => undefined,
  })
  await Promise.all(Array.from({ length: 32 }, (_, at) => counting.write(entry(String(at)))))

  expect(commits).toBe(1)
})

test('an entry that cannot be made fails alone, and those beside it are kept', async () => {
  const broken = writer.write(() => {
    throw new TypeError('no entry')
  })
  const kept = writer.write(entry('beside it'))

  await expect(broken).rejects.toThrow('no entry')
  await kept
  expect(bodies()).toEqual(['beside it'])
  await expect(
    writer.write(() => {
      throw new TypeError('alone')
    }),
  ).rejects.toThrow('alone')
  await writer.settled()
  expect([stored.length, refused]).toEqual([1, 0])
})

test('what was asked in this turn is settled only when it is kept', async () => {
  const written = writer.write(entry('asked a moment ago'))
  await writer.settled()

  expect(bodies()).toEqual(['asked a moment ago'])
  await written
})

test('whoever counts is told of a record once it is kept, and of one that is refused never', async () => {
  const told: string[] = []
  const counted = (name: string) => () => ({ ...entry(name)(), onKept: () => told.push(name) })
  await writer.write(counted('kept'))
  failing = { store: true, spool: true }
  await expect(writer.write(counted('refused'))).rejects.toThrow('could not be stored')

  expect(told).toEqual(['kept'])
})

test('whoever counts and fails, fails its own call: those beside it and after it are kept', async () => {
  const broken = writer.write(() => ({
    ...entry('kept, not counted')(),
    onKept: () => {
      throw new TypeError('no counter')
    },
  }))
  const beside = writer.write(entry('beside it'))

  await expect(broken).rejects.toThrow('no counter')
  await beside
  await writer.write(entry('after it'))
  expect(bodies()).toEqual(['kept, not counted', 'beside it', 'after it'])
})

test('a disk that refuses batch after batch gathers no files', () => {
  const spool = makeSpool(folder, 'd')
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  for (let batch = 0; batch < 3; batch++)
    expect(() => spool.append([circular as unknown as Written])).toThrow()

  expect(spool.isEmpty()).toBe(true)
})

test('a batch that fails half way leaves nothing glued to the next one', () => {
  const spool = makeSpool(folder, 'd')
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const whole = { record: { seq: 1 }, cards: [], feedback: [] } as unknown as Written
  spool.append([whole])
  expect(() => spool.append([whole, circular as unknown as Written])).toThrow()
  spool.append([whole])
  const files = spool.closed().map((name) => spool.read(name))

  expect(files.flatMap(({ written }) => written)).toEqual([whole, whole])
  expect(files.map(({ torn }) => torn)).toEqual([0, 0])
})
