import { expect, test } from '@jest/globals'
import type { FhirResource } from 'fhir/r4.js'
import type { Chart } from '../../../src/gather/chart.js'
import { coded, factsIn, leftBreast, order, request } from '../reading.js'

const draftsIn = (drafts: readonly unknown[], given: Partial<Chart> = {}) =>
  factsIn([], { hook: 'order-sign', draftOrders: drafts as readonly FhirResource[], ...given })
const draftIn = (draft: unknown, given: Partial<Chart> = {}) => draftsIn([draft], given).drafts[0]
const draft = (rest: Record<string, unknown> = {}) =>
  request({ status: 'draft', authoredOn: undefined, ...rest })

test('order-sign evaluates every draft', () => {
  const { drafts } = draftsIn([draft(), order({ text: 'Milk culture' }, { id: 's', status: 'draft' })])
  expect(drafts.map(({ source, evaluated }) => [source, evaluated])).toEqual([
    ['MedicationRequest/m', true],
    ['ServiceRequest/s', true],
  ])
})

test.each([
  ['Type/id', ['MedicationRequest/m'], true],
  ['a bare id', ['m'], true],
  ['an absolute URL', ['https://ehr.example.org/r4/MedicationRequest/m'], true],
  ['another type', ['ServiceRequest/m'], false],
  ['another id', ['MedicationRequest/mm'], false],
  ['the end of its id', ['Request/m'], false],
  ['nothing', [], false],
])('order-select evaluates a draft selected by %s: %j', (_, selections, evaluated) => {
  expect(draftIn(draft(), { hook: 'order-select', selections })?.evaluated).toBe(evaluated)
})

test('an id of any length is matched whole', () => {
  const id = 'x'.repeat(300)
  const selected = { hook: 'order-select', selections: [`MedicationRequest/${id}`] } as const
  expect(draftIn(draft({ id }), selected)?.evaluated).toBe(true)
})

test('a draft without id is evaluated at signing, never by selection', () => {
  expect(
    draftIn(draft({ id: undefined }), { hook: 'order-select', selections: ['undefined'] })?.evaluated,
  ).toBe(false)
  expect(draftIn(draft({ id: undefined }))?.evaluated).toBe(true)
})

test.each([
  ['no subject, since it is still being written', undefined],
  ['the patient as its subject', { reference: 'Patient/p' }],
  ['a urn that gather found to be the patient', { reference: 'urn:uuid:1' }],
])('a draft with %s is read', (_, subject) => {
  const { drafts, droppedForeign } = draftsIn([draft({ subject })])

  expect([drafts.length, droppedForeign]).toEqual([1, 0])
})

test('a draft with nothing but type, id, status and subject is read', () => {
  const bare = {
    resourceType: 'MedicationRequest',
    id: 'b',
    status: 'draft',
    subject: { reference: 'Patient/p' },
  }
  expect(draftIn(bare)).toEqual({
    source: 'MedicationRequest/b',
    resourceType: 'MedicationRequest',
    evaluated: true,
    needs: [],
    stopsFeeding: false,
    breastReason: false,
    side: 'unspecified',
  })
})

test.each([
  ['an unknown type', { resourceType: 'DeviceRequest', id: 'x', subject: { reference: 'Patient/p' } }],
  ['a draft entered in error', draft({ status: 'entered-in-error' })],
  ...['stopped', 'completed', 'cancelled', 'on-hold', 'revoked', 'Stopped', 'On Hold'].map(
    (status) => [`an order that is ${status}`, draft({ status })] as const,
  ),
])('%s is context only', (_, resource) => {
  expect(draftIn(resource)).toMatchObject({ evaluated: false, needs: [], stopsFeeding: false })
  expect(draftIn(resource)?.medicine).toBeUndefined()
})

