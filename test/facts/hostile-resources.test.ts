import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FhirResource } from 'fhir/r4.js'
import { rounds } from '../depth.js'
import {
  administration,
  coded,
  condition,
  factsIn,
  leftBreast,
  observation,
  order,
  report,
  request,
  ucum,
} from './reading.js'

const subject = { reference: 'Patient/p' }
const valid: readonly Record<string, unknown>[] = [
  { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1994-05-17' },
  observation(coded('ln', '8310-5'), { valueQuantity: ucum(38.5, 'Cel') }),
  observation(coded('sct', '290070001'), {
    bodySite: leftBreast,
    valueCodeableConcept: coded('sct', '52101004'),
    interpretation: [{ coding: [{ code: 'A' }] }],
    component: [{ code: coded('ln', '8480-6'), valueQuantity: ucum(120, 'mm[Hg]') }],
  }),
  observation(
    { text: 'Breast examination' },
    { valueString: 'Left breast red, not improved.', category: [{ coding: [{ code: 'exam' }] }] },
  ),
  observation(coded('ln', '63895-7'), {
    valueBoolean: true,
    effectivePeriod: { start: '2026-03-01', end: '2026-03-02' },
  }),
  observation(coded('ln', '68499-3'), { valueDateTime: '2026-02-20' }),
  observation(coded('ln', '82810-3'), { valueCodeableConcept: coded('sct', '77386006') }),
  condition(coded('icd', 'O91.23', 'mastitis'), {
    bodySite: [leftBreast],
    severity: coded('sct', '6736007'),
    recordedDate: '2026-03-03',
  }),
  request({
    reasonCode: [{ text: 'mastitis' }],
    reasonReference: [{ reference: 'Condition/c' }],
    dosageInstruction: [
      {
        text: 'four times a day',
        route: { text: 'oral' },
        timing: { repeat: { boundsPeriod: { start: '2026-03-01', end: '2026-03-11' } } },
      },
    ],
    dispenseRequest: { expectedSupplyDuration: { value: 10, code: 'd' } },
  }),
  request({
    medicationCodeableConcept: undefined,
    medicationReference: { reference: '#k' },
    contained: [{ resourceType: 'Medication', id: 'k', code: { text: 'cefazolin' } }],
  }),
  administration({ effectivePeriod: { start: '2026-03-01T00:00:00Z' }, dosage: { route: { text: 'IV' } } }),
  { ...request({ resourceType: 'MedicationStatement' }), effectiveDateTime: '2026-03-01' },
  order(coded('ln', '26215-4'), { bodySite: [leftBreast] }),
  report(coded('ln', '26215-4'), 'Abscess 3 cm.', {
    conclusionCode: [coded('sct', '28432003')],
    result: [{ reference: 'Observation/o' }],
  }),
  report({ text: 'Breast milk culture' }, 'S. aureus', {
    contained: [
      observation({ text: 'Clindamycin' }, { id: 'k', interpretation: [{ coding: [{ code: 'R' }] }] }),
    ],
    result: [{ reference: '#k' }],
  }),
  {
    resourceType: 'Procedure',
    id: 'd',
    status: 'completed',
    subject,
    code: coded('sct', '700000006'),
    performedPeriod: { start: '2026-02-20' },
  },
  {
    resourceType: 'Encounter',
    id: 'e',
    status: 'in-progress',
    subject,
    class: { code: 'IMP' },
    period: { start: '2026-03-01' },
    reasonCode: [coded('icd', 'Z39.0')],
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'l',
    patient: subject,
    code: { text: 'penicillin' },
    reaction: [{ substance: { text: 'amoxicillin' } }],
  },
  {
    resourceType: 'NutritionOrder',
    id: 'n',
    status: 'draft',
    patient: subject,
    oralDiet: { instruction: 'formula only' },
  },
  {
    resourceType: 'CommunicationRequest',
    id: 'k',
    status: 'draft',
    subject,
    payload: [{ contentString: 'pump and dump' }],
  },
]

/** Every path to a member of a value, itself left out. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    [...path, name],
    ...pathsIn(member, [...path, name]),
  ])
}

/** The value with the member at the path replaced. */
function replacedAt(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by
  if (Array.isArray(value))
    return value.map(
      (element, i) => (String(i) === name ? replacedAt(element, rest, by) : element) as unknown,
    )
  const fields = value as Record<string, unknown>
  return { ...fields, [name]: replacedAt(fields[name], rest, by) }
}

const garbage = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    null,
    0,
    -1,
    1e308,
    true,
    false,
    '',
    [],
    {},
    { toString: null }, // has no text at all: to make one of it throws
    [[]],
    [null],
    [{}],
    'constructor',
    '__proto__',
    '\u0000',
    '2026-02-30',
    { reference: 7 },
    { coding: 'x' },
    { coding: [null, 3, { code: 4 }] },
    { value: 'x' },
    { start: {} },
  ),
)
const mutated = fc.constantFrom(...valid).chain((resource) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsIn(resource)), garbage), { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<unknown>((bent, [path, by]) => {
        try {
          return replacedAt(bent, path, by)
        } catch {
          return bent // an earlier change removed the place
        }
      }, resource),
    ),
)

