import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { makeChain } from '../../src/audit/chain.js'
import { makeEarlierCards } from '../../src/audit/store/earlier-cards.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { makeStoreBatch } from '../../src/audit/store/record-store.js'
import { makeSpool } from '../../src/audit/store/spool.js'
import type { Trace } from '../../src/audit/trace.js'
import { again, libraryOf, newFolder, openIn, traceOf, signHead } from './rig.js'

const library = libraryOf()
const hl7ReasonSystem = 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes'
let folder = ''
let audit: OpenAudit
let trace: Trace

beforeEach(async () => {
  folder = newFolder()
  audit = await openIn(folder, library)
  trace = await traceOf(library)
})
afterEach(async () => {
  await audit.close()
  rmSync(folder, { recursive: true })
})

const minute = 60_000

test('of repeated cards only the newest of each is known, so the record does not grow with each opening of the chart', async () => {
  const { client, request, now } = trace
  for (let opening = 0; opening < 20; opening += 1) await audit.record(again(trace, now + opening * minute))

  const earlier = await audit.earlier(client, request.patientId, request.userId, now + 21 * minute)
  const shown = trace.shown.filter(({ wire }) => wire)
  expect(shown.length).toBeGreaterThan(0)
  expect(earlier.map(({ kind }) => kind).sort()).toEqual(shown.map(({ kind }) => kind).sort())
  expect(earlier.every(({ at }) => at === now + 19 * minute)).toBe(true)
})

test('an override is known, however often the chart was opened before and after it, by any user', async () => {
  const { client, request, now } = trace
  const calls = Array.from({ length: 30 }, (_item, opening) => again(trace, now + opening * minute))
  for (const call of calls) await audit.record(call)
  const [card] = calls[3]?.considered.flatMap(({ wire }) => (wire ? [wire.uuid] : [])) ?? []
  const item = { card: card ?? '', acceptedSuggestions: [], outcomeTimestamp: '2026-03-03T09:00:00Z' }
  const say = (outcome: 'overridden' | 'accepted', at: number) =>
    audit.feedback(client, request.serviceId, [{ ...item, outcome, shape: 'standard' }], at)

  await say('overridden', now + 40 * minute)
  const known = async () =>
    (await audit.earlier(client, request.patientId, 'Practitioner/another', now + 60 * minute)).map(
      ({ outcome, at }) => [outcome, at],
    )
  expect(await known()).toEqual([['overridden', now + 40 * minute]])
  await say('accepted', now + 50 * minute)
  expect(await known()).toEqual([])
})

test.each([
  ['a reason of ours', { reason: { code: 'sepsis-pathway-active' } }, true],
  ['a reason of HL7', { reason: { code: 'action-completed', system: hl7ReasonSystem } }, true],
  [
    'a reason of ours as if HL7 had published it',
    { reason: { code: 'sepsis-pathway-active', system: hl7ReasonSystem } },
    undefined,
  ],
  [
    'a reason of ours as if another had published it',
    { reason: { code: 'sepsis-pathway-active', system: 'urn:x' } },
    undefined,
  ],
  ['a reason that states no fact', { reason: { code: 'other' } }, undefined],
  ['a reason of HL7 that states no fact', { reason: { code: 'cds-not-applicable' } }, undefined],
  ['an unknown code', { reason: { code: 'x' } }, undefined],
  ['words', { reason: { display: '.' } }, undefined],
  ['words that are a code of ours', { reason: { display: 'sepsis-pathway-active' } }, undefined],
  ['no reason', {}, undefined],
  ['a comment alone', { comment: 'seen' }, undefined],
] as const)(
  'an override with %s: a later call knows whether its reason states a fact',
  async (_, more, expected) => {
    const { client, request, now } = trace
    await audit.record(trace)
    const [card = ''] = trace.considered.flatMap(({ wire }) => (wire ? [wire.uuid] : []))
    const item = { card, acceptedSuggestions: [], outcomeTimestamp: '2026-03-03T09:00:00Z' }
    const overridden = { ...item, outcome: 'overridden', shape: 'standard', ...more } as const
    await audit.feedback(client, request.serviceId, [overridden], now + minute)
    const [known] = await audit.earlier(client, request.patientId, 'Practitioner/another', now + 2 * minute)

    expect(known).toMatchObject({ outcome: 'overridden', sameUser: false })
    expect(known?.reasoned).toBe(expected)
  },
)

test('when cards were shown and one of them was overridden, both facts are known', async () => {
  const { client, request, now } = trace
  await audit.record(trace)
  const [card = ''] = trace.considered.flatMap(({ wire }) => (wire ? [wire.uuid] : []))
  const item = { card, acceptedSuggestions: [], outcomeTimestamp: '2026-03-03T09:00:00Z' }
  const overridden = { ...item, outcome: 'overridden', shape: 'standard' } as const
  await audit.feedback(client, request.serviceId, [overridden], now + minute)
  const earlier = await audit.earlier(client, request.patientId, request.userId, now + 2 * minute)

  expect([...new Set(earlier.map(({ outcome }) => outcome))].sort()).toEqual(['overridden', 'shown'])
})

