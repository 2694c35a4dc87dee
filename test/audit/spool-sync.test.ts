import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { makeChain as MakeChain } from '../../src/audit/chain.js'
import type { makeSpool as MakeSpool } from '../../src/audit/store/spool.js'

/** What the spool asked of the disk, in its order. */
const asked: string[] = []
const nameOf = new Map<number, string>()

jest.unstable_mockModule('node:fs', () => ({
  ...fs,
  default: fs,
  openSync: (path: string, ...more: [string, number?]) => {
    const handle = fs.openSync(path, ...more)
    nameOf.set(handle, basename(path))
    return handle
  },
  writeSync: (handle: number, ...more: [Buffer, number]) => {
    asked.push(`write ${nameOf.get(handle)}`)
    return fs.writeSync(handle, ...more)
  },
  fsyncSync: (handle: number) => {
    asked.push(`sync ${nameOf.get(handle)}`)
    fs.fsyncSync(handle)
  },
  rmSync: (path: string, options?: fs.RmOptions) => {
    asked.push(`remove ${basename(path)}`)
    fs.rmSync(path, options)
  },
}))

let makeSpool: typeof MakeSpool
let makeChain: typeof MakeChain
let folder = ''
beforeEach(async () => {
  ;({ makeSpool } = await import('../../src/audit/store/spool.js'))
  ;({ makeChain } = await import('../../src/audit/chain.js'))
  folder = fs.mkdtempSync(join(tmpdir(), 'spool-'))
  asked.length = 0
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const own = 'own.000001.spool.ndjson'

test('a record is on disk before append returns: written and forced, and for a new file its folder too', () => {
  const chain = makeChain('own')
  const written = () => ({
    record: chain.append({ type: 'access', tenant: 'a', at: '2026-03-03T09:00:00.000Z', body: '{}' }),
    ...{ cards: [], feedback: [] },
  })
  const spool = makeSpool(folder, 'own')
  spool.append([written()])
  spool.append([written()])

  expect(asked).toEqual([
    ...[`write ${own}`, `sync ${own}`, `sync ${basename(folder)}`],
    ...[`write ${own}`, `sync ${own}`],
  ])
})

test('bad lines are on disk in another file before their file is removed', () => {
  fs.writeFileSync(`${folder}/${own}`, 'bad\n')
  const spool = makeSpool(folder, 'other')
  const file = spool.read(own)
  spool.setAside(file)
  spool.forget(file)

  expect(asked).toEqual([
    ...[`write ${own}.refused`, `sync ${own}.refused`, `sync ${basename(folder)}`],
    `remove ${own}`,
  ])
})
