import { expect, test } from '@jest/globals'
import type { Condition, Observation, QuestionnaireResponse } from 'fhir/r4.js'
import { extract } from '../../src/check/extract.js'
import { authored, responseOf, type AnswersGiven } from './response.js'
import { testQuestionnaire } from './test-questionnaire.js'

const read = (response: unknown) => extract(testQuestionnaire(), response as Record<string, unknown>)
const written = (given: AnswersGiven, more: Partial<QuestionnaireResponse> = {}) =>
  read(responseOf(given, more)).resources
const observation = (given: AnswersGiven): Observation => {
  const [first] = written(given)
  if (first?.resourceType !== 'Observation') throw new Error('no Observation was written')
  return first
}
const problems = (response: unknown): readonly string[] => read(response).problems.map(({ why }) => why)

test('a check in which every question stays open writes nothing', () => {
  expect(read(responseOf({}))).toEqual({ resources: [], problems: [] })
})

test('only the side and no sign writes nothing', () => {
  expect(written({ side: 'Left breast' })).toEqual([])
})

test.each([
  ['an onset of 3 weeks', [3, 'wk'], '2026-02-10T09:00:00.000Z'],
  ['an onset of 10 days', [10, 'd'], '2026-02-21T09:00:00.000Z'],
  ['an onset of 5 hours', [5, 'h'], '2026-03-03T04:00:00.000Z'],
  ['no onset, which is today', undefined, authored],
] as const)('a sign with %s begins its period then', (_, since, start) => {
  const { effectivePeriod } = observation({ lump: 'Yes', ...(since && { 'lump-since': since }) })

  expect(effectivePeriod).toEqual({ start, end: authored })
})

test('a sign that is not there has no onset, also where a form sends one', () => {
  const { effectivePeriod, effectiveDateTime } = observation({ lump: 'No', 'lump-since': [3, 'wk'] })

  expect([effectivePeriod, effectiveDateTime]).toEqual([undefined, authored])
})

test('the onset of one sign is that of no other sign', () => {
  const [warmth, lump] = written({
    warmth: 'Yes',
    lump: 'Yes',
    'lump-since': [3, 'wk'],
  }) as readonly Observation[]

  expect([lump?.effectivePeriod?.start, warmth?.effectivePeriod?.start]).toEqual([
    '2026-02-10T09:00:00.000Z',
    authored,
  ])
})

test.each([
  ['Less than a third', 15],
  ['A third or more', 40],
  ['Whole breast', 100],
])('redness of %p is written as %d percent of the breast', (redness, value) => {
  expect(observation({ redness }).valueQuantity).toMatchObject({ value, code: '%' })
})

test('redness of none is written as absent, without a number', () => {
  const { valueQuantity, valueCodeableConcept } = observation({ redness: 'None' })

  expect([valueQuantity, valueCodeableConcept?.text]).toEqual([undefined, 'None'])
})

test('a measured extent is written in cm, with the onset of the redness', () => {
  const written2 = written({ redness: 'A third or more', 'redness-since': [2, 'd'], 'redness-size': 6.5 })

  expect(written2).toMatchObject([
    { valueQuantity: { value: 40, code: '%' }, effectivePeriod: { start: '2026-03-01T09:00:00.000Z' } },
    { valueQuantity: { value: 6.5, code: 'cm' }, effectivePeriod: { start: '2026-03-01T09:00:00.000Z' } },
  ])
})

test.each([
  ['35 °C', [35, 'Cel'], true],
  ['34.9 °C', [34.9, 'Cel'], false],
  ['45 °C', [45, 'Cel'], true],
  ['45.1 °C', [45.1, 'Cel'], false],
  ['95 °F', [95, '[degF]'], true],
  ['94.8 °F', [94.8, '[degF]'], false],
  ['113 °F', [113, '[degF]'], true],
  ['113.2 °F', [113.2, '[degF]'], false],
] as const)('a temperature of %s is written as given: %p %p', (_, temperature, taken) => {
  const { resources, problems: left } = read(responseOf({ temperature }))

  expect(resources).toHaveLength(taken ? 1 : 0)
  expect(left).toHaveLength(taken ? 0 : 1)
  if (taken)
    expect(resources[0]).toMatchObject({ valueQuantity: { value: temperature[0], code: temperature[1] } })
})

test('a blood pressure is one panel with its two values', () => {
  const [panel, ...others] = written({ systolic: 92, diastolic: 58 }) as readonly Observation[]

  expect(others).toEqual([])
  expect(panel?.code.coding?.[0]?.code).toBe('85354-9')
  expect(
    panel?.component?.map(({ code, valueQuantity }) => [code.coding?.[0]?.code, valueQuantity?.value]),
  ).toEqual([
    ['8480-6', 92],
    ['8462-4', 58],
  ])
})

