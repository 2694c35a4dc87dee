import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { assess } from '../../src/assess/assess.js'
import type { Parameters } from '../../src/assess/parameters.js'
import { makeChain } from '../../src/audit/chain.js'
import { invocationBody } from '../../src/audit/invocation-body.js'
import type { InvocationBody } from '../../src/audit/invocation-body.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { makePseudonyms } from '../../src/audit/pseudonym.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { emptyReport, replayMarkdown } from '../../src/audit/replay/replay-tally.js'
import type { ReplayReport } from '../../src/audit/replay/replay-tally.js'
import { makeAskEarlier } from '../../src/audit/replay/earlier-in-store.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { purge } from '../../src/audit/store/purge.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { Trace } from '../../src/audit/trace.js'
import { versionsOf } from '../../src/audit/versions-of.js'
import { chooseCards } from '../../src/cards/choose/choose-cards.js'
import type { EarlierCard } from '../../src/facts/earlier-card.js'
import type { Library } from '../../src/service/library.js'
import { replayRecord } from '../../src/audit/replay/replay-record.js'
import { again, libraryOf, newFolder, openIn, traceOf, purgeOf } from './rig.js'
import { storesIn } from './stores.js'

const hour = 3_600_000
const day = 24 * hour

let library: Library
let nudged: Library
/** Her lump is one day short of the 14 days after which an ultrasound is advised: no card. */
let quiet: Trace
/** A day later the ultrasound is advised. */
let advised: Trace
let folder = ''
let audit: OpenAudit
/** The quiet call on record, of a patient of its own in each test. */
let call: Trace

/** The content with other numbers. */
function withParameters(changes: Partial<Parameters>): Library {
  const parameters = { ...library.parameters, ...changes }
  return { ...library, parameters, pack: { ...library.pack, parameters, hash: 'other' } }
}

/** The content by which the same card comes again after four hours. */
const repeating = (): Library => withParameters({ 'cards.repeatMinutes': 240 })

const bodyOf = (trace: Trace): InvocationBody =>
  invocationBody(trace, versionsOf('0.0.0-test', library.pack), makePseudonyms(Buffer.alloc(32, 7), 1))

const storedOf = (trace: Trace): StoredRecord => {
  const body = JSON.stringify(bodyOf(trace))
  return makeChain('one').append({ type: 'invocation', tenant: trace.client.id, at: '', body })
}

/** The record as version 1 made it for a call without a card: with nothing of what was said earlier. */
function asVersion1(record: StoredRecord): StoredRecord {
  const body = JSON.parse(record.body ?? '') as { facts: { earlier?: unknown } }
  delete body.facts.earlier
  return { ...record, schemaVersion: 1, body: JSON.stringify(body) }
}

/** The same patient at another moment, decided by the content in force, with what was said earlier. */
function at(trace: Trace, now: number, earlier: readonly EarlierCard[] = []): Trace {
  const facts = { ...trace.facts, earlier }
  const assessment = assess(facts, library.parameters, now)
  return again({ ...trace, facts, assessment, considered: chooseCards(library.pack, trace, assessment) }, now)
}

beforeAll(async () => {
  library = libraryOf()
  nudged = withParameters({ 'lump.days': 13 })
  const trace = await traceOf(library, 'lump-14-days')
  quiet = at(trace, trace.now - 8 * hour)
  advised = at(trace, trace.now + 24 * hour)
})
const cardOf = ({ considered }: Trace): string =>
  considered.find(({ kind }) => kind === 'ultrasound')?.wire?.uuid ?? ''

/** Records a call in which an ultrasound was advised at that moment. */
async function give(now: number, as = advised): Promise<Trace> {
  const { patientId } = call.request
  const given = again({ ...as, request: { ...as.request, patientId } }, now)
  await audit.record(given)
  return given
}

async function twice(first: number, second: number): Promise<void> {
  await give(first)
  await give(second)
}