const zones = ['UTC', 'Europe/Berlin'] as const

test('any bent resource is read without a throw, into facts that survive JSON', () => {
  fc.assert(
    fc.property(fc.array(mutated, { maxLength: 4 }), fc.constantFrom(...zones), (resources, zone) => {
      const draftOrders = resources as readonly FhirResource[]
      const facts = factsIn([...valid, ...resources], { hook: 'order-sign', draftOrders }, zone)
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
    }),
    { numRuns: rounds(600, 150) },
  )
})

test('any JSON at all in place of resources is read without a throw', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (resources) => {
      const facts = factsIn(resources, { draftOrders: resources as unknown as readonly FhirResource[] })
      expect(facts.signs).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('every number in measures and extents is finite, whatever the values', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('8310-5', '8867-4', '2524-7', '72514-3'),
      garbage,
      fc.constantFrom('Cel', '/min', 'mg/dL', '{score}'),
      (code, value, unit) => {
        const { measures } = factsIn([
          observation(coded('ln', code), { bodySite: leftBreast, valueQuantity: ucum(value, unit) }),
        ])
        expect(measures.every((measure) => Number.isFinite(measure.value))).toBe(true)
      },
    ),
    { examples: [['2524-7', 1e308, 'mg/dL']] },
  )
})

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'the word %s means nothing anywhere',
  (word) => {
    const resources = [
      { resourceType: word, subject },
      observation(
        { text: word, coding: [{ system: word, code: word }] },
        { status: 'final', valueString: word },
      ),
      condition(coded('icd', word), { clinicalStatus: { coding: [{ code: word }] } }),
      request({ status: word, medicationCodeableConcept: { text: word } }),
    ]
    const { signs, problems, medicines, measures } = factsIn(resources)
    expect([...signs, ...problems, ...medicines, ...measures]).toEqual([])
  },
)

test('facts are frozen in meaning: reading the same chart twice gives the same facts', () => {
  expect(factsIn(valid)).toEqual(factsIn(valid))
})

/** How often any member of any resource is looked at while so many Observations are read. */
function looksAt(count: number): number {
  let looks = 0
  const many = Array.from({ length: count }, (_, at) => {
    const temperature = observation(coded('ln', '8310-5'), { id: `o${at}`, valueQuantity: ucum(37, 'Cel') })
    return new Proxy(temperature, {
      get: (target, name) => {
        looks += 1
        return Reflect.get(target, name) as unknown
      },
    })
  })
  expect(factsIn(many).measures).toHaveLength(count)
  return looks
}

test('ten times as many Observations are looked at ten times as often', () => {
  expect(looksAt(1_500)).toBe(10 * looksAt(150))
})
