import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import { auditCommand } from '../../src/cli/audit-command.js'
import { testInFull } from '../depth.js'
import { commandEntry } from '../entry.js'
import { testedBlock } from '../tested-block.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'

let folder = ''
let at = 0

beforeAll(async () => {
  folder = newFolder()
  await promisify(execFile)('bash', ['-ec', testedBlock('docs/connect.md', 'comments key')], {
    env: { PATH: process.env['PATH'], SITE: folder },
    cwd: folder,
  })
  const settings = settingsIn(folder)
  const commentsKeyFile = join(folder, 'comments-public.pem')
  const audit = await openIn(folder, libraryOf(), {
    settings: { ...settings, audit: { ...settings.audit, comments: true, commentsKeyFile } },
  })
  const call = again(await traceOf(libraryOf()))
  at = call.now
  await audit.record(call)
  const card = call.considered.find(({ wire }) => wire)?.wire?.uuid ?? ''
  const item = { card, acceptedSuggestions: [], comment: 'she is not febrile', shape: 'standard' } as const
  await audit.feedback(
    call.client,
    'mastitis-patient-view',
    [{ ...item, outcome: 'overridden', outcomeTimestamp: '2026-03-03T09:05:00Z' }],
    at + 60_000,
  )
  await audit.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `mastitis-cds audit comments` as the privacy role would, on the audit of the folder. */
function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], AUDIT_DATABASE: `file:${join(folder, 'audit.db')}` }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...commandEntry, 'audit', 'comments', ...args],
      { cwd: folder, env },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
      },
    )
  })
}

async function accesses(): Promise<readonly unknown[]> {
  const db = openDatabase(settingsIn(folder).audit.database)
  const found: unknown[] = []
  for await (const { body } of readRecords(db, { types: ['access'] })) found.push(JSON.parse(body ?? '{}'))
  await db.destroy()
  return found
}

test('AUD-022 AUD-092 with the key of the guide the comments are printed, and each access is recorded', async () => {
  const key = ['--key', 'comments-private.pem']
  const text = await run(key)
  const lines = await run([...key, '--format', 'ndjson'])
  const none = await run([...key, '--from', new Date(at + 86_400_000).toISOString(), '--why', 'incident'])
  const access = { what: 'read comments', by: 'cli', keyId: expect.stringMatching(/^[0-9a-f]{16}$/) }

  expect([text.code, text.err]).toEqual([0, ''])
  expect(text.out).toMatch(
    / {2}development {2}card \S+ {2}overridden\n {2}she is not febrile\n1 comments, 1 of them/,
  )
  expect(JSON.parse(lines.out)).toMatchObject({ state: 'whole', comment: 'she is not febrile' })
  expect([none.code, none.out]).toEqual([0, '0 comments, 0 of them opened and as they were sent\n'])
  expect(await accesses()).toEqual([
    ...[
      expect.objectContaining({ ...access, why: 'privacy' }),
      expect.objectContaining({ ...access, why: 'privacy' }),
    ],
    expect.objectContaining({ ...access, why: 'incident', range: { from: at + 86_400_000 } }),
  ])
})

testInFull(
  'AUD-022 another key opens nothing: the key that is needed is named, and the exit code is 1',
  async () => {
    await promisify(execFile)('openssl', [
      'genpkey',
      '-algorithm',
      'x25519',
      '-out',
      join(folder, 'other.pem'),
    ])
    const { code, out } = await run(['--key', 'other.pem'])

    expect(code).toBe(1)
    expect(out).toMatch(/cannot be opened with this key: sealed for key [0-9a-f]{16}\n/)
    expect(out).not.toContain('febrile')
  },
  60_000,
)

test.each([
  [[], 'Name the private key with --key'],
  [['--key', 'nowhere.pem'], 'nowhere.pem cannot be read'],
  [['--key', 'package.json'], 'package.json is no private X25519 or P-256 key'],
  [['--key', 'package.json', '--format', 'csv'], '--format is text or ndjson'],
])('audit comments %j is refused with a message', async (args, sentence) => {
  await expect((async () => auditCommand(['comments', ...args]))()).rejects.toThrow(sentence)
})