const override = (given: Trace, now: number, outcome: 'overridden' | 'accepted' = 'overridden') =>
  audit.feedback(
    given.client,
    given.request.serviceId,
    [
      {
        card: cardOf(given),
        outcome,
        acceptedSuggestions: [],
        outcomeTimestamp: new Date(now).toISOString(),
        shape: 'standard',
      },
    ],
    now,
  )

/** Replays the quiet call alone, from a record of version 1. */
async function replayed(by: Library): Promise<ReplayReport> {
  const { db } = audit.archive
  let report = emptyReport({ version: by.pack.version, hash: by.pack.hash })
  const by1 = { library: by, earlierInStore: makeAskEarlier(db) }
  for await (const record of readRecords(db, { from: quiet.now, types: ['invocation'] }))
    if (record.body?.includes(call.invocationId)) report = await replayRecord(report, asVersion1(record), by1)
  return report
}

describe.each(storesIn(() => folder))(
  'a call without a card, replayed with rules that advise an ultrasound, in %s',
  (_, makeDatabase) => {
    beforeAll(async () => {
      folder = newFolder()
      const database = await makeDatabase()
      audit = await openIn(folder, library, { database })
    })
    beforeEach(async () => {
      call = again({ ...quiet, request: { ...quiet.request, patientId: randomUUID() } })
      await audit.record(call)
    })
    afterAll(async () => {
      await audit.close()
      rmSync(folder, { recursive: true })
    })

    const before = () => quiet.now - 3 * hour
    const after = () => quiet.now + 3 * hour
    const another = () => ({ ...advised, client: { ...advised.client, id: 'hospital-b' } })

    test.each<[string, () => Promise<unknown>, 'hidden' | 'added']>([
      ['nothing was said earlier', () => Promise.resolve(), 'added'],
      ['it was given earlier', () => give(before()), 'added'],
      ['it was overridden earlier', async () => override(await give(before()), quiet.now - hour), 'hidden'],
      ['overridden the moment before', async () => override(await give(before()), quiet.now - 1), 'hidden'],
      ['overridden at that very moment', async () => override(await give(before()), quiet.now), 'added'],
      [
        'given earlier, overridden after the call',
        async () => override(await give(before()), after()),
        'added',
      ],
      [
        'given and overridden after the call',
        async () => override(await give(after()), after() + hour),
        'added',
      ],
      [
        'it was overridden earlier, and accepted after the call',
        async () => {
          const call = await give(before())
          await override(call, quiet.now - hour)
          await override(call, after(), 'accepted')
        },
        'hidden',
      ],
      [
        'it was overridden at another client',
        async () => override(await give(before(), another()), quiet.now - hour),
        'added',
      ],
    ])('%s', async (_name, said, outcome) => {
      await said()
      const report = await replayed(nudged)

      expect(report.counts).toMatchObject({ 'card-added': outcome === 'added' ? 1 : 0 })
      expect(report).toMatchObject({
        calls: 1,
        identical: outcome === 'hidden' ? 1 : 0,
        earlierRead: 1,
        earlierPurged: 0,
      })
    })

    test.each<[string, () => Promise<unknown>, 'hidden' | 'added']>([
      ['given an hour before', () => give(quiet.now - hour), 'hidden'],
      ['given at that very moment in another call', () => give(quiet.now), 'added'],
      ['given after the call', () => give(after()), 'added'],
      ['given an hour before, and again after the call', () => twice(quiet.now - hour, after()), 'hidden'],
    ])('a card that the user is not to see again within four hours: %s', async (_name, said, outcome) => {
      await said()
      const report = await replayed(withParameters({ 'lump.days': 13, 'cards.repeatMinutes': 240 }))

      expect(report.counts['card-added']).toBe(outcome === 'added' ? 1 : 0)
    })

    test('for records erased by a purge by age the report says that earlier cards are unknown, unless the rest hides the card', async () => {
      await override(await give(before()), quiet.now - hour)
      await audit.archive.note('purge', { onePatientOf: 'another' })
      await audit.archive.note('purge', { before: new Date(quiet.now - 20 * day).toISOString() })
      const whole = await replayed(nudged)
      await purge(purgeOf(audit.archive.db as AuditStore), { before: quiet.now - 2 * hour }, () => undefined)
      const purged = await replayed(nudged)
      await override(await give(quiet.now - 2 * hour), quiet.now - hour)
      const hidden = await replayed(nudged)

      expect(whole).toMatchObject({ identical: 1, earlierPurged: 0 })
      expect(purged).toMatchObject({ identical: 0, earlierRead: 1, earlierPurged: 1 })
      expect(hidden).toMatchObject({ identical: 1, earlierRead: 1, earlierPurged: 0 })
      expect(replayMarkdown(whole)).not.toContain('not fully known')
      expect(replayMarkdown(purged)).toContain('For 1 of those it is not fully known')
    })
  },
)

