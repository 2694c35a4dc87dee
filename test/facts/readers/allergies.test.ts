import { expect, test } from '@jest/globals'
import { coded, factsIn } from '../reading.js'

const allergiesIn = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([
    {
      resourceType: 'AllergyIntolerance',
      id: 'a',
      patient: { reference: 'Patient/p' },
      code,
      clinicalStatus: { coding: [{ code: 'active' }] },
      ...rest,
    },
  ]).allergies

const allergyTo = (code: unknown, rest: Record<string, unknown> = {}) =>
  allergiesIn(code, rest).flatMap(({ ingredients }) => ingredients)

const reactionTo = (text: string, rest: Record<string, unknown> = {}) =>
  allergiesIn({ text }, rest).map(({ reaction }) => reaction)

const withReaction = (...texts: readonly string[]) => ({
  reaction: texts.map((text) => ({ manifestation: [{ text }] })),
})

test.each([
  ['Penicillin', ['penicillin']],
  ['Penicillin allergy', ['penicillin']],
  ['Allergic to Keflex: avoid', ['cephalexin']],
  ['Do not give co-amoxiclav', ['amoxicillin-clavulanate']],
  ['Penicilina', ['penicillin']],
  ['Clindamycin gel', ['clindamycin']],
  ['Penicillin allergy, tolerates cephalexin', ['penicillin']],
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
  ['Amoxicillin', ['penicillin']],
  ['Sulfonamide antibiotics: rash', ['sulfonamide']],
  ['Bactrim', ['sulfonamide']],
  ['Beta-lactam antibiotics', ['penicillin', 'cephalosporin']],
  ['Cefuroxime', ['cephalosporin']],
  ['Ciprofloxacin', ['quinolone']],
  ['Metronidazole', []],
])('%s belongs to the classes %j', (text, classes) => {
  expect(allergiesIn({ text }).map((allergy) => allergy.classes)).toEqual([classes])
})

test('a group of the ATC classification is a class', () => {
  expect(allergiesIn(coded('atc', 'J01C')).map(({ classes }) => classes)).toEqual([['penicillin']])
})

test.each([
  ['refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
  ['inactive', { clinicalStatus: { coding: [{ code: 'inactive' }] } }],
  ['de-labelled by a note', { note: [{ text: 'De-labelled after an oral challenge in 2024' }] }],
])('an allergy that is %s is none', (_, rest) => {
  expect(allergyTo({ text: 'Penicillin' }, rest)).toEqual([])
})

test.each(['No known penicillin allergy', 'Not allergic to penicillin', 'Penicillin allergy: de-labelled'])(
  '"%s" is no allergy',
  (text) => {
    expect(allergyTo({ text })).toEqual([])
  },
)

test.each([
  ['anaphylaxis', 'Penicillin (anaphylaxis)', {}],
  ['anaphylaxis', 'Penicillin', withReaction('Nausea', 'Anaphylactic shock')],
  ['angioedema', 'Penicillin', withReaction('Facial swelling')],
  ['allergic', 'Penicillin', withReaction('Hives')],
  ['allergic', 'Penicillin', withReaction('Nausea and rash')],
  ['allergic', 'Penicillin intolerance', withReaction('Urticaria')],
  ['unknown', 'Penicillin', {}],
  ['unknown', 'Penicillin', withReaction('Nausea', 'Not recorded')],
  ['unknown', 'Penicillin allergy', { type: 'intolerance' }],
  ['intolerance', 'Penicillin', { type: 'intolerance' }],
  ['intolerance', 'Penicillin', withReaction('Nausea')],
  ['intolerance', 'Penicillin', withReaction('Nausea', 'GI upset')],
  ['intolerance', 'Penicillin: nausea only', {}],
  ['intolerance', 'Penicillin', { reaction: [{ description: 'Vomiting, no rash' }] }],
])('the reaction is %s: %s, %j', (reaction, text, rest) => {
  expect(reactionTo(text, rest)).toEqual([reaction])
})
