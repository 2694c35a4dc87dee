import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, observation, recordedAt, ucum } from '../reading.js'

const kindsIn = (resources: readonly unknown[]) =>
  factsIn(resources)
    .births.map(({ kind }) => kind)
    .sort()

test.each([
  ['Z37.0', ['delivery', 'living-infant']],
  ['Z37.2', ['delivery', 'living-infant']],
  ['Z37.3', ['delivery', 'some-infants-lost']],
  ['Z37.61', ['delivery', 'some-infants-lost']],
  ['Z37.50', ['delivery', 'living-infant']],
  ['Z37.9', ['delivery']],
  ['Z39.2', ['delivery']],
  ['Z37.1', ['infant-loss']],
  ['Z37.4', ['infant-loss']],
  ['O36.4XX0', ['infant-loss']],
  ['P07.30', ['preterm']],
  ['O60.10X0', ['preterm']],
])('ICD %s tells of %j', (code, kinds) => {
  expect(kindsIn([condition(coded('icd', code))])).toEqual(kinds)
})

test.each([
  ['IUFD at 30 weeks', ['infant-loss']],
  ['Stillbirth', ['infant-loss']],
  ['No stillbirth', []],
  ['Placed for adoption', ['infant-elsewhere']],
  ['Baby in NICU', ['infant-at-risk-text']],
  ['Infant with classic galactosemia', ['galactosemia-text']],
  ['Infant with Duarte galactosemia', []],
  ['Galactosemia', []],
])('the words "%s" tell of %j', (text, kinds) => {
  const { births } = factsIn([condition({ text })])
  expect(births.map(({ kind }) => kind)).toEqual(kinds)
  expect(births.every(({ fromText }) => fromText)).toBe(true)
})

const lossesIn = (resources: readonly unknown[]) =>
  factsIn(resources).births.map(({ kind, weeks, late, year }) =>
    [kind, weeks, late && 'late', year].filter(Boolean).join(' '),
  )

test.each([
  ['a code alone', coded('icd', 'O03.9'), ['loss-in-pregnancy']],
  [
    'a code, and its text with weeks',
    coded('icd', 'O03.9', 'Spontaneous abortion 19 weeks'),
    ['loss-in-pregnancy 19'],
  ],
  [
    'a whole code, and its text',
    coded('icd', 'O02.1', 'Second trimester miscarriage'),
    ['loss-in-pregnancy late'],
  ],
  [
    'a code of a death, and its text with a year',
    coded('icd', 'Z37.1', 'Stillbirth 2019'),
    ['infant-loss 2019'],
  ],
  ['words alone', { text: 'Termination for fetal anomaly 21 weeks' }, ['loss-in-pregnancy 21 late']],
  ['history', { text: 'History of stillbirth' }, ['infant-loss-history']],
  ['history of a miscarriage', { text: 'History of miscarriage 20 weeks' }, ['loss-in-pregnancy-history 20']],
])('a loss by %s', (_, code, expected) => {
  expect(lossesIn([condition(code)])).toEqual(expected)
})

test.each([
  ['Presented after a miscarriage at 19 weeks.', ['loss-in-pregnancy 19']],
  ['G3P2, 1 miscarriage.', []],
  ['History of stillbirth.', []],
])('the note "%s" tells of %j', (text, expected) => {
  expect(lossesIn([observation({ text: 'Breast examination' }, { valueString: text })])).toEqual(expected)
})

test("the mother's own galactosemia never counts", () => {
  expect(kindsIn([condition(coded('icd', 'E74.21', 'Classic galactosemia'))])).toEqual([])
})

test('history of premature delivery is a kind of its own', () => {
  expect(kindsIn([condition(coded('sct', '161765003'))])).toEqual(['premature-history'])
})

test('a birth is dated by onset, else by the recorded date', () => {
  const [onset] = factsIn([condition(coded('icd', 'Z37.0'))]).births
  const [recordedOnly] = factsIn([
    condition(coded('icd', 'Z37.0'), { onsetDateTime: undefined, recordedDate: '2026-03-03T09:00:00Z' }),
  ]).births
  expect([onset?.when, recordedOnly?.when]).toEqual([recordedAt, recordedAt])
})

