import { beforeAll, expect, test } from '@jest/globals'
import { invocationBody } from '../../src/audit/invocation-body.js'
import type { InvocationBody, RecordedCard } from '../../src/audit/invocation-body.js'
import { makePseudonyms } from '../../src/audit/pseudonym.js'
import { cardDifferences } from '../../src/audit/replay/card-differences.js'
import { emptyReport, replayMarkdown, withCall } from '../../src/audit/replay/replay-tally.js'
import type { Trace } from '../../src/audit/trace.js'
import { versionsOf } from '../../src/audit/versions-of.js'
import { chooseCards } from '../../src/cards/choose/choose-cards.js'
import { assess } from '../../src/assess/assess.js'
import { evaluate, requestBody } from '../../src/cli/evaluate.js'
import { fixtureNames, readFixture, readOrders } from '../../src/cli/fixture.js'
import { developmentClient } from '../../src/config/development-client.js'
import { DataUnavailable } from '../../src/errors.js'
import type { Library } from '../../src/service/library.js'
import { reDecide } from '../../src/audit/replay/re-decide.js'
import { libraryOf, traceOfBody } from './rig.js'

/** Calls replayed; `AUDIT_REPLAYS=5000` runs the long one. Each patient is called on at several moments of her story. */
const wanted = Number(process.env['AUDIT_REPLAYS'] ?? 300)

const orders = ['ultrasound-left', 'dicloxacillin', 'cabergoline', 'punch-biopsy', 'tmp-smx']
const hooks = ['patient-view', 'order-sign', 'patient-view', 'order-select'] as const
const pseudonyms = makePseudonyms(Buffer.alloc(32, 7), 1)

let library: Library
let recorded: { body: InvocationBody; trace: Trace }[] = []

/** A call at another moment, decided through the same rooms. */
function movedTo(trace: Trace, hours: number): Trace {
  const now = trace.now + hours * 3_600_000
  const assessment = assess(trace.facts, library.parameters, now)
  const { request, client, invocationId } = trace
  return {
    ...trace,
    now,
    assessment,
    considered: chooseCards(library.pack, { request, client, invocationId }, assessment),
  }
}

beforeAll(async () => {
  library = libraryOf()
  const versions = versionsOf('0.0.0-test', library.pack)
  const traces: Trace[] = []
  for (const [at, name] of fixtureNames('fhir-fixtures').entries()) {
    const fixture = readFixture('fhir-fixtures', name, 0)
    const hook = hooks[at % hooks.length] ?? 'patient-view'
    const drafts =
      hook === 'patient-view'
        ? []
        : readOrders('fhir-fixtures', [orders[at % orders.length] ?? ''], fixture.patientId)
    try {
      traces.push((await evaluate({ fixture, hook, orders: drafts }, library)).trace)
    } catch (error) {
      if (!(error instanceof DataUnavailable)) throw error
    }
  }
  const through = (trace: Trace) => ({
    trace,
    // as it comes back from the store: text and nothing else
    body: JSON.parse(JSON.stringify(invocationBody(trace, versions, pseudonyms))) as InvocationBody,
  })
  recorded = Array.from({ length: wanted }, (_, at) => {
    const trace = traces[at % traces.length] as Trace
    return through(movedTo(trace, Math.floor(at / traces.length) * 3.5))
  })
})

test(`AUD-080 ${wanted} recorded calls replayed with the same content give the same cards, hash by hash`, () => {
  const different = recorded.flatMap(({ body }) => cardDifferences(body.cards, reDecide(body, library).cards))
  const cards = recorded.reduce((sum, { body }) => sum + body.cards.length, 0)

  expect(different).toEqual([])
  expect(cards).toBeGreaterThan(wanted / 2)
})

test('AUD-081 with one parameter changed the diff names exactly the calls that end differently', () => {
  const nudged: Library = {
    ...library,
    parameters: { ...library.parameters, 'response.dueHours': 49 },
    pack: { ...library.pack, parameters: { ...library.parameters, 'response.dueHours': 49 } },
  }
  const affected = recorded.filter(({ trace, body }) => {
    const { request, client, invocationId, facts, now } = trace
    const cards = chooseCards(
      nudged.pack,
      { request, client, invocationId },
      assess(facts, nudged.parameters, now),
    )
    const hashes = (list: readonly { kind: string; contentHash?: string }[]) =>
      list.map(({ kind, contentHash }) => `${kind} ${contentHash ?? ''}`).sort()
    return JSON.stringify(hashes(cards.filter(({ wire }) => wire))) !== JSON.stringify(hashes(body.cards))
  })
  const named = recorded.filter(
    ({ body }) => cardDifferences(body.cards, reDecide(body, nudged).cards).length > 0,
  )

  expect(named.map(({ body }) => body.receivedAt + body.patientRef)).toEqual(
    affected.map(({ body }) => body.receivedAt + body.patientRef),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.length).toBeLessThan(recorded.length / 2)
})

test('the report counts each difference, keeps examples, and can be continued', () => {
  const pack = { version: 'v2', hash: 'h2' }
  const call = { invocationId: 'i', stream: 's', seq: 1, samePack: false }
  const report = [1, 2, 3].reduce(
    (sum, seq) =>
      withCall(sum, {
        ...call,
        seq,
        differences: seq === 3 ? [{ kind: 'sepsis', is: 'card-added' as const }] : [],
      }),
    emptyReport(pack),
  )

  expect(report).toMatchObject({ calls: 3, identical: 2, samePack: 0, after: { stream: 's', seq: 3 } })
  expect(report.counts['card-added']).toBe(1)
  expect(replayMarkdown(report)).toContain('| card-added | 1 | 33.33 % |')
})

test('AUD-080 a call that returned the card for missing data returns that card again', async () => {
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  const question = { fixture, hook: 'patient-view', orders: [] } as const
  const trace = await traceOfBody({ ...requestBody(question), prefetch: {} }, library, fixture.at, {
    ...developmentClient,
    onMissingData: 'card',
  })
  const body = invocationBody(trace, versionsOf('0.0.0-test', library.pack), pseudonyms)

  expect(body.cards.map(({ kind }) => kind)).toEqual(['check-not-run'])
  expect(cardDifferences(body.cards, reDecide(body, library).cards)).toEqual([])
})

test('a call that returned the card for missing data does not return it with content that has another card for the call', () => {
  const { body } = recorded.find((call) => call.body.cards.length > 0) as (typeof recorded)[number]
  const notRun = { ...(body.cards[0] as RecordedCard), kind: 'check-not-run' }

  expect(reDecide({ ...body, cards: [notRun] }, library).cards.map(({ kind }) => kind)).toEqual(
    body.cards.map(({ kind }) => kind),
  )
})
