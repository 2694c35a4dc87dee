import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { RecordUnavailable } from '../../src/errors.js'
import { codeOf, post, start } from '../http/rig.js'
import type { Answer, Rig } from '../http/rig.js'

let rig: Rig
beforeAll(async () => {
  rig = await start()
})
afterAll(() => rig.close())

type Json = Record<string, unknown>
const card = '4e0a3a1e-3283-4575-ab82-028d55fe2719'
const accepted = (change: Json = {}): Json => ({
  card,
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'e56e1945-20b3-4393-8503-a1a20fd73152' }],
  outcomeTimestamp: '2026-03-03T09:00:00Z',
  ...change,
})
const overridden = (change: Json = {}): Json => ({
  card,
  outcome: 'overridden',
  outcomeTimestamp: '2026-03-03T09:00:00.123Z',
  ...change,
})
const send = (feedback: unknown, id = 'mastitis-patient-view'): Promise<Answer> =>
  post(`${rig.base}/cds-services/${id}/feedback`, { feedback })
const last = (): Json => rig.audit.feedbackItems.at(-1)?.item as unknown as Json

test.each([
  ['accepted', accepted()],
  ['overridden without a reason', overridden()],
  [
    'overridden with a whole reason',
    overridden({ overrideReason: { reason: { code: 'c', system: 's', display: 'd' }, userComment: 'x' } }),
  ],
  ['overridden with a comment alone', overridden({ overrideReason: { userComment: 'x' } })],
  ['accepted with a time in another zone', accepted({ outcomeTimestamp: '2026-03-03T09:00:00+01:00' })],
  ['accepted on the leap day', accepted({ outcomeTimestamp: '2028-02-29T09:00:00Z' })],
])('B1 B2 feedback that is %s is taken', async (_, item) => {
  const answer = await send([item])

  expect([answer.status, answer.body]).toEqual([200, { received: 1, kept: [0] }])
})

test.each([
  ['no list', 'x'],
  ['an empty list', []],
  ['null in it', [null]],
  ['no card', [accepted({ card: undefined })]],
  ['a card that is no UUID', [accepted({ card: 'x' })]],
  ['no outcome', [accepted({ outcome: undefined })]],
  ['another outcome', [accepted({ outcome: 'ignored' })]],
  ['accepted without suggestions', [accepted({ acceptedSuggestions: undefined })]],
  ['accepted with an empty list', [accepted({ acceptedSuggestions: [] })]],
  ['a suggestion without id', [accepted({ acceptedSuggestions: [{}] })]],
  ['a suggestion that is a text', [accepted({ acceptedSuggestions: ['x'] })]],
  ['no time', [accepted({ outcomeTimestamp: undefined })]],
  ['a date alone', [accepted({ outcomeTimestamp: '2026-03-03' })]],
  ['a time without zone', [accepted({ outcomeTimestamp: '2026-03-03T09:00:00' })]],
  ['a day that does not exist', [accepted({ outcomeTimestamp: '2026-02-30T09:00:00Z' })]],
  ['hour 24', [accepted({ outcomeTimestamp: '2026-03-03T24:00:00Z' })]],
  ['an empty reason', [overridden({ overrideReason: {} })]],
  ['a reason that is a number', [overridden({ overrideReason: 5 })]],
  ['a comment that is a number', [overridden({ overrideReason: { userComment: 5 } })]],
])('B2 feedback with %s is 400', async (_, feedback) => {
  const answer = await send(feedback)

  expect([answer.status, codeOf(answer)]).toEqual([400, 'PROTOCOL_FEEDBACK_INVALID'])
})

test('B2 feedback for an unknown service is 404', async () => {
  expect((await send([accepted()], 'nobody')).status).toBe(404)
})

test('B3 a bad item costs no other: the answer lists what was kept and what was refused', async () => {
  const before = rig.audit.feedbackItems.length
  const answer = await send([accepted(), { card }, null, overridden()])

  expect([answer.status, answer.body]).toEqual([
    200,
    {
      received: 2,
      kept: [0, 3],
      refused: [
        {
          item: 1,
          expression: '/feedback/1/outcome',
          says: '/feedback/1/outcome must be accepted or overridden.',
        },
        { item: 2, expression: '/feedback/2', says: '/feedback/2 must be an object.' },
      ],
    },
  ])
  expect(rig.audit.feedbackItems).toHaveLength(before + 2)
  expect(rig.lines.at(-1)).toMatchObject({ feedbackItems: 2, feedbackRefused: 2 })
})

test('B3 a post of bad items alone is 400 and names the first, and nothing of it is stored', async () => {
  const before = rig.audit.feedbackItems.length
  const answer = await send([accepted({ card: 'x' }), { card }])

  expect([answer.status, codeOf(answer)]).toEqual([400, 'PROTOCOL_FEEDBACK_INVALID'])
  expect(JSON.stringify(answer.body)).toContain('/feedback/0/card')
  expect(rig.audit.feedbackItems).toHaveLength(before)
})

