import { expect, test } from '@jest/globals'
import type { FhirResource } from 'fhir/r4.js'
import { draftViews, medicineViews } from '../../src/workbench/medicine-views.js'
import { factsIn, request } from '../facts/reading.js'

const named = (text: string, id: string) => request({ id, medicationCodeableConcept: { text } })

test('each medicine on record says why it does not count', () => {
  const facts = factsIn([
    named('cephalexin 500 mg', 'a'),
    named('clindamycin gel', 'b'),
    named('Avoid erythromycin', 'c'),
    named('IV antibiotics', 'd'),
  ])
  const bar = { what: '', from: 0, to: 1, open: false, counts: true, source: 'MedicationRequest/a' }

  expect(
    medicineViews(facts, [bar]).map(({ ingredients, counts, why }) => [ingredients, counts, why]),
  ).toEqual([
    [['cephalexin'], true, undefined],
    [['clindamycin'], false, 'it is for the skin, eye, ear, nose or vagina'],
    [['erythromycin'], false, 'its words say that it is not given'],
    [[], false, 'it is an antibiotic that we do not know'],
  ])
  expect(medicineViews(facts, [])[0]?.why).toBe('it does not fall into an illness of a breast')
})

test('each draft is shown by what it was read as, without its name', () => {
  const draftOrders = [
    { ...named('Zzcanary Keflex 500 mg', 'a'), status: 'draft' },
    {
      resourceType: 'ServiceRequest',
      id: 's',
      status: 'draft',
      intent: 'order',
      subject: { reference: 'Patient/p' },
      code: { text: 'Zzcanary stop breastfeeding' },
    },
  ] as unknown as readonly FhirResource[]
  const views = draftViews(factsIn([], { hook: 'order-sign', draftOrders }))

  expect(views).toMatchObject([
    { source: 'MedicationRequest/a', evaluated: true, medicine: { ingredients: ['cephalexin'] } },
    { source: 'ServiceRequest/s', evaluated: true, stopsFeeding: true },
  ])
  expect(JSON.stringify(views)).not.toContain('anary')
})
