import { describe, expect, test } from '@jest/globals'
import { plainFields } from '../../../src/facts/fhir/plain-fields.js'
import {
  administration,
  coded,
  condition,
  factsIn,
  observation,
  order,
  report,
  request,
  ucum,
} from '../reading.js'

describe('a status however written', () => {
  test.each([
    ['a code', 'final', 'final'],
    ['a code in capitals', 'FINAL', 'final'],
    ['a word', 'Final', 'final'],
    ['two words', 'Entered in Error', 'entered-in-error'],
    ['words with an underscore', 'in_progress', 'in-progress'],
    ['an American spelling', 'Canceled', 'cancelled'],
    ['a concept with a code', { coding: [{ code: 'Active', display: 'stopped' }] }, 'active'],
    ['a concept with words alone', { text: 'Active' }, 'active'],
    ['words of no code', 'abgeschlossen', undefined],
    ['a number', 3, undefined],
    ['nothing', undefined, undefined],
    ['null', null, null],
  ])('%s', (_, status, code) => {
    expect(plainFields({ resourceType: 'Observation', status })?.['status']).toEqual(code)
  })

  const temperature = (status: unknown) =>
    factsIn([observation(coded('ln', '8310-5'), { status, valueQuantity: ucum(38.9, 'Cel') })])

  test('an Observation with a status in words is read, one taken back is not, and a status of no code is named', () => {
    expect(temperature('Final').measures).toHaveLength(1)
    expect(temperature('Entered in Error')).toMatchObject({ measures: [], unreadable: [] })
    expect(temperature('fertig')).toMatchObject({
      measures: [],
      unreadable: [{ subject: 'temperature', why: 'status could not be read' }],
    })
  })

  test('an antibiotic with a status and an intent in words covers, and a status of no code is named', () => {
    const noExposure = (status: unknown, intent: unknown = 'Order') =>
      factsIn([request({ status, intent })]).medicines.map((medicine) => medicine.noExposure)

    expect([noExposure('Active'), noExposure({ text: 'Completed' })]).toEqual([[undefined], [undefined]])
    expect([noExposure('Cancelled'), noExposure('Active', 'Proposal')]).toEqual([['status'], ['intent']])
    expect(factsIn([request({ status: 'aktiv' })]).unreadable).toMatchObject([
      { subject: 'medicine', why: 'status could not be read' },
    ])
  })

  test('orders and reports with a status in words are read', () => {
    const imaging = order({ text: 'Ultrasound of the left breast' }, { status: 'Active' })
    const result = report({ text: 'Ultrasound of the left breast' }, 'No abscess.', { status: 'Final' })

    expect(factsIn([imaging]).care).toHaveLength(1)
    expect(factsIn([result]).results).toHaveLength(1)
  })
})

describe('a resource of FHIR R5 that says the same under other names', () => {
  const mastitis = { concept: coded('icd', 'O91.23') }

  test.each([
    ['order', request, 'medication'],
    ['administration', administration, 'medication'],
  ])('the medicine of an %s', (_, make, member) => {
    const fields = { medicationCodeableConcept: undefined, [member]: { concept: { text: 'dicloxacillin' } } }

    expect(factsIn([make(fields)]).medicines.map(({ ingredients }) => ingredients)).toEqual([
      ['dicloxacillin'],
    ])
  })

  test('the reason of an order, as a concept or as a reference', () => {
    const byReference = { reference: { reference: 'Condition/c' } }
    const reasons = [[mastitis], [byReference]].map(
      (reason) => factsIn([condition(coded('icd', 'O91.23')), request({ reason })]).medicines[0]?.reason,
    )

    expect(reasons).toEqual(['breast', 'breast'])
  })

  test('the code of an order, the times of a procedure, and the class of an encounter', () => {
    const ultrasound = { concept: { text: 'Ultrasound of the left breast' } }
    const ward = { resourceType: 'Encounter', id: 'e', status: 'in-progress' }
    const procedure = {
      ...{ resourceType: 'Procedure', id: 'p', status: 'completed', code: { text: 'Ultrasound of breast' } },
      occurrenceDateTime: '2026-03-02T09:00:00Z',
    }
    const at = Date.parse('2026-03-02T09:00:00Z')

    expect(factsIn([order(ultrasound)]).care).toHaveLength(1)
    expect(factsIn([procedure]).care[0]?.when?.earliest).toBe(at)
    expect(factsIn([{ ...ward, class: [coded('sct', '1')] }]).encounters[0]?.inpatient).toBe(false)
    expect(factsIn([{ ...ward, class: [{ coding: [{ code: 'IMP' }] }] }]).encounters[0]?.inpatient).toBe(true)
  })

  test('what R4 names itself is not replaced', () => {
    const fields = request({ medication: { concept: { text: 'cefazolin' } } })

    expect(factsIn([fields]).medicines[0]?.ingredients).toEqual(['dicloxacillin'])
  })
})