test('B2 ids in capitals are the ids that were given: UUIDs are case-insensitive', async () => {
  const item = accepted({
    card: card.toUpperCase(),
    acceptedSuggestions: [{ id: 'E56E1945-20B3-4393-8503-A1A20FD73152' }, { id: 'No UUID' }],
  })

  expect((await send([item])).status).toBe(200)
  expect(last()).toMatchObject({
    card,
    acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152', 'No UUID'],
  })
})

test('B3 SEC-052 many items for many cards, also twice the same, are taken', async () => {
  const answer = await send([
    accepted(),
    accepted(),
    overridden({ card: '00000000-0000-4000-8000-000000000001' }),
  ])

  expect(answer.body).toEqual({ received: 3, kept: [0, 1, 2] })
})

test('SEC-052 1,000 items are taken, one more is refused', async () => {
  expect((await send(Array.from({ length: 1_000 }, () => overridden()))).status).toBe(200)
  expect((await send(Array.from({ length: 1_001 }, () => overridden()))).status).toBe(413)
})

test('B4 a reason needs neither display nor system', async () => {
  await send([overridden({ overrideReason: { reason: { code: 'not-current' } } })])
  expect(last()['reason']).toEqual({ code: 'not-current' })

  await send([
    overridden({
      overrideReason: { reason: { code: 'c', system: 's' } },
      extension: { 'org.x': {} },
      more: 1,
    }),
  ])
  expect(last()['reason']).toEqual({ code: 'c', system: 's' })
})

const hl7 = 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes'
const refuses = { system: hl7, code: 'patient-refuses' }

test.each([
  ['a Coding in place of the reason', refuses, { reason: refuses }],
  ['a code alone', { code: 'patient-refuses' }, { reason: { code: 'patient-refuses' } }],
  ['a bare code', 'patient-refuses', { reason: { code: 'patient-refuses' } }],
  ['a bare code as the reason', { reason: 'patient-refuses' }, { reason: { code: 'patient-refuses' } }],
  ['a CodeableConcept', { coding: [refuses], text: 'Refuses' }, { reason: refuses }],
  ['a CodeableConcept as the reason', { reason: { coding: [refuses] } }, { reason: refuses }],
  ['a CodeableConcept with words alone', { text: 'Refuses' }, { reason: { display: 'Refuses' } }],
  ['a list of Codings', [null, {}, refuses], { reason: refuses }],
  ['a Coding beside a comment', { ...refuses, userComment: 'later' }, { reason: refuses, comment: 'later' }],
])(
  'B4 a reason written as %s is read, and its shape is that of a vendor',
  async (_, overrideReason, read) => {
    expect((await send([overridden({ overrideReason })])).status).toBe(200)
    expect(last()).toMatchObject({ shape: 'vendor', ...read })
  },
)

test('B4 B6 words in place of a reason are a comment, because they may name the patient', async () => {
  await send([overridden({ overrideReason: 'Mrs Example is better' })])

  expect(last()).toMatchObject({ shape: 'vendor', comment: 'Mrs Example is better' })
  expect(last()['reason']).toBeUndefined()
})

test('B4 AUD-020 the vendor shape is taken, and it is kept which shape it was', async () => {
  await send([
    overridden({
      overrideReasons: {
        reason: { code: '1', system: 'urn:oid:1.2' },
        extension: { 'com.vendor.reason-text': { text: 'improving' } },
      },
    }),
  ])

  expect(last()).toMatchObject({ shape: 'vendor', reason: { code: '1' }, comment: 'improving' })

  await send([overridden({ overrideReasons: { code: '1' } })])
  expect(last()).toMatchObject({ shape: 'vendor', reason: { code: '1' } })
  expect(last()['comment']).toBeUndefined()

  await send([overridden()])
  expect(last()['shape']).toBe('standard')
})

test('B4 feedback on a card that was never given is stored', async () => {
  const unknown = '00000000-0000-4000-8000-00000000dead'

  expect((await send([overridden({ card: unknown })])).status).toBe(200)
  expect(last()['card']).toBe(unknown)
})

test('B6 SEC-052 a comment of 4,000 characters is taken, a longer one refused, and none reaches the log', async () => {
  const comment = (length: number): Json => ({ overrideReason: { userComment: 'Z'.repeat(length) } })

  expect((await send([overridden(comment(4_000))])).status).toBe(200)
  expect((await send([overridden(comment(4_001))])).status).toBe(400)
  expect(JSON.stringify(rig.lines)).not.toContain('ZZZZ')
})

test('SEC-107 feedback that cannot be recorded is 503, so that the client sends it again', async () => {
  const failing = await start({ audit: { feedback: () => Promise.reject(new RecordUnavailable()) } })
  try {
    const answer = await post(`${failing.base}/cds-services/mastitis-order-sign/feedback`, {
      feedback: [overridden()],
    })

    expect([answer.status, codeOf(answer)]).toEqual([503, 'RECORD_UNAVAILABLE'])
  } finally {
    await failing.close()
  }
})
