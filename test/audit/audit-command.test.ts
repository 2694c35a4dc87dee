import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AccessBody } from '../../src/audit/archive.js'
import { makeChain } from '../../src/audit/chain.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import { makeSpool } from '../../src/audit/store/spool.js'
import type { Trace } from '../../src/audit/trace.js'
import { auditCommand } from '../../src/cli/audit-command.js'
import type { Library } from '../../src/service/library.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { testInFull } from '../depth.js'
import { commandEntry } from '../entry.js'

let library: Library
let folder = ''
let call: Trace

beforeAll(async () => {
  library = libraryOf()
  folder = newFolder()
  call = again(await traceOf(library))
  const audit = await openIn(folder, library)
  await audit.record(call)
  await audit.record(again(await traceOf(library, 'day-3-both-breasts-swollen-moderate')))
  await audit.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `mastitis-cds audit …` as an operator would, on the audit of the folder. */
function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...commandEntry, 'audit', ...args],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'], AUDIT_DATABASE: `file:${join(folder, 'audit.db')}` },
      },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

test('explain prints the decision; export, verify and replay find every record unchanged; each access is recorded', async () => {
  const exported = join(folder, 'export.ndjson')
  const key = join(folder, 'public.pem')
  const explained = await run(['explain', call.invocationId])
  const metrics = await run(['metrics', '--by', 'card', '--format', 'csv'])
  const exporting = await run(['export', '--format', 'ndjson', '--out', exported])
  writeFileSync(key, (await run(['public-key'])).out)
  const checkpoints = ['--checkpoints', join(folder, 'checkpoints.ndjson')]
  const verified = await run(['verify', exported, '--key', key, ...checkpoints])
  const lines = readFileSync(exported, 'utf8').split('\n')
  writeFileSync(
    exported,
    lines.map((line) => line.replace('"seq":2,"prevHash"', '"seq":3,"prevHash"')).join('\n'),
  )
  const tampered = await run(['verify', exported, '--key', key, ...checkpoints])
  const replayed = await run(['replay', '--format', 'json'])

  expect(explained.out).toContain('failed | present | no improvement at 48 h of antibiotics')
  expect(metrics.out.split('\n')[0]).toBe(
    'client,hook,role,week,card,metric,part,unit,numerator,denominator,value,low,high,note',
  )
  expect(exporting.code).toBe(0)
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('the log is whole')])
  expect([tampered.code, tampered.out]).toEqual([
    1,
    expect.stringMatching(/first bad: line \d+: record 2 of stream/),
  ])
  expect([replayed.code, JSON.parse(replayed.out)]).toEqual([
    0,
    expect.objectContaining({ calls: 2, samePack: 2, samePackDifferent: 0, identical: 2 }),
  ])
  expect(await accesses()).toEqual(['explain one call', 'metrics csv', 'export ndjson', 'replay'])
})

test('a purge is refused and erases nothing while records wait in the spool, which a purge does not reach', async () => {
  const at = new Date().toISOString()
  const waiting = makeChain('dead').append({ type: 'access', tenant: '*', at, body: '{}' })
  makeSpool(join(folder, 'spool'), 'dead').append([{ record: waiting, cards: [], feedback: [] }])
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const refused = await run(['purge', '--before', tomorrow, '--yes'])
  const explained = await run(['explain', call.invocationId])
  rmSync(join(folder, 'spool'), { recursive: true })
  const counted = await run(['purge', '--before', tomorrow])

  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toContain('Nothing was erased: records wait in the spool')
  expect(explained.code).toBe(0)
  expect([counted.code, counted.out]).toEqual([0, expect.stringContaining('records would be erased')])
})

testInFull(
  'a purge says first how much it would be, and erases only when told so',
  async () => {
    const asked = await run(['purge', '--patient', '--client', call.client.id], `${call.request.patientId}\n`)
    const done = await run(
      ['purge', '--patient', '--client', call.client.id, '--yes'],
      `${call.request.patientId}\n`,
    )
    const explained = await run(['explain', call.invocationId])

    expect(asked.out).toContain('1 records would be erased')
    expect(done.out).toContain('1 records and')
    expect([explained.code, explained.err]).toEqual([1, expect.stringContaining('was purged')])
  },
  60_000,
)

test.each([
  [['metrics', '--by', 'moon'], '--by knows'],
  [['metrics', '--from', 'yesterday'], '--from is no date'],
  [['export', '--format', 'xml', '--out', 'x'], '--format is one of'],
  [['export', '--format', 'auditevent', '--deidentified', '--out', 'x'], 'cannot be de-identified'],
  [['purge'], 'Say --expired'],
  [['verify', 'nowhere.ndjson', '--key', 'x'], 'does not exist'],
  [['weather'], 'There is no audit question'],
])('audit %j is refused with a message', async (args, sentence) => {
  await expect(auditCommand(args)).rejects.toThrow(sentence)
})

async function accesses(): Promise<readonly string[]> {
  const db = openDatabase(settingsIn(folder).audit.database)
  const found: string[] = []
  for await (const record of readRecords(db, { types: ['access'] }))
    found.push((JSON.parse(record.body ?? '{}') as AccessBody).what)
  await db.destroy()
  return found
}
