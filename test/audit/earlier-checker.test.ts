import { createPublicKey } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openArchive } from '../../src/audit/archive.js'
import { makeDeidentifier } from '../../src/audit/export/deidentify.js'
import { recordOfLine } from '../../src/audit/export-line.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { schemaVersion } from '../../src/audit/record.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { purge } from '../../src/audit/store/purge.js'
import type { Trace } from '../../src/audit/trace.js'
import { EarlierChecker } from '../../src/audit/verify/earlier-checker.js'
import { FaultList, faultLine } from '../../src/audit/verify/faults.js'
import type { Library } from '../../src/service/library.js'
import { callNow } from './call-now.js'
import { libraryOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { storesIn } from './stores.js'
import { exported, verified } from './tampered-log.js'

let library: Library
/** The same content, by which an info card comes again after four hours only. */
let repeating: Library
let trace: Trace
let folder = ''
let audit: OpenAudit

beforeAll(async () => {
  library = libraryOf()
  const parameters = { ...library.parameters, 'cards.repeatMinutes': 240 }
  repeating = { ...library, parameters, pack: { ...library.pack, parameters } }
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
})
afterEach(async () => {
  await audit.close()
  rmSync(folder, { recursive: true })
})

const minute = 60_000

const overrideOf = ({ considered }: Trace, at: number) => ({
  card: considered.find(({ wire }) => wire)?.wire?.uuid ?? '',
  outcome: 'overridden' as const,
  acceptedSuggestions: [],
  outcomeTimestamp: new Date(at).toISOString(),
  shape: 'standard' as const,
})

/** A call made and recorded. */
async function made(now: number, by = library): Promise<Trace> {
  const call = await callNow(audit, by, { trace, now })
  await audit.record(call)
  return call
}

const hiddenIn = ({ considered }: Trace) => considered.map(({ hidden }) => hidden)

/** What `verify` says of the store; and the export. */
async function verdictOn(database: string) {
  const db = openDatabase(database)
  const lines = await exported(db)
  await db.destroy()
  const publicKey = createPublicKey(readFileSync(join(folder, 'signing-key.pem')))
  return { lines, said: verified(lines, { publicKey }).faults.map(faultLine).join('\n') }
}

async function erase(database: string): Promise<void> {
  const archive = await openArchive(settingsIn(folder, database), Date.now)
  const { patientId } = trace.request
  const patientRefs = archive
    .pseudonyms()
    .all.map((pseudonym) => pseudonym('development', 'patient', patientId))
  await purge({ ...archive, why: 'privacy' }, { tenant: 'development', patientRefs }, () => undefined)
  await archive.close()
}

describe.each(storesIn(() => folder))('AUD-102 in %s', (_, newStore) => {
  test('a card hidden by a recorded override is no fault: within one process, in the next process, and after both are erased', async () => {
    const database = await newStore()
    const now = Date.now() - 10 * minute
    audit = await openIn(folder, library, { database })
    const given = await made(now)
    await audit.feedback(given.client, given.request.serviceId, [overrideOf(given, now)], now + minute)
    const second = await made(now + 2 * minute)
    await audit.close()
    audit = await openIn(folder, library, { database })
    const third = await made(now + 3 * minute)
    await audit.close()
    const whole = await verdictOn(database)
    await erase(database)

    expect(
      [hiddenIn(given), hiddenIn(second), hiddenIn(third)].map((why) => why.includes('overridden')),
    ).toEqual([false, true, true])
    expect(whole.said).toBe('')
    expect((await verdictOn(database)).said).toBe('')
  })

  test('a repeated card is no fault when its first call is recorded, and a fault when only a temporary row shows the first call', async () => {
    const database = await newStore()
    const now = Date.now() - 10 * minute
    audit = await openIn(folder, library, { database })
    await made(now, repeating)
    const repeated = await made(now + minute, repeating)
    const whole = await verdictOn(database)
    const db = openDatabase(database)
    await db
      .updateTable('cards')
      .set({ at_ms: now + 5 * minute })
      .execute()
    await made(now + 241 * minute, repeating)
    await db.updateTable('cards').set({ at_ms: now }).execute()
    await db.destroy()

    expect(hiddenIn(repeated)).toContain('repeated')
    expect(whole.said).toBe('')
    expect((await verdictOn(database)).said).toContain('follows from no record')
  })
})

test('a record of an older version names no places and is accepted; a current record without places is a fault', async () => {
  const now = Date.now()
  audit = await openIn(folder, library)
  const given = await made(now)
  await audit.feedback(given.client, given.request.serviceId, [overrideOf(given, now)], now + minute)
  await made(now + 2 * minute)
  const { lines } = await verdictOn(settingsIn(folder).audit.database)
  const record = lines
    .map(recordOfLine)
    .find((each) => each?.body?.includes('"outcome":"overridden"') && each.type === 'invocation')
  const bare = {
    ...record,
    body: record?.body?.replaceAll(/,"places":\{"card":\{[^}]*\}(,"feedback":\{[^}]*\})?\}/g, ''),
  }
  const saidOf = (version: number): readonly string[] => {
    const faults = new FaultList()
    const checker = new EarlierChecker(faults, () => undefined)
    checker.call({ ...bare, schemaVersion: version } as never)
    for (const line of lines) checker.settle(line)
    checker.end()
    return faults.first.map(faultLine)
  }

  expect(bare.body).not.toContain('places')
  expect(saidOf(schemaVersion - 1)).toEqual([])
  expect(saidOf(schemaVersion).join()).toContain('earlier card ultrasound: follows from no record')
})

test('AUD-111 a de-identified export has no places of records', async () => {
  const now = Date.now()
  audit = await openIn(folder, library)
  await made(now)
  await made(now + minute)
  const { lines } = await verdictOn(settingsIn(folder).audit.database)
  const calls = lines.flatMap((line) => recordOfLine(line) ?? []).filter(({ type }) => type === 'invocation')
  const deidentified = calls.map(makeDeidentifier()).join()

  expect(calls.map(({ body }) => body).join()).toContain('"places":')
  expect(deidentified).toContain('"earlier":[{')
  expect(deidentified).not.toContain('places')
})
