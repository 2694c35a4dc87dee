import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeChain } from '../../src/audit/chain.js'
import { makeGroupWriter } from '../../src/audit/store/group-writer.js'
import type { GroupWriter } from '../../src/audit/store/group-writer.js'
import type { Written } from '../../src/audit/store/record-store.js'
import type { UsedTokensTable } from '../../src/audit/store/schema.js'
import { makeSpool } from '../../src/audit/store/spool.js'
import type { Spool } from '../../src/audit/store/spool.js'
import { newFolder } from './rig.js'

let folder = ''
let stored: Written[] = []
let failing = { store: false, spool: false }
let refused = 0
let writer: GroupWriter

const entry = (body: string) => ({
  type: 'access' as const,
  tenant: 'a',
  at: '2026-03-03T09:00:00.000Z',
  body,
})
/** Tokens that wait to be stored with a record. */
let waitingTokens: readonly UsedTokensTable[] = []
const token = (jti: string): UsedTokensTable => ({ iss: 'a', jti, expires_ms: 1 })

const bodies = (): readonly (string | undefined)[] => stored.map(({ record }) => record.body)

beforeEach(() => {
  folder = newFolder()
  stored = []
  failing = { store: false, spool: false }
  refused = 0
  waitingTokens = []
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
    tokens: {
      take: () => {
        const rows = waitingTokens
        waitingTokens = []
        return rows
      },
      giveBack: (rows) => (waitingTokens = [...rows, ...waitingTokens]),
    },
    stallMs: 50,
    onStore: () => undefined,
    mayWrite: () => undefined,
    onRefused: (records) => (refused += records),
    onDamaged: () => undefined,
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('SEC-107 full disk and failed store: calls are refused, and the records before and after are stored', async () => {
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

test('SEC-008 used tokens go with the next record into store or spool; tokens that neither took keep waiting', async () => {
  const tokens = (): readonly unknown[] => stored.map(({ usedTokens }) => usedTokens?.map(({ jti }) => jti))
  waitingTokens = [token('1'), token('2')]
  await Promise.all([writer.write(entry('a')), writer.write(entry('b'))])
  expect(tokens()).toEqual([['1', '2'], undefined])

  failing = { store: true, spool: true }
  waitingTokens = [token('3')]
  await expect(writer.write(entry('refused'))).rejects.toThrow('could not be stored')
  expect(waitingTokens).toEqual([token('3')])

  failing = { store: true, spool: false }
  await writer.write(entry('spooled'))
  failing = { store: false, spool: false }
  await writer.drain()
  expect(tokens()).toEqual([['1', '2'], undefined, ['3']])
})

test('SEC-107 a spool without a complete record is not moved into a store that refuses writing, and the store still counts as failed', async () => {
  writeFileSync(join(folder, 'dead.000001.spool.ndjson'), '{"record":{"seq":')
  failing = { store: true, spool: false }

  expect(await writer.drain()).toBe(false)
  expect(writer.storeWorks()).toBe(false)
})

test('when the store stalls the spool takes over within the stall time', async () => {
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
    mayWrite: () => undefined,
    onRefused: () => undefined,
    onDamaged: () => undefined,
  })
  await stalling.write(entry('kept in the spool'))

  expect(stalling.storeWorks()).toBe(false)
  expect(makeSpool(folder, 'c').closed()).toHaveLength(1)
  release()
})

test('all entries that arrived during a commit share the next commit, in the order of arrival', async () => {
  const commits: (string | undefined)[][] = []
  const counting = makeGroupWriter({
    chain: makeChain('c'),
    store: (batch) => {
      commits.push(batch.map(({ record }) => record.body))
      return Promise.resolve()
    },
    spool: makeSpool(folder, 'c'),
    stallMs: 50,
    onStore: () => undefined,
    mayWrite: () => undefined,
    onRefused: () => undefined,
    onDamaged: () => undefined,
  })
  await Promise.all(['first', 'second', 'third', 'fourth'].map((body) => counting.write(entry(body))))

  expect(commits).toEqual([['first'], ['second', 'third', 'fourth']])
})

test('tenants take turns in a group, so an entry does not wait for the thousand entries of another tenant', async () => {
  const kept: string[] = []
  const write = (tenant: string, body: string): Promise<void> =>
    writer.write({ ...entry(body), tenant }).then(() => void kept.push(body))
  await Promise.all([
    ...Array.from({ length: 1_000 }, (_, at) => write('busy', `busy ${at}`)),
    write('other', 'other'),
  ])

  expect(kept.indexOf('other')).toBeLessThan(4)
  expect(kept.filter((body) => body !== 'other')).toEqual(
    Array.from({ length: 1_000 }, (_, at) => `busy ${at}`),
  )
})

test('an entry written a moment ago counts as settled only when it is stored', async () => {
  const written = writer.write(entry('asked a moment ago'))
  await writer.settled()

  expect(bodies()).toEqual(['asked a moment ago'])
  await written
})

test('a disk that refuses batch after batch collects no files', () => {
  const spool = makeSpool(folder, 'd')
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  for (let batch = 0; batch < 3; batch++)
    expect(() => spool.append([circular as unknown as Written])).toThrow()

  expect(spool.isEmpty()).toBe(true)
})

test('a batch that fails half-way leaves no bytes before the next batch', () => {
  const spool = makeSpool(folder, 'd')
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const chain = makeChain('d')
  const whole = (): Written => ({ record: chain.append(entry('whole')), cards: [], feedback: [] })
  const [first, second] = [whole(), whole()]
  spool.append([first])
  expect(() => spool.append([second, circular as unknown as Written])).toThrow()
  spool.append([second])
  const files = spool.closed().map((name) => spool.read(name))

  expect(files.flatMap(({ written }) => written)).toEqual([first, second])
  expect(files.map(({ torn, refused }) => torn + refused.length)).toEqual([0, 0])
})