test.each(['in-time', 'late'] as const)(
  'feedback stored before its card finds the card when the card arrives: %s',
  async (arrival) => {
    const db = openDatabase(`file:${join(folder, 'other.db')}`)
    await migrate(db)
    await migrate(db)
    const store = makeStoreBatch(db, signHead)
    const chain = makeChain('one')
    const place = { stream: 'one', seq: 1 }
    const entry = { type: 'invocation', tenant: 'a', at: '2026-03-03T09:00:00.000Z', body: '{}' } as const
    const said = {
      card: 'card-1',
      tenant: 'a',
      outcome: 'overridden',
      outcome_at: 'x',
      received_ms: 20,
      ...place,
    }
    const given = {
      ...{ uuid: 'card-1', tenant: 'a', service_id: 's', kind: 'ultrasound', indicator: 'warning' },
      ...{
        patient_ref: 'p',
        user_ref: 'u',
        stage: 'none',
        sepsis_criteria: '',
        shown: 1,
        at_ms: 10,
        ...place,
      },
    }
    await store([{ record: chain.append(entry), cards: [], feedback: [said] }])
    await store([{ record: chain.append(entry), cards: [given], feedback: [] }], arrival)
    const earlier = await makeEarlierCards(db)({
      tenant: 'a',
      patientRef: 'p',
      userRef: 'another',
      now: 30,
    })
    await db.destroy()

    expect(earlier.map(({ outcome }) => outcome)).toEqual(arrival === 'late' ? ['overridden'] : [])
  },
)

test('an override of a card that was in the spool of an ended process is known once the card is in the store', async () => {
  const { client, request, now } = trace
  await audit.record(trace)
  const { db } = audit.archive
  const cards = await db.selectFrom('cards').selectAll().execute()
  await db.deleteFrom('cards').execute()
  const item = {
    card: cards[0]?.uuid ?? '',
    acceptedSuggestions: [],
    outcomeTimestamp: '2026-03-03T09:00:00Z',
  }
  const overridden = { ...item, outcome: 'overridden', shape: 'standard' } as const
  await audit.feedback(client, request.serviceId, [overridden], now + minute)
  const known = async () =>
    (await audit.earlier(client, request.patientId, request.userId, now + 2 * minute)).filter(
      ({ outcome }) => outcome === 'overridden',
    ).length
  const before = await known()
  await audit.close()
  const entry = { type: 'invocation', tenant: client.id, at: '2026-03-03T09:00:00.000Z', body: '{}' } as const
  const record = makeChain('dead').append(entry)
  const { stream, seq } = record
  makeSpool(join(folder, 'spool'), 'dead').append([
    { record, cards: cards.map((card) => ({ ...card, stream, seq })), feedback: [] },
  ])
  audit = await openIn(folder, library)

  expect([before, await known()]).toEqual([0, 1])
})

test('of two items on one card in one request the later item counts', async () => {
  const { client, request, now } = trace
  await audit.record(trace)
  const [card = ''] = trace.considered.flatMap(({ wire }) => (wire ? [wire.uuid] : []))
  const item = {
    card,
    acceptedSuggestions: [],
    outcomeTimestamp: '2026-03-03T09:00:00Z',
    shape: 'standard',
  } as const
  await audit.feedback(
    client,
    request.serviceId,
    [
      { ...item, outcome: 'overridden' },
      { ...item, outcome: 'accepted' },
    ],
    now + minute,
  )
  const earlier = await audit.earlier(client, request.patientId, request.userId, now + 2 * minute)

  expect(earlier.map(({ outcome }) => outcome)).not.toContain('overridden')
})

test('a card of another user, or an overridden card, is known beside the newest card', async () => {
  const { client, request, now } = trace
  await audit.record(trace)
  const byAnother = again(trace, now + minute)
  await audit.record({ ...byAnother, request: { ...request, userId: 'Practitioner/another' } })
  const [overridden] = byAnother.considered.flatMap(({ wire, kind }) =>
    wire ? [{ uuid: wire.uuid, kind }] : [],
  )
  await audit.feedback(
    client,
    request.serviceId,
    [
      {
        card: overridden?.uuid ?? '',
        outcome: 'overridden',
        acceptedSuggestions: [],
        outcomeTimestamp: new Date(now + minute).toISOString(),
        shape: 'standard',
      },
    ],
    now + 2 * minute,
  )
  const earlier = await audit.earlier(client, request.patientId, request.userId, now + 3 * minute)

  expect(
    earlier
      .filter(({ kind }) => kind === overridden?.kind)
      .map(({ outcome, sameUser }) => `${outcome} ${String(sameUser)}`)
      .sort(),
  ).toEqual(['overridden false', 'shown true'])
})
