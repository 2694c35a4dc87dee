import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { CheckpointLine } from '../../src/audit/verify/checkpoint-links.js'
import type { InvocationBody } from '../../src/audit/invocation-body.js'
import { openAudit } from '../../src/audit/open-audit.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { makeChain, makeChainVerifier } from '../../src/audit/chain.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { FeedbackItem, Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/service/library.js'
import type { Settings } from '../../src/config/settings.js'
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

  test('AUD-001 a call and its feedback make one record each, in one verified chain', async () => {
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

  test('AUD-021 feedback counts once, and feedback on unknown cards and by other clients is marked', async () => {
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

  test('an override is known to the next call of the same client, and to no other client', async () => {
    audit = await openIn(folder, library, { database })
    const call = again(trace)
    await audit.record(call)
    await audit.feedback(call.client, 'mastitis-patient-view', [item(cardOf(call))], trace.now + 60_000)
    const { patientId, userId } = call.request
    const earlier = await audit.earlier(call.client, patientId, userId, trace.now + 120_000)
    const elsewhere = await audit.earlier({ ...call.client, id: 'b' }, patientId, userId, trace.now + 120_000)

    expect(earlier).toContainEqual(
      expect.objectContaining({ outcome: 'overridden', at: trace.now + 60_000, sameUser: true }),
    )
    expect(earlier).toHaveLength(call.considered.filter(({ wire }) => wire).length + 1)
    expect(elsewhere).toEqual([])
  })
})

test('AUD-101 checkpoints are stored in the chain and, signed, in a second file, at the start and at the end of the process', async () => {
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  await audit.close()
  audit = undefined
  const records = await stored()
  const lines = linesOf(join(folder, 'checkpoints.ndjson')).map((line) => JSON.parse(line) as CheckpointLine)
  const checkpoints = records.filter(({ type }) => type === 'checkpoint')

  expect(records.map(({ type }) => type)).toEqual([
    ...['migration', 'checkpoint', 'content-change', 'config-change', 'invocation', 'checkpoint'],
  ])
  expect(lines.map(({ number, record }) => [number, record?.seq, record?.hash])).toEqual(
    checkpoints.map(({ seq, hash }, at) => [at + 1, seq, hash]),
  )
})

test('the first checkpoint of a process names the stream of the previous process', async () => {
  await (await openIn(folder, library)).close()
  const stream = (await stored())[0]?.stream ?? ''
  audit = await openIn(folder, library)
  const { body = '{}' } =
    (await stored()).find((record) => record.type === 'checkpoint' && record.stream !== stream) ?? {}

  expect(JSON.parse(body)).toMatchObject({ number: 1, heads: [{ stream, seq: 5 }] })
})

test('AUD-101 after a checkpoint line torn by a full disk, the next starts on a line of its own', async () => {
  writeFileSync(join(folder, 'checkpoints.ndjson'), '{"heads":[{"stre')
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  await audit.close()
  audit = undefined
  const [torn, whole = ''] = linesOf(join(folder, 'checkpoints.ndjson'))

  expect(torn).toBe('{"heads":[{"stre')
  expect(JSON.parse(whole)).toMatchObject({ number: 1, record: { signature: expect.anything() } })
})

test('AUD-030 AUD-031 the first start records content and settings, the next start only differences', async () => {
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

test('in development keys are created with access for their owner alone, and production refuses to create them', async () => {
  audit = await openIn(folder, library)
  const production: Settings = { ...settingsIn(folder), mode: 'production' }

  expect(statSync(join(folder, 'pseudonym.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'signing-key.pem')).mode & 0o777).toBe(0o600)
  await expect(openIn(folder, library, { settings: production })).rejects.toThrow(/audit\.keyFile/)
})

test('AUD-103 a torn spool line is dropped, a bad line is written to another file, the good lines are stored, and a repair is recorded', async () => {
  const chain = makeChain('dead')
  const line = (body: string): string => {
    const record = chain.append({ type: 'access', tenant: '-', at: '2026-03-03T09:00:00.000Z', body })
    return JSON.stringify({ record, cards: [], feedback: [] })
  }
  const spool = join(folder, 'spool')
  const bad = line('"second"').replace('second', 'other')
  mkdirSync(spool)
  writeFileSync(
    join(spool, 'dead.000001.spool.ndjson'),
    `${line('"first"')}\n${bad}\n${line('"third"')}\n{"record":{"str`,
  )
  audit = await openIn(folder, library)
  await audit.record(again(trace))
  const records = await stored()

  expect(records.filter(({ stream }) => stream === 'dead').map(({ body }) => body)).toEqual([
    '"first"',
    '"third"',
  ])
  expect(records.filter(({ type }) => type === 'repair').map((record) => bodyOf(record))).toEqual([
    {
      ...{ spool: 'dead.000001.spool.ndjson', kept: 2, torn: 1, refused: 1, lines: [2] },
      aside: 'dead.000001.spool.ndjson.refused',
    },
  ])
  expect(existsSync(join(spool, 'dead.000001.spool.ndjson'))).toBe(false)
  expect(readFileSync(join(spool, 'dead.000001.spool.ndjson.refused'), 'utf8')).toBe(`${bad}\n`)
})

function siteWith(parameters: string): string {
  const file = join(folder, 'site.yaml')
  writeFileSync(file, `parameters: { ${parameters} }\n`)
  return file
}

test('only the owner can read the database file and its log', async () => {
  audit = await openIn(folder, library)
  await audit.record(again(trace))

  const mode = (name: string): number => statSync(join(folder, name)).mode & 0o777
  expect([mode('audit.db'), mode('audit.db-wal')]).toEqual([0o600, 0o600])
})

test('a start that fails after locking the store releases it, so that the next start works', async () => {
  const broken = { ...library, pack: { ...library.pack, cards: undefined as never } }

  await expect(openIn(folder, broken)).rejects.toThrow()
  audit = await openIn(folder, library)
  expect(await audit.ready()).toBe(true)
})

test('production refuses a database file that everyone may read, and accepts one that its group may read', async () => {
  await (await openIn(folder, library)).close()
  const { audit: places, ...others } = settingsIn(folder)
  const [keyFile, signingKeyFile] = [join(folder, 'pseudonym.key'), join(folder, 'signing-key.pem')]
  const production: Settings = {
    ...others,
    mode: 'production',
    audit: { ...places, keyFile, signingKeyFile },
  }
  chmodSync(join(folder, 'audit.db'), 0o604)

  await expect(openIn(folder, library, { settings: production })).rejects.toThrow(/audit\.db.*everybody/su)
  chmodSync(join(folder, 'audit.db'), 0o660)
  audit = await openIn(folder, library, { settings: production })
  expect(await audit.ready()).toBe(true)
})

test.each([
  ['files that an older version left', ['dead.000001.spool.ndjson'], 1],
  ['no file', [], 0],
] as const)(
  'with a spool folder of an older version with %s the start warns, or does not',
  async (_, files, told) => {
    const before = process.cwd()
    const older = join(folder, 'data', 'spool')
    mkdirSync(older, { recursive: true })
    for (const file of files) writeFileSync(join(older, file), '')
    const warnings: string[] = []
    const log = { info: () => undefined, warn: (text: string) => warnings.push(text), error: () => undefined }
    const settings = settingsIn(folder)
    process.chdir(folder)
    try {
      audit = await openAudit({ settings, engine: '0.0.0-test', pack: library.pack, clock: Date.now, log })
    } finally {
      process.chdir(before)
    }

    expect(warnings.filter((text) => text === 'audit spool of an older version holds records').length).toBe(
      told,
    )
  },
)