const overriddenThen = (): EarlierCard => ({
  ...{ kind: 'ultrasound', indicator: 'info', outcome: 'overridden', sameUser: true },
  ...{ at: advised.now - hour, stage: advised.assessment.leadingStage, sepsisCriteria: [] },
})

/** Replays one record; the store would say that the ultrasound had been overridden. */
async function replayedAlone(record: StoredRecord, by: Library) {
  const asked: string[] = []
  const report = await replayRecord(emptyReport({ version: 'v', hash: 'h' }), record, {
    library: by,
    earlierInStore: (tenant) => {
      asked.push(tenant)
      return Promise.resolve({ cards: [overriddenThen()], purged: false })
    },
  })
  return { asked, report }
}

test.each<[string, () => StoredRecord, () => Library, 'asked' | 'not asked', number]>([
  ['a record of version 1, other content', () => asVersion1(storedOf(quiet)), () => nudged, 'asked', 0],
  [
    'a record of version 1, the content that decided',
    () => asVersion1(storedOf(quiet)),
    () => library,
    'not asked',
    0,
  ],
  ['a record that holds that nothing was said', () => storedOf(quiet), () => nudged, 'not asked', 1],
  [
    'a record that holds what was said',
    () => storedOf(at(quiet, quiet.now, [overriddenThen()])),
    () => nudged,
    'not asked',
    0,
  ],
])('the store is asked only for data that a record lacks: %s', async (_, record, by, expected, added) => {
  const { asked, report } = await replayedAlone(record(), by())

  expect(asked).toEqual(expected === 'asked' ? [quiet.client.id] : [])
  expect(report).toMatchObject({ calls: 1, earlierRead: asked.length, identical: 1 - added })
  expect(report.counts['card-added']).toBe(added)
})

test('a record holds the cards shown before, so content that counts repeats hides them again', async () => {
  const shown: EarlierCard = { ...overriddenThen(), outcome: 'shown' }
  const { asked, report } = await replayedAlone(storedOf(at(advised, advised.now, [shown])), repeating())

  expect(asked).toEqual([])
  expect(report.counts['card-removed']).toBe(1)
})

test('a record holds the earlier cards, even when there are none, whatever the outcome of its cards', () => {
  const earlierIn = (trace: Trace) => (bodyOf(trace).facts as { earlier?: readonly unknown[] }).earlier

  expect(earlierIn(quiet)).toEqual([])
  expect(earlierIn(at(quiet, quiet.now, [overriddenThen()]))).toHaveLength(1)
})

test('the two moments of this file: no card with the rules in force, and an ultrasound card a day later', () => {
  const given = ({ considered }: Trace) => considered.flatMap(({ kind, wire }) => (wire ? [kind] : []))

  expect([given(quiet), given(advised)]).toEqual([[], ['ultrasound', 'continue-breastfeeding']])
})
