import { expect, test } from '@jest/globals'
import { hashOf, makeChain } from '../../src/audit/chain.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { makeLineCheck } from '../../src/audit/store/spool-line.js'

const entry = (body: string) => ({
  ...({ type: 'feedback', tenant: 'a', at: '2026-03-03T09:00:00.000Z', body } as const),
})
const place = { stream: 'own', seq: 1 }
const card = {
  ...{ uuid: 'u', tenant: 'a', service_id: 's', kind: 'k', indicator: 'info', patient_ref: 'p' },
  ...{ user_ref: 'u', stage: 'none', sepsis_criteria: '', shown: 1, at_ms: 1, ...place },
}
const feedback = {
  ...{ card: 'u', tenant: 'a', outcome: 'accepted', outcome_at: 't', received_ms: 1, ...place },
}
const comment = { card: 'u', tenant: 'a', received_ms: 1, sealed: 'ey', ...place }

const record = makeChain('own').append(entry('{"said":"first"}'))
const rehashed = (changes: Partial<StoredRecord>): StoredRecord => {
  const changed = { ...record, ...changes }
  return { ...changed, hash: hashOf(changed) }
}
const good = { record, cards: [card], feedback: [feedback], comment, patientRef: 'p' }
const without = (name: keyof StoredRecord): object =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))

const accepts = (value: unknown): boolean =>
  makeLineCheck('own')(typeof value === 'string' ? value : JSON.stringify(value)) !== undefined

test('a complete line is returned as it was written', () => {
  const usedTokens = [{ iss: 'i', jti: 'j', expires_ms: 1 }]
  const reasoned = { ...good, feedback: [{ ...feedback, reasoned: 1 }], usedTokens }

  expect(makeLineCheck('own')(JSON.stringify(good))).toEqual(good)
  expect(makeLineCheck('own')(JSON.stringify(reasoned))).toEqual(reasoned)
})

test.each([
  ['no JSON', 'half a line'],
  ['no object', '[]'],
  ['nothing', 'null'],
  ['no record', { cards: [], feedback: [] }],
  ['a body that was edited', { ...good, record: { ...record, body: '{"said":"other"}' } }],
  ['an envelope that was edited', { ...good, record: { ...record, tenant: 'b' } }],
  ['a hash that was edited', { ...good, record: { ...record, hash: '0'.repeat(64) } }],
  ['no body', { ...good, record: without('body') }],
  ['no salt', { ...good, record: without('salt') }],
  ['a type nobody knows', { ...good, record: rehashed({ type: 'other' as 'feedback' }) }],
  [
    'a number of no record',
    { ...good, record: rehashed({ seq: 0 }), cards: [], feedback: [], comment: undefined },
  ],
  ['half a number', { ...good, record: rehashed({ seq: 1.5 }), cards: [], feedback: [], comment: undefined }],
  ['no time', { ...good, record: rehashed({ at: 'yesterday' }) }],
  ['cards that are no list', { ...good, cards: {} }],
  ['a card without a kind', { ...good, cards: [{ ...card, kind: undefined }] }],
  ['a card at the place of another record', { ...good, cards: [{ ...card, seq: 2 }] }],
  ['feedback of another type', { ...good, feedback: [{ ...feedback, received_ms: 'now' }] }],
  ['feedback with a reason that is text', { ...good, feedback: [{ ...feedback, reasoned: 'yes' }] }],
  ['feedback in another stream', { ...good, feedback: [{ ...feedback, stream: 'other' }] }],
  ['a comment without its seal', { ...good, comment: { ...comment, sealed: undefined } }],
  ['a comment at the place of another record', { ...good, comment: { ...comment, seq: 2 } }],
  ['used tokens that are no list', { ...good, usedTokens: {} }],
  ['a used token without its end', { ...good, usedTokens: [{ iss: 'i', jti: 'j' }] }],
  ['a patient that is no text', { ...good, patientRef: 7 }],
])('a line with %s is refused', (_, line) => {
  expect(accepts(line)).toBe(false)
})

test('the streams of the process that wrote a file are its first stream and its renewed streams, and no others', () => {
  const of = (stream: string) => ({ record: makeChain(stream).append(entry('{}')), cards: [], feedback: [] })

  expect(['own', 'own.2'].map(of).map(accepts)).toEqual([true, true])
  expect(['other', 'own2', 'ow'].map(of).map(accepts)).toEqual([false, false, false])
})

test('the numbers of a stream rise, and a directly following line names the hash before it', () => {
  const chain = makeChain('own')
  const line = (written: StoredRecord): string => JSON.stringify({ record: written, cards: [], feedback: [] })
  const [first, second, third, fourth] = ['1', '2', '3', '4'].map((body) => chain.append(entry(body)))
  const forged = { ...(third as StoredRecord), prevHash: '0'.repeat(64) }
  const check = makeLineCheck('own')
  const lines = [first, second, second, first, { ...forged, hash: hashOf(forged) }, fourth]

  expect(lines.map((each) => check(line(each as StoredRecord)) !== undefined)).toEqual([
    ...[true, true, false, false],
    ...[false, true], // the third is missing then, which verification tells
  ])
})