test.each(['draft', 'active', 'Draft', 'unknown', undefined])(
  'an order with the status %s is being started, when signed and when selected',
  (status) => {
    const started = draft({ status })
    const selected = { hook: 'order-select', selections: ['MedicationRequest/m'] } as const

    expect(draftIn(started)).toMatchObject({ evaluated: true, medicine: { ingredients: ['dicloxacillin'] } })
    expect(draftIn(started, selected)).toMatchObject({ evaluated: true })
    expect(draftIn(draft({ status: 'stopped' }), selected)).toMatchObject({ evaluated: false })
  },
)

test.each(['MedicationOrder', 'ProcedureRequest'])(
  'a draft of the older type %s counts as not judged',
  (type) => {
    const facts = draftsIn([{ ...draft(), resourceType: type }, draft()])

    expect([facts.drafts.length, facts.unjudgedDrafts]).toEqual([1, 1])
  },
)

test.each([
  ['null', null],
  ['a string', 'MedicationRequest/m'],
  ['no type', { id: 'x', subject: { reference: 'Patient/p' } }],
  ['a type that is no name', { resourceType: '<b>', subject: { reference: 'Patient/p' } }],
])('%s is no draft', (_, resource) => {
  expect(draftsIn([resource]).drafts).toEqual([])
})

test('a draft medicine has cover, reason and duration, whatever its status', () => {
  const medicine = draftIn(
    draft({
      reasonCode: [coded('icd', 'O91.23')],
      dispenseRequest: { expectedSupplyDuration: { value: 28, code: 'd' } },
      medicationCodeableConcept: { text: 'doxycycline 100 mg' },
    }),
  )
  expect(medicine).toMatchObject({
    breastReason: true,
    medicine: { ingredients: ['doxycycline'], cover: 'appropriate', reason: 'breast', durationDays: 28 },
  })
  expect(medicine?.medicine?.noExposure).toBeUndefined()
})

test.each([
  [
    'bounds',
    {
      dosageInstruction: [
        {
          timing: {
            repeat: { boundsPeriod: { start: '2026-03-03T09:00:00Z', end: '2026-03-24T09:00:00Z' } },
          },
        },
      ],
    },
    21,
  ],
  [
    'boundsDuration in weeks',
    { dosageInstruction: [{ timing: { repeat: { boundsDuration: { value: 4, code: 'wk' } } } }] },
    28,
  ],
  ['nothing', {}, undefined],
])('the duration of a draft comes from %s', (_, rest, days) => {
  expect(draftIn(draft(rest))?.medicine?.durationDays).toBe(days)
})

test.each([
  ['topical', { dosageInstruction: [{ route: { text: 'topical' } }] }, 'route'],
  ['one dose', { dosageInstruction: [{ text: 'single dose' }] }, 'short-order'],
  ['for another reason', { reasonCode: [{ text: 'cystitis' }] }, 'other-reason'],
])('a draft antibiotic that is %s is no exposure', (_, rest, noExposure) => {
  expect(draftIn(draft(rest))?.medicine?.noExposure).toBe(noExposure)
})

test('a draft medicine can be contained', () => {
  const contained = draft({
    medicationCodeableConcept: undefined,
    medicationReference: { reference: '#k' },
    contained: [{ resourceType: 'Medication', id: 'k', code: { text: 'Cabergoline' } }],
  })
  expect(draftIn(contained)?.medicine?.sets).toEqual(expect.arrayContaining(['suppressant', 'cabergoline']))
})

const service = (rest: Record<string, unknown>) => order({ text: 'Order' }, { status: 'draft', ...rest })
const nutrition = (rest: Record<string, unknown>) => ({
  resourceType: 'NutritionOrder',
  id: 'n',
  status: 'draft',
  patient: { reference: 'Patient/p' },
  ...rest,
})
const message = (contentString: string) => ({
  resourceType: 'CommunicationRequest',
  id: 'k',
  status: 'draft',
  subject: { reference: 'Patient/p' },
  payload: [{ contentString }],
})

