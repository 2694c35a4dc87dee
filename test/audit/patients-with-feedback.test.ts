import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeChain } from '../../src/audit/chain.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { makePatientsWithFeedback } from '../../src/audit/store/patients-with-feedback.js'
import type { PatientsWithFeedback } from '../../src/audit/store/patients-with-feedback.js'
import { makeStoreBatch } from '../../src/audit/store/record-store.js'
import type { Written } from '../../src/audit/store/record-store.js'
import { newFolder } from './rig.js'

const chain = makeChain('one')
let db: AuditStore
let patients: PatientsWithFeedback

const record = () =>
  chain.append({ type: 'invocation', tenant: 'a', at: '2026-03-03T09:00:00.000Z', body: '{}' })
/** A card given to a patient. */
const given = (uuid: string, patient: string): Written => ({
  record: record(),
  cards: [
    {
      ...{
        uuid,
        tenant: 'a',
        service_id: 's',
        kind: 'ultrasound',
        indicator: 'warning',
        patient_ref: patient,
      },
      ...{ user_ref: 'u', stage: 'none', sepsis_criteria: '', shown: 1, at_ms: 10, stream: 'one', seq: 1 },
    },
  ],
  feedback: [],
})
/** Feedback on a card. */
const said = (card: string, receivedMs = 20): Written => ({
  record: record(),
  cards: [],
  feedback: [
    {
      ...{ card, tenant: 'a', outcome: 'overridden', outcome_at: 'x' },
      ...{ received_ms: receivedMs, stream: 'one', seq: 1 },
    },
  ],
})

/** Stores a batch and tells of it, as the audit does. */
async function keep(...batch: Parameters<PatientsWithFeedback['learn']>): Promise<void> {
  await makeStoreBatch(db)(...batch)
  patients.learn(...batch)
}

/** What is remembered of some patients, when no question is on its way any more. */
async function remembered(...names: readonly string[]): Promise<readonly boolean[]> {
  while (patients.mayInclude('a', 'nobody')) await db.selectFrom('feedback').select('card').execute()
  return names.map((name) => patients.mayInclude('a', name))
}

beforeEach(async () => {
  db = openDatabase(`file:${join(newFolder(), 'audit.db')}`)
  await migrate(db)
  patients = makePatientsWithFeedback(db, () => 15)
})
afterEach(() => db.destroy())

test('until it is read every patient may have feedback; then those that do', async () => {
  await makeStoreBatch(db)([given('c1', 'ann'), given('c2', 'eva')])
  await makeStoreBatch(db)([said('c1')])
  expect(patients.mayInclude('a', 'eva')).toBe(true)
  patients.learn([])

  expect(patients.mayInclude('a', 'eva')).toBe(true)
  expect(await remembered('ann', 'eva')).toEqual([true, false])
  expect(patients.mayInclude('b', 'ann')).toBe(false)
})

test('feedback that is stored is known at once, first as doubt about everybody', async () => {
  await keep([given('c1', 'ann')])
  expect(await remembered('ann')).toEqual([false])
  await keep([said('c1')])

  expect(patients.mayInclude('a', 'eva')).toBe(true)
  expect(await remembered('ann', 'eva')).toEqual([true, false])
})

test('a card that comes out of the spool after its feedback brings its patient', async () => {
  await keep([said('c1')])
  expect(await remembered('ann')).toEqual([false])
  await keep([given('c1', 'ann')], 'late')

  expect(await remembered('ann')).toEqual([true])
})

test('a batch without feedback asks nothing', async () => {
  await keep([])
  await remembered()
  await keep([given('c1', 'ann')])

  expect(patients.mayInclude('a', 'ann')).toBe(false)
})

test.each([
  [14, false],
  [15, true],
])('feedback received at %i, read when what is older than 15 no longer counts: %s', async (at, counts) => {
  await makeStoreBatch(db)([given('c1', 'ann')])
  await makeStoreBatch(db)([said('c1', at)])
  patients.learn([])

  expect(await remembered('ann')).toEqual([counts])
})

test('after a question that failed every patient may have feedback, until the store answers again', async () => {
  await keep([given('c1', 'ann')])
  await remembered()
  await db.schema.alterTable('feedback').renameTo('away').execute()
  patients.learn([said('c1')])
  while (!patients.mayInclude('a', 'nobody')) await db.selectFrom('cards').select('uuid').execute()
  await db.selectFrom('cards').select('uuid').execute()
  await db.schema.alterTable('away').renameTo('feedback').execute()

  expect(patients.mayInclude('a', 'ann')).toBe(true)
  await keep([said('c1')])
  expect(await remembered('ann', 'eva')).toEqual([true, false])
})
