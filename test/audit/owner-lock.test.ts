import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ownDatabase, ownSpool } from '../../src/audit/store/owner-lock.js'
import type { Owned } from '../../src/audit/store/owner-lock.js'
import { newFolder } from './rig.js'

let folder = ''
let file = ''
const undo: (() => unknown)[] = []
const owned = (one: Owned): Owned => {
  undo.push(() => one.release())
  return one
}

beforeEach(() => {
  folder = newFolder()
  file = join(folder, 'audit.db')
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
  rmSync(folder, { recursive: true })
})

/** A process that tries to own a database file, says how that went, and lives on if it could. */
async function another(
  path: string,
): Promise<{ child: ChildProcess; says: string; ended: Promise<unknown> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/audit/owner-child.ts', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  undo.push(() => {
    child.kill('SIGKILL')
    return ended
  })
  const says = await new Promise<string>((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.endsWith('\n')) resolve(said.trim())
    })
  })
  return { child, says, ended }
}

test('a second owner in the same process is refused and told the first owner; after the release it may lock the file', () => {
  const first = ownDatabase(file)

  expect(() => ownDatabase(file)).toThrow(`pid ${process.pid} on host ${hostname()}, since 20`)
  first.release()
  expect(owned(ownDatabase(file)).lock).toMatch(/audit\.db\.owner$/u)
})

test('kill -9 of the owner releases the lock at once; until then every other process is refused and told the owner', async () => {
  const first = await another(file)
  expect(first.says).toBe('owner')
  expect(() => ownDatabase(file)).toThrow(`pid ${first.child.pid} on host ${hostname()}, since 20`)
  expect((await another(file)).says).toContain(`pid ${first.child.pid} on host`)

  first.child.kill('SIGKILL')
  await first.ended
  expect(owned(ownDatabase(file)).text).toMatch(/audit\.db\.owner\.json$/u)
})

test('a failed attempt in the same process does not release the lock for other processes', async () => {
  const first = owned(ownDatabase(file))
  expect(() => ownDatabase(file)).toThrow('belongs to a running process')

  expect((await another(file)).says).toContain(`pid ${process.pid} on host`)
  expect(first.storeBefore).toBeUndefined()
})

test('of four processes that start at the same moment exactly one becomes the owner', async () => {
  const all = await Promise.all([file, file, file, file].map(another))

  expect(all.filter(({ says }) => says === 'owner')).toHaveLength(1)
  expect(all.filter(({ says }) => says.includes('belongs to a running process'))).toHaveLength(3)
})

test('another spelling of the path, a link to the folder and a link to the file mean the same store', () => {
  mkdirSync(join(folder, 'data'))
  symlinkSync(join(folder, 'data'), join(folder, 'linked'))
  symlinkSync(join('data', 'audit.db'), join(folder, 'audit.db')) // leads nowhere yet
  owned(ownDatabase(file))

  for (const spelling of ['data/audit.db', 'data/../data/./audit.db', 'linked/audit.db'])
    expect(() => ownDatabase(`${folder}/${spelling}`)).toThrow('belongs to a running process')
  expect(() => owned(ownDatabase(join(folder, 'data', 'other.db')))).not.toThrow()
})

test('a folder that cannot be locked is refused, with the next step', () => {
  mkdirSync(join(folder, 'audit.db.owner'))
  const turning = join(folder, 'turning.db')
  symlinkSync(turning, turning)

  for (const place of [file, '/proc/audit.db', '/dev/null/audit.db', turning])
    expect(() => ownDatabase(place)).toThrow(/cannot be locked .*; put it on a local disk/u)
})

test('two replicas with one spool: the second is refused; the lock is no spool file', () => {
  const spool = join(folder, 'spool')
  owned(ownSpool(spool))

  expect(() => ownSpool(`${spool}/.`)).toThrow('belongs to a running process')
  expect(existsSync(join(spool, 'owner'))).toBe(true)
})

test('the identity of the store stays after its owner has ended; only the user of the process can read the lock and the file beside it', () => {
  const first = ownDatabase(file)
  expect(first.storeBefore).toBeUndefined()
  first.noteStore('store-1')
  first.release()

  expect(owned(ownDatabase(file)).storeBefore).toBe('store-1')
  expect(JSON.parse(readFileSync(`${file}.owner.json`, 'utf8'))).toEqual({
    store: 'store-1',
    pid: process.pid,
    host: hostname(),
    since: expect.stringMatching(/^20/u),
  })
  const mode = (name: string): number => statSync(join(folder, name)).mode & 0o777
  expect([mode('audit.db.owner'), mode('audit.db.owner.json')]).toEqual([0o600, 0o600])
})