test.each([
  ['a nutrition order: formula only', nutrition({ oralDiet: { instruction: 'Infant: formula only' } }), true],
  ['a nutrition order with a note', nutrition({ note: [{ text: 'Discontinue breast-feeding.' }] }), true],
  ['a message: pump and dump', message('Please pump and dump for 5 days'), true],
  ['a service: stop breastfeeding', service({ code: { text: 'Stop breastfeeding' } }), true],
  [
    'a service: cease breast feeding',
    service({ patientInstruction: 'Cease breast feeding on the left' }),
    true,
  ],
  ['do not stop breastfeeding', service({ patientInstruction: 'Do not stop breastfeeding' }), false],
  ['no need to stop', message('There is no reason to stop breastfeeding.'), false],
  ['hold, the verb of C28', message('Hold breastfeeding while on antibiotic'), true],
  ['switch to formula', nutrition({ oralDiet: { instruction: 'Switch to formula' } }), true],
  ['breast binding', service({ code: { text: 'Breast binding' } }), true],
  ['less pumping', message('Stop extra pumping between feeds'), false],
  ['a formula top-up', nutrition({ oralDiet: { instruction: 'Formula top-up after feeds' } }), false],
  ['an instruction that waits', message('If the infant is unwell, stop breastfeeding'), false],
  ['lactation support', service({ code: { text: 'Breastfeeding support' } }), false],
  ['an order not to', service({ code: { text: 'Stop breastfeeding' }, doNotPerform: true }), false],
  ['a medicine', draft({ note: [{ text: 'stop breastfeeding' }] }), false],
])('%s stops feeding: %s', (_, resource, stops) => {
  expect(draftIn(resource)?.stopsFeeding).toBe(stops)
})

test('a draft order has needs, side and breast reason; one not to do it has no need', () => {
  const us = order(coded('sct', '47079000'), {
    status: 'draft',
    bodySite: [leftBreast],
    reasonCode: [coded('icd', 'O91.23')],
    category: { text: 'Imaging' },
  })
  expect(draftIn(us)).toMatchObject({ needs: ['ultrasound'], side: 'left', breastReason: true })
  expect(draftIn({ ...us, doNotPerform: true })?.needs).toEqual([])
})

test('the name is chart text on one line, without control or reordering characters, 200 long at most', () => {
  const nameOf = (text: string) => draftIn(draft({ medicationCodeableConcept: { text } }))?.name
  expect(nameOf('Dicloxacillin\n\t500 mg\u202e\u0000 oral\u200b')).toBe('Dicloxacillin 500 mg oral')
  expect(nameOf('x'.repeat(500))).toHaveLength(200)
  expect(nameOf(`${'x'.repeat(199)}\u{1F37C}`)).toBe('x'.repeat(199))
  expect(nameOf('\u0000')).toBeUndefined()
  expect(draftIn(message('Pump and dump'))?.name).toBe('Pump and dump')
})

const draftOfMedicine = (text: string, rest: Record<string, unknown> = {}) =>
  draftIn(draft({ medicationCodeableConcept: { text }, ...rest }))?.medicine

test.each([
  ['Keflex 500 mg', { ingredients: ['cephalexin'], cover: 'appropriate' }],
  ['cephalaxin 500 mg', { ingredients: ['cephalexin'], cover: 'appropriate' }],
  ['Avoid clindamycin', { ingredients: ['clindamycin'], noExposure: 'not-given' }],
  ['Dalacin T lotion', { ingredients: ['clindamycin'], noExposure: 'route' }],
  ['Parlodel 2.5 mg', { ingredients: ['bromocriptine'], sets: ['suppressant', 'bromocriptine'] }],
  ['antibiotic as per protocol', { ingredients: [], cover: 'unknown' }],
])('a drafted medicine is read by its words: %s', (text, expected) => {
  expect(draftOfMedicine(text)).toMatchObject(expected)
})

test.each(['lansoprazole 15 mg', 'no antibiotics'])('a draft of %s holds no medicine of ours', (text) => {
  expect(draftOfMedicine(text)).toBeUndefined()
})
