import { execFileSync, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { makeChainVerifier } from '../../src/audit/chain.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { Library } from '../../src/service/library.js'
import { libraryOf, newFolder, openIn, settingsIn } from './rig.js'

/** Kills in each test; `AUDIT_KILLS=20` runs the long one. */
const kills = Number(process.env['AUDIT_KILLS'] ?? 1)

let library: Library
let folder = ''

beforeAll(() => {
  library = libraryOf()
})
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** Runs the loaded process for a while, kills it with -9, and gives the ids it answered. */
async function runAndKill(
  database: string,
  runMs: number,
  meanwhile?: () => Promise<void>,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/audit/crash-child.ts', folder, database], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('ready\n')) resolve()
    })
    child.once('exit', () => reject(new Error(`the loaded process ended by itself: ${errors}`)))
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  await Promise.all([wait(runMs), meanwhile?.()])
  child.kill('SIGKILL')
  await closed
  return output.split('\n').filter((line) => line.length === 36)
}

/** Opens the audit as a restart would, and gives the ids in the store and all faults of all chains. */
async function whatIsStored(database: string) {
  await (await openIn(folder, library, { settings: settingsIn(folder, database) })).close()
  const db = openDatabase(database)
  const ids: string[] = []
  const faults: unknown[] = []
  const verifiers = new Map<string, ReturnType<typeof makeChainVerifier>>()
  for await (const record of readRecords(db)) {
    const verify = verifiers.get(record.stream) ?? makeChainVerifier(record.stream)
    verifiers.set(record.stream, verify)
    const fault = verify(record)
    if (fault) faults.push(fault)
    if (record.type === 'invocation')
      ids.push((JSON.parse(record.body ?? '{}') as { invocationId: string }).invocationId)
  }
  await db.destroy()
  return { ids, faults }
}

async function expectNothingLost(database: string, answered: readonly string[]): Promise<void> {
  const { ids, faults } = await whatIsStored(database)
  const stored = new Set(ids)

  expect(faults).toEqual([])
  expect(ids).toHaveLength(stored.size)
  expect(answered.filter((id) => !stored.has(id))).toEqual([])
  expect(answered.length).toBeGreaterThan(kills)
}

test(
  `kill -9 under load, ${kills} times: the record of every answered call is in the store exactly once, and the chain verifies`,
  async () => {
    const { database } = settingsIn(folder).audit
    const answered: string[] = []
    for (let kill = 0; kill < kills; kill += 1)
      answered.push(...(await runAndKill(database, 100 + Math.random() * 700)))

    await expectNothingLost(database, answered)
  },
  60_000 + kills * 40_000,
)

const { TEST_POSTGRES_CTL: control = '' } = process.env
const [pgCtl = ''] = control.split(' -D ')
const canStart = pgCtl !== '' && process.getuid?.() === 0
if (!canStart)
  test.skip('PostgreSQL stopped and started: skipped, because TEST_POSTGRES_CTL names no pg_ctl or the user is not root', () =>
    undefined)

const asPostgres = (command: string): void => {
  execFileSync('su', ['postgres', '-s', '/bin/bash', '-c', command], { stdio: 'ignore' })
}

/** A server of this test alone, so that stopping it disturbs no other test. */
async function ownPostgres() {
  const home = newFolder()
  execFileSync('chown', ['postgres', home])
  asPostgres(`${pgCtl} -D ${home}/data initdb -o '-A trust -U cds'`)
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -k ${home}`
  const start = (): void => asPostgres(`${pgCtl} -D ${home}/data -w -l ${home}/log -o '${options}' start`)
  const stop = (): void => asPostgres(`${pgCtl} -D ${home}/data -m immediate stop`)
  start()
  return { url: `postgres://cds@127.0.0.1:${port}/postgres`, start, stop, home }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

if (canStart)
  test(
    'PostgreSQL stopped and started under load, then kill -9: no answered call is lost, the spool drains',
    async () => {
      const postgres = await ownPostgres()
      const stopAndStart = async (): Promise<void> => {
        await wait(300 + Math.random() * 300)
        postgres.stop()
        await wait(300 + Math.random() * 600)
        postgres.start()
      }
      try {
        const answered: string[] = []
        for (let kill = 0; kill < kills; kill += 1)
          answered.push(...(await runAndKill(postgres.url, 1_500 + Math.random() * 1_500, stopAndStart)))
        await expectNothingLost(postgres.url, answered)
      } finally {
        postgres.stop()
        rmSync(postgres.home, { recursive: true })
      }
    },
    60_000 + kills * 40_000,
  )
