import { expect, test } from '@jest/globals'
import { readKeys } from '../../src/gather/chart.js'
import type { DataSource } from '../../src/gather/chart.js'
import { readsOf } from '../../src/facts/reads.js'
import { coded, condition, factsIn, observation, request } from './reading.js'

const patient = (rest: Record<string, unknown> = {}) => ({
  resourceType: 'Patient',
  id: 'p',
  gender: 'female',
  birthDate: '1994-05-17',
  name: [{ family: 'Zzcanary' }],
  ...rest,
})

test.each([
  ['female', 'female'],
  ['male', 'male'],
  ['other', 'other'],
  ['unknown', 'unknown'],
  [undefined, 'unknown'],
  [4, 'unknown'],
])('gender %s is %s', (gender, expected) => {
  expect(factsIn([patient({ gender })]).patient?.gender).toBe(expected)
})

test.each([
  ['nothing', {}, false],
  ['deceasedBoolean true', { deceasedBoolean: true }, true],
  ['deceasedBoolean false', { deceasedBoolean: false }, false],
  ['deceasedDateTime', { deceasedDateTime: '2026-01-01' }, true],
  ['a malformed deceasedDateTime', { deceasedDateTime: 'last year' }, true],
])('with %s the patient is deceased: %s', (_, rest, deceased) => {
  expect(factsIn([patient(rest)]).patient?.deceased).toBe(deceased)
})

test('a birth date has the precision given, and none if it cannot be read', () => {
  const birth = (birthDate: unknown) => factsIn([patient({ birthDate })]).patient?.birth
  expect(birth('1994')).toEqual({ earliest: Date.parse('1994-01-01'), latest: Date.parse('1995-01-01') - 1 })
  expect(birth('17.5.1994')).toBeUndefined()
})

test('an id that cannot be printed does not reach a fact', () => {
  const sources = ['x\n<b>', 7, undefined].map(
    (id) => factsIn([condition(coded('icd', 'O91.23'), { id })]).problems[0]?.source,
  )
  expect(sources).toEqual(['Condition/xb', 'Condition/?', 'Condition/?'])
})

const source = (state: DataSource['state'], rest: Partial<DataSource> = {}): DataSource => ({
  key: 'conditions',
  origin: 'prefetch',
  state,
  count: 0,
  ms: 0,
  ...rest,
})

test.each([
  ['ok', source('ok'), { state: 'read' }],
  ['empty', source('empty'), { state: 'read' }],
  ['absent', source('absent'), { state: 'unreadable', why: 'not-supplied' }],
  ['error', source('error'), { state: 'unreadable', why: 'client-failed' }],
  ['error by timeout', source('error', { why: 'timeout' }), { state: 'unreadable', why: 'timeout' }],
  ['partial', source('partial'), { state: 'unreadable', why: 'truncated' }],
  ['wrong patient', source('wrong-patient'), { state: 'unreadable', why: 'wrong-patient' }],
])('a source that is %s', (_, given, expected) => {
  expect(readsOf([given]).conditions).toEqual(expected)
})

test('of two sources of one key the unreadable one counts', () => {
  const unreadable = { state: 'unreadable', why: 'timeout' }
  const failed = source('error', { why: 'timeout' })
  expect(readsOf([source('ok'), failed]).conditions).toEqual(unreadable)
  expect(readsOf([failed, source('ok')]).conditions).toEqual(unreadable)
})

test('a key without a source was not supplied', () => {
  const reads = readsOf([])
  expect(Object.keys(reads).sort()).toEqual([...readKeys].sort())
  expect(new Set(Object.values(reads).map(({ why }) => why))).toEqual(new Set(['not-supplied']))
})

const allergy = (rest: Record<string, unknown> = {}) => ({
  resourceType: 'AllergyIntolerance',
  id: 'al',
  patient: { reference: 'Patient/p' },
  code: { text: 'Amoxicillin' },
  ...rest,
})

test.each([
  ['with no status', {}, 1],
  ['active', { clinicalStatus: { coding: [{ code: 'active' }] } }, 1],
  ['resolved', { clinicalStatus: { coding: [{ code: 'resolved' }] } }, 0],
  ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }, 0],
  ['to peanuts', { code: { text: 'Peanut' } }, 0],
])('an allergy %s gives %d facts', (_, rest, count) => {
  expect(factsIn([allergy(rest)]).allergies).toHaveLength(count)
})

const encounter = (rest: Record<string, unknown>) => ({
  resourceType: 'Encounter',
  id: 'e',
  subject: { reference: 'Patient/p' },
  status: 'in-progress',
  class: { code: 'IMP' },
  ...rest,
})

test.each([
  ['inpatient and in progress', {}, [true]],
  ['acute', { class: { code: 'ACUTE' } }, [true]],
  ['ambulatory', { class: { code: 'AMB' } }, [false]],
  ['without a class', { class: undefined }, [false]],
  ['finished', { status: 'finished' }, []],
  ['planned', { status: 'planned' }, []],
])('an encounter that is %s', (_, rest, expected) => {
  expect(factsIn([encounter(rest)]).encounters.map(({ inpatient }) => inpatient)).toEqual(expected)
})

test('no text of the chart is in the facts, but for the name of a draft', () => {
  const secret = 'Zzcanary'
  const resources = [
    patient(),
    observation({ text: `Breast examination ${secret}` }, { valueString: `Left breast red. ${secret}` }),
    condition(coded('icd', 'O91.23', secret), { note: [{ text: secret }] }),
    request({ medicationCodeableConcept: { text: `dicloxacillin ${secret}` }, note: [{ text: secret }] }),
    observation(coded('ln', '8310-5', secret), { valueString: secret }),
  ]
  const draft = request({ status: 'draft', medicationCodeableConcept: { text: secret } })
  const facts = factsIn(resources, { hook: 'order-sign', draftOrders: [draft as never] })
  expect(facts.drafts[0]?.name).toBe(secret)
  expect(JSON.stringify({ ...facts, drafts: [] })).not.toContain(secret)
})

test('the order of resources changes nothing but the order of facts', () => {
  const resources = [
    observation(coded('ln', '72514-3'), { id: 'o1', valueInteger: 5 }),
    condition(coded('icd', 'O91.23')),
    request({ reasonReference: [{ reference: 'Condition/c' }] }),
  ]
  const sorted = (list: readonly unknown[]) => list.map((fact) => JSON.stringify(fact)).sort()
  const [forth, back] = [factsIn(resources), factsIn([...resources].reverse())]
  expect(sorted(back.signs)).toEqual(sorted(forth.signs))
  expect(sorted(back.medicines)).toEqual(sorted(forth.medicines))
  expect(forth.signs).toHaveLength(1)
})
