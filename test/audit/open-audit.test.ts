import { appendFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { InvocationBody } from '../../src/audit/invocation-body.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { makeChainVerifier } from '../../src/audit/chain.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { FeedbackItem, Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/library.js'
import type { Settings } from '../../src/settings.js'
import { again, libraryOf, linesOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { storesIn } from './stores.js'

let library: Library
let trace: Trace
let folder = ''
let audit: OpenAudit | undefined
const opened = (): OpenAudit => audit as OpenAudit

beforeAll(async () => {
  library = libraryOf()
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
})
afterEach(async () => {
  await audit?.close()
  audit = undefined
  rmSync(folder, { recursive: true })
})

async function stored(database = settingsIn(folder).audit.database): Promise<readonly StoredRecord[]> {
  const db = openDatabase(database)
  const records: StoredRecord[] = []
  for await (const record of readRecords(db)) records.push(record)
  await db.destroy()
  return records
}

const bodyOf = (record: StoredRecord | undefined): unknown => JSON.parse(record?.body ?? '{}')

const item = (card: string, changes: Partial<FeedbackItem> = {}): FeedbackItem => ({
  card,
  outcome: 'overridden',
  acceptedSuggestions: [],
  reason: { code: 'patient-declines' },
  outcomeTimestamp: '2026-03-03T09:05:00Z',
  shape: 'standard',
  ...changes,
})

const cardOf = ({ considered }: Trace): string => considered.find(({ wire }) => wire)?.wire?.uuid ?? ''

describe.each(storesIn(() => folder))('in %s', (_, makeDatabase) => {
  let database = ''
  beforeEach(async () => {
    database = await makeDatabase()
  })

  test('AUD-001 a call and its feedback leave one record each, in one verified chain', async () => {
    audit = await openIn(folder, library, { database })
    const calls = Array.from({ length: 40 }, () => again(trace))
    await Promise.all(calls.map((call) => opened().record(call)))
    await audit.feedback(
      trace.client,
      'mastitis-patient-view',
      [item(cardOf(calls[0] as Trace))],
      trace.now + 1,
    )
    const records = await stored(database)
    const ids = records
      .filter(({ type }) => type === 'invocation')
      .map((record) => (bodyOf(record) as InvocationBody).invocationId)
    const verify = makeChainVerifier(records[0]?.stream ?? '')

    expect(new Set(ids)).toEqual(new Set(calls.map(({ invocationId }) => invocationId)))
    expect(ids).toHaveLength(40)
    expect(records.filter(({ type }) => type === 'feedback')).toHaveLength(1)
    expect(records.map(verify).filter(Boolean)).toEqual([])
  })

  test('AUD-021 feedback counts once, unknown cards and other clients are flagged', async () => {
    audit = await openIn(folder, library, { database })
    const call = again(trace)
    await audit.record(call)
    const other = { ...trace.client, id: 'hospital-b' }
    const unknown = '00000000-0000-4000-8000-000000000000'
    const send = (items: readonly FeedbackItem[], client = trace.client) =>
      audit?.feedback(client, 'mastitis-patient-view', items, trace.now + 600_000)
    await send([item(cardOf(call)), item(cardOf(call)), item(unknown)])
    await send([item(cardOf(call))])
    await send([item(cardOf(call))], other)
    const matches = (await stored(database))
      .filter(({ type }) => type === 'feedback')
      .map((record) => (bodyOf(record) as { match: string }).match)

    expect(matches).toEqual(['known', 'duplicate', 'unknown-card', 'duplicate', 'other-tenant'])
  })

  test('an override is known to the next call of the same client, and to no other', async () => {
    audit = await openIn(folder, library, { database })
    const call = again(trace)
    await audit.record(call)
    await audit.feedback(call.client, 'mastitis-patient-view', [item(cardOf(call))], trace.now + 60_000)
    const { patientId, userId } = call.request
    const earlier = await audit.earlier(
      call.client,
      patientId,
      userId,
      trace.now + 120_000,
      'overrides-and-repeats',
    )
    const elsewhere = await audit.earlier(
      { ...call.client, id: 'b' },
      patientId,
      userId,
      trace.now + 120_000,
      'overrides',
    )

    expect(earlier).toContainEqual(
      expect.objectContaining({ outcome: 'overridden', at: trace.now + 60_000, sameUser: true }),
    )
    expect(earlier).toHaveLength(call.considered.filter(({ wire }) => wire).length + 1)
    expect(elsewhere).toEqual([])
  })

  test('SEC-008 a token id is fresh once, whichever replica asks', async () => {
    audit = await openIn(folder, library, { database })
    const second = await openIn(folder, library, { database })
    const expires = Date.now() + 60_000
    const answers: unknown[] = []
    for (const one of [audit, second, audit])
      answers.push(await one.replay?.remember('a', 'jti-1', expires, Date.now()))
    await second.close()

    const shared = !database.startsWith('file:')
    expect(answers).toEqual(shared ? ['fresh', 'seen', 'seen'] : [undefined, undefined, undefined])
  })
})

test('AUD-101 checkpoints are stored in the chain and, signed, in a second file', async () => {
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  await audit.close()
  audit = undefined
  const records = await stored()
  const lines = linesOf(join(folder, 'checkpoints.ndjson'))
  const line = JSON.parse(lines[0] ?? '{}') as {
    heads: { seq: number }[]
    record: { seq: number; hash: string }
  }
  const checkpoint = records.find(({ type }) => type === 'checkpoint')

  expect(lines).toHaveLength(1)
  expect(line.record).toMatchObject({ seq: checkpoint?.seq, hash: checkpoint?.hash })
  expect(line.heads[0]?.seq).toBe((checkpoint?.seq ?? 0) - 1)
})

test('AUD-101 after a checkpoint line that a full disk has torn, the next begins on a line of its own', async () => {
  writeFileSync(join(folder, 'checkpoints.ndjson'), '{"heads":[{"stre')
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  await audit.close()
  audit = undefined
  const [torn, whole = ''] = linesOf(join(folder, 'checkpoints.ndjson'))

  expect(torn).toBe('{"heads":[{"stre')
  expect(JSON.parse(whole)).toMatchObject({ heads: [expect.anything()] })
})

test('AUD-030 AUD-031 the first start records content and settings, the next only what moved', async () => {
  await (await openIn(folder, library)).close()
  const settings = settingsIn(folder)
  const [client] = settings.clients
  const changed: Settings = { ...settings, clients: client ? [{ ...client, cardsOff: ['ultrasound'] }] : [] }
  audit = await openIn(folder, library)
  await audit.reloaded(changed, libraryOf({ site: siteWith('lump.days: 10') }).pack)
  const changes = (await stored()).filter(({ type }) => type.endsWith('-change'))
  const last = bodyOf(changes[2]) as { diff: { parametersChanged: string[]; filesChanged: string[] } }

  expect(changes.map(({ type }) => type)).toEqual([
    'content-change',
    'config-change',
    'content-change',
    'config-change',
  ])
  expect(last.diff.parametersChanged).toEqual(['lump.days 14 → 10'])
  expect((bodyOf(changes[3]) as { changes: string[] }).changes).toEqual([
    'clients.development.cardsOff [] → ["ultrasound"]',
  ])
})

test('keys are made for their owner alone in development, and production refuses to make them', async () => {
  audit = await openIn(folder, library)
  const production: Settings = { ...settingsIn(folder), mode: 'production' }

  expect(statSync(join(folder, 'pseudonym.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'signing-key.pem')).mode & 0o777).toBe(0o600)
  await expect(openIn(folder, library, { settings: production })).rejects.toThrow(/audit\.keyFile/)
})

test('AUD-103 a torn spool line is cut off, the whole lines are kept, and a repair is recorded', async () => {
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  await audit.close()
  const [first] = await stored()
  mkdirSync(join(folder, 'spool'), { recursive: true })
  const whole = { record: { ...first, stream: 'dead', seq: 1 }, cards: [], feedback: [] }
  appendFileSync(
    join(folder, 'spool', 'dead.000001.spool.ndjson'),
    `${JSON.stringify(whole)}\n{"record":{"str`,
  )
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  const records = await stored()

  expect(records.filter(({ stream }) => stream === 'dead')).toHaveLength(1)
  expect(records.filter(({ type }) => type === 'repair').map((record) => bodyOf(record))).toEqual([
    { spool: 'dead.000001.spool.ndjson', kept: 1, torn: 1 },
  ])
  expect(existsSync(join(folder, 'spool', 'dead.000001.spool.ndjson'))).toBe(false)
})

function siteWith(parameters: string): string {
  const file = join(folder, 'site.yaml')
  writeFileSync(file, `parameters: { ${parameters} }\n`)
  return file
}

test('the database file and its log can be read by their owner alone', async () => {
  audit = await openIn(folder, library)
  await audit.record(again(trace))

  const mode = (name: string): number => statSync(join(folder, name)).mode & 0o777
  expect([mode('audit.db'), mode('audit.db-wal')]).toEqual([0o600, 0o600])
})