test.each([
  ['Infant preterm or ill', 'infant-at-risk'],
  ['Infant well, born at term', 'infant-well'],
  ['Infant cared for by others (adoption, foster care, surrogacy)', 'infant-elsewhere'],
  ['Infant died', 'infant-died'],
])('"%s" is written as a Condition with the code %s and its words', (baby, code) => {
  const [condition] = written({ baby }) as readonly Condition[]

  expect(condition).toMatchObject({
    resourceType: 'Condition',
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { coding: [{ code }], text: baby },
    recordedDate: authored,
  })
})

test('after a death nothing about feeding is written, whatever was answered', () => {
  const codes = (given: AnswersGiven) => written(given).map(({ code }) => code?.coding?.[0]?.code)

  expect(codes({ baby: 'Infant died', feeding: 'Currently breastfeeding' })).toEqual(['infant-died'])
  expect(codes({ baby: 'Infant well, born at term', feeding: 'Currently breastfeeding' })).toEqual([
    'infant-well',
    '63895-7',
  ])
  expect(codes({ feeding: 'Currently breastfeeding' })).toEqual(['63895-7'])
})

test('the course since the antibiotic began is written only with an antibiotic on record', () => {
  expect(written({ course: 'Worse' })).toEqual([])
  expect(written({ course: 'Worse', treated: false })).toEqual([])
  expect(written({ course: 'Worse', treated: true })).toHaveLength(1)
})

test('what is of the breast names the breast, and what is not does not', () => {
  const left = {
    side: 'Left breast',
    lump: 'Yes',
    pain: 4,
    temperature: [38, 'Cel'],
    'heart-rate': 90,
  } as const
  const sites = written(left).map((each) => [
    each.code?.coding?.[0]?.code,
    (each as Observation).bodySite?.coding?.[0]?.code,
  ])

  expect(Object.fromEntries(sites)).toEqual({
    '8310-5': undefined,
    '72514-3': '80248007',
    '89164003': '80248007',
    '8867-4': undefined,
  })
})

test('performer, encounter, subject and a lasting identifier are those of the response', () => {
  const more = {
    author: { reference: 'Practitioner/midwife' },
    encounter: { reference: 'Encounter/e' },
    identifier: { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:0d' },
  }
  const [condition, lump] = written({ baby: 'Infant died', lump: 'Yes' }, more)

  expect(lump).toMatchObject({
    subject: { reference: 'Patient/p' },
    performer: [more.author],
    encounter: more.encounter,
    identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:0d#lump' }],
  })
  expect(condition).toMatchObject({ recorder: more.author, encounter: more.encounter })
})

test('an author that no Observation may name is left out', () => {
  const [lump] = written({ lump: 'Yes' }, { author: { reference: 'Device/d' } }) as readonly Observation[]

  expect(lump?.performer).toBeUndefined()
})

test.each([
  ['in progress', { status: 'in-progress' }, 'breast check is not completed'],
  ['without a time', { authored: undefined }, 'breast check has no time with an offset'],
  ['with a day only', { authored: '2026-03-03' }, 'breast check has no time with an offset'],
  ['without answers', { item: 'no' }, 'breast check has no answers'],
])('a response %s writes nothing and says why', (_, more, why) => {
  const response = { ...responseOf({ lump: 'Yes' }), ...more }

  expect(read(response).resources).toEqual([])
  expect(problems(response)).toEqual([why])
})

test('a response that was entered in error says nothing at all', () => {
  expect(read(responseOf({ lump: 'Yes' }, { status: 'entered-in-error' }))).toEqual({
    resources: [],
    problems: [],
  })
})

test.each([
  ['a code that is no option', { valueCoding: { system: 'http://snomed.info/sct', code: '1' } }],
  ['an option of another system', { valueCoding: { system: 'http://loinc.org', code: '373066001' } }],
  ['words', { valueString: 'yes' }],
  ['a list', { valueCoding: [] }],
])('a sign answered with %s is not understood, and the other answers count', (_, answer) => {
  const { item = [] } = responseOf({ warmth: 'Yes' })
  const response = responseOf({}, { item: [...item, { linkId: 'lump', answer: [answer] }] as never })

  expect(read(response).resources.map(({ code }) => code?.text)).toEqual(['Warmth of the breast'])
  expect(problems(response)).toEqual(['breast check has an answer that is not understood'])
})

test('two answers to one question, and a question that the form does not have, are not understood', () => {
  const yes = { valueCoding: { code: '373066001' } }
  const item = [
    { linkId: 'lump', answer: [yes, yes] },
    { linkId: 'unheard-of', answer: [yes] },
  ]

  expect(read(responseOf({}, { item })).resources).toEqual([])
  expect(problems(responseOf({}, { item }))).toEqual([
    'breast check has an item that is not known',
    'breast check has two answers to one question',
  ])
})

test('an answer of another installation counts as the same answer', () => {
  const valueCoding = { system: 'https://elsewhere.example/CodeSystem/breast-check', code: 'share-whole' }

  expect(
    read(responseOf({}, { item: [{ linkId: 'redness', answer: [{ valueCoding }] }] })).resources,
  ).toMatchObject([{ valueQuantity: { value: 100 } }])
})
