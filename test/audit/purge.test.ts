import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { makeChainVerifier } from '../../src/audit/chain.js'
import { readEpochKeys } from '../../src/audit/key-files.js'
import { pseudonymsOf } from '../../src/audit/pseudonym.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { countPurge, purge } from '../../src/audit/store/purge.js'
import type { PurgeScope } from '../../src/audit/store/purge.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { FeedbackItem, Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/service/library.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf, purgeOf } from './rig.js'
import { storesIn } from './stores.js'

const dayMs = 86_400_000

let library: Library
let trace: Trace
let folder = ''

beforeAll(async () => {
  library = libraryOf()
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

const feedbackOn = ({ considered }: Trace): FeedbackItem => ({
  card: considered.find(({ wire }) => wire)?.wire?.uuid ?? '',
  outcome: 'overridden',
  acceptedSuggestions: [],
  outcomeTimestamp: '2026-03-03T09:05:00Z',
  shape: 'standard',
})

const ofPatient = (patientId: string, now = trace.now): Trace => {
  const call = again(trace, now)
  return { ...call, request: { ...call.request, patientId } }
}

/** One call and one feedback item of each patient, an old one of Anna's first. */
async function recordCalls(database: string): Promise<void> {
  const audit = await openIn(folder, library, { database })
  for (const call of [ofPatient('anna', trace.now - 10 * dayMs), ofPatient('anna'), ofPatient('berta')]) {
    await audit.record(call)
    await audit.feedback(call.client, 'mastitis-patient-view', [feedbackOn(call)], call.now + 60_000)
  }
  await audit.close()
}

const patientRefs = (client: string, id: string): readonly string[] =>
  pseudonymsOf(
    readEpochKeys({
      path: join(folder, 'pseudonym.key'),
      mayCreate: false,
      guarded: false,
      onCreated: () => undefined,
    }),
  ).all.map((pseudonym) => pseudonym(client, 'patient', id))

async function purged(database: string, scopeOf: () => PurgeScope) {
  await recordCalls(database)
  const db = openDatabase(database)
  const scope = scopeOf()
  const foretold = await countPurge(db, scope)
  const erased = await purge(purgeOf(db), scope, () => undefined)
  const records: StoredRecord[] = []
  for await (const record of readRecords(db)) records.push(record)
  const cards = await db.selectFrom('cards').select('patient_ref').execute()
  await db.destroy()
  const calls = records.filter(({ type }) => type === 'invocation' || type === 'feedback')
  return {
    foretold,
    erased: erased.records,
    withBody: calls.map(({ type, body }) => `${type} ${body === undefined ? 'erased' : 'kept'}`),
    faults: faultsIn(records),
    cards: new Set(cards.map((card) => card.patient_ref)).size,
  }
}

function faultsIn(records: readonly StoredRecord[]): readonly unknown[] {
  const checks = new Map<string, ReturnType<typeof makeChainVerifier>>()
  return records.flatMap((record) => {
    const check = checks.get(record.stream) ?? makeChainVerifier(record.stream)
    checks.set(record.stream, check)
    return check(record) ?? []
  })
}

describe.each(storesIn(() => folder))('AUD-091 in %s', (_, makeDatabase) => {
  test('one patient is erased with her feedback; the other patients stay, and the chain verifies', async () => {
    const result = await purged(await makeDatabase(), () => ({
      tenant: trace.client.id,
      patientRefs: patientRefs(trace.client.id, 'anna'),
    }))

    expect(result.withBody).toEqual([
      ...['invocation erased', 'feedback erased', 'invocation erased', 'feedback erased'],
      ...['invocation kept', 'feedback kept'],
    ])
    expect(result).toMatchObject({ foretold: 4, faults: [], cards: 1 })
  })

  test('records older than a date are erased, and the chain verifies', async () => {
    const result = await purged(await makeDatabase(), () => ({ before: trace.now - dayMs }))

    expect(result.withBody).toEqual([
      ...['invocation erased', 'feedback erased', 'invocation kept', 'feedback kept'],
      ...['invocation kept', 'feedback kept'],
    ])
    expect(result).toMatchObject({ foretold: 2, faults: [], cards: 2 })
  })

  test('a patient with the same id at another client is not erased', async () => {
    const result = await purged(await makeDatabase(), () => ({
      tenant: 'hospital-b',
      patientRefs: patientRefs('hospital-b', 'anna'),
    }))

    expect(result).toMatchObject({ foretold: 0, erased: 0, faults: [] })
  })
})

test('data erased from a file are overwritten, not only marked as free', async () => {
  const { database } = settingsIn(folder).audit
  await purged(database, () => ({ before: trace.now + dayMs }))
  const db = openDatabase(database)
  await db.destroy() // folds the write-ahead log into the file
  const bytes = readFileSync(join(folder, 'audit.db'))

  expect(bytes.includes('content-change')).toBe(true)
  expect(bytes.includes('invocationId')).toBe(false)
})
