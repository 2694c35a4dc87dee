import { expect, test } from '@jest/globals'
import { coded, factsIn } from '../reading.js'

const allergyTo = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([
    {
      resourceType: 'AllergyIntolerance',
      id: 'a',
      patient: { reference: 'Patient/p' },
      code,
      clinicalStatus: { coding: [{ code: 'active' }] },
      ...rest,
    },
  ]).allergies.flatMap(({ ingredients }) => ingredients)

test.each([
  ['Penicillin', ['penicillin']],
  ['Penicillin allergy', ['penicillin']],
  ['Allergic to Keflex: avoid', ['cephalexin']],
  ['Do not give co-amoxiclav', ['amoxicillin-clavulanate']],
  ['Penicilina', ['penicillin']],
  ['Clindamycin gel', ['clindamycin']],
  ['Peanut', []],
])('an allergy names its medicine whatever is said of it: %s', (text, ingredients) => {
  expect(allergyTo({ text })).toEqual(ingredients)
})

test('an allergy is read by its code, and by the substance of a reaction', () => {
  expect(allergyTo(coded('rx', '7980'))).toEqual(['penicillin'])
  expect(allergyTo({ text: 'Drug' }, { reaction: [{ substance: [{ text: 'Bactrim' }] }] })).toEqual([
    'sulfamethoxazole-trimethoprim',
  ])
})

test.each([
  ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
  ['inactive', { clinicalStatus: { coding: [{ code: 'inactive' }] } }],
])('an allergy that is %s is none', (_, rest) => {
  expect(allergyTo({ text: 'Penicillin' }, rest)).toEqual([])
})