const procedure = (rest: Record<string, unknown>) => ({
  resourceType: 'Procedure',
  id: 'd',
  status: 'completed',
  subject: { reference: 'Patient/p' },
  code: coded('sct', '700000006'),
  performedPeriod: { start: '2026-03-03T09:00:00Z', end: '2026-03-03T12:00:00Z' },
  ...rest,
})
const encounter = (rest: Record<string, unknown>) => ({
  resourceType: 'Encounter',
  id: 'e',
  status: 'finished',
  subject: { reference: 'Patient/p' },
  reasonCode: [coded('icd', 'Z39.0')],
  period: { start: '2026-03-03T09:00:00Z' },
  ...rest,
})

test.each([
  ['a delivery procedure, at its start', procedure({}), 1],
  ['a delivery not done', procedure({ status: 'not-done' }), 0],
  ['a delivery planned', procedure({ status: 'preparation' }), 0],
  ['an encounter for it, at its start', encounter({}), 1],
  ['a planned encounter', encounter({ status: 'planned' }), 0],
  ['a cancelled encounter', encounter({ status: 'cancelled' }), 0],
])('%s gives %d births', (_, resource, count) => {
  const { births } = factsIn([resource])
  expect(births).toHaveLength(count)
  expect(births.every(({ when }) => when?.earliest === recordedAt.earliest)).toBe(true)
})

test.each([
  [
    'the date of the last live birth',
    coded('ln', '68499-3'),
    { valueDateTime: '2026-02-20' },
    ['delivery', 'living-infant'],
  ],
  ['newborn delivery information', coded('ln', '57075-4'), { valueDateTime: '2026-02-20' }, ['delivery']],
])('%s is the date of the value', (_, code, value, kinds) => {
  const { births } = factsIn([observation(code, value)])
  expect(births.map(({ kind }) => kind)).toEqual(kinds)
  expect(births[0]?.when?.earliest).toBe(Date.parse('2026-02-20T00:00:00Z'))
})

test.each([
  ['no date', {}],
  ['a malformed date', { valueDateTime: 'in spring' }],
])('a delivery date with %s is unreadable', (_, value) => {
  const { births, unreadable } = factsIn([observation(coded('ln', '68499-3'), value)])
  expect(births).toEqual([])
  expect(unreadable.map(({ subject }) => subject)).toEqual(['birth'])
})

test.each([
  ['36 weeks', ucum(36, 'wk'), 36],
  ['36 weeks 6 days in days', ucum(258, 'd'), 36.857],
  ['37 weeks', ucum(37, 'wk'), undefined],
  ['37 weeks in days', ucum(259, 'd'), undefined],
  ['36 in written weeks', { value: 36, unit: 'weeks' }, 36],
])('a gestational age of %s', (_, valueQuantity, weeks) => {
  const { births } = factsIn([observation(coded('ln', '18185-9'), { valueQuantity })])
  expect(births.map((birth) => birth.weeks)).toEqual(weeks === undefined ? [] : [weeks])
})

test.each([
  ['below a week', 0.9, 0, 1],
  ['a week', 1, 1, 0],
  ['46 weeks', 46, 0, 0],
  ['above 46 weeks', 46.1, 0, 1],
])('a gestational age %s', (_, value, births, unreadable) => {
  const facts = factsIn([observation(coded('ln', '18185-9'), { valueQuantity: ucum(value, 'wk') })])
  expect([facts.births.length, facts.unreadable.length]).toEqual([births, unreadable])
})

test('a gestational age without unit is unreadable', () => {
  const { births, unreadable } = factsIn([
    observation(coded('ln', '18185-9'), { valueQuantity: { value: 36 } }),
  ])
  expect(births).toEqual([])
  expect(unreadable[0]?.why).toBe('gestational age has no unit')
})

test('an observation of the obstetric history does not date an old loss to today', () => {
  const value = { valueCodeableConcept: coded('icd', 'Z37.1') }
  expect(kindsIn([observation({ text: 'Obstetric history' }, value)])).toEqual([])
  expect(kindsIn([observation({ text: 'Outcome of delivery' }, value)])).toEqual(['infant-loss'])
})
