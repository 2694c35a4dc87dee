import { expect, test } from '@jest/globals'
import type { CultureResult, Facts, Medicine } from '../../../../src/facts/facts.js'
import { leadingScope, verdictOn, type Row } from '../../assessed.js'
import { antibiotic, culture, daysAgo, hoursAgo, left, order, problemSince, right } from '../../facts-of.js'

type Tested = CultureResult['susceptibilities'][number]
const says = (ingredient: string, verdict: Tested['verdict'], classes: Tested['classes'] = []): Tested => ({
  ingredient,
  verdict,
  classes,
})
const dicloxacillin = antibiotic(hoursAgo(60))
const clindamycin: Medicine = order('clindamycin', hoursAgo(60), {
  cover: 'appropriate',
  mrsa: 'by-result',
  reason: 'breast',
})
const doxycycline: Medicine = order('doxycycline', hoursAgo(60), {
  cover: 'other',
  mrsa: 'active',
  reason: 'breast',
})
const grown = (given: Partial<CultureResult>, hours = 50): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(61), left)],
  medicines: [dicloxacillin],
  results: [culture(hoursAgo(hours), { ...left, ...given })],
})
const mrsa = { organism: 'MRSA' } as const
const resistant = { organism: 'S. aureus', susceptibilities: [says('dicloxacillin', 'R')] } as const
const asked = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  facts,
  'left',
  'culture-not-covered',
  verdict,
]

test.each<Row>([
  asked('MRSA on dicloxacillin', grown(mrsa), 'present'),
  asked('S. aureus on dicloxacillin', grown({ organism: 'S. aureus' }), 'absent'),
  asked('reported resistant', grown(resistant), 'present'),
  asked('reported intermediate', grown({ susceptibilities: [says('dicloxacillin', 'I')] }), 'absent'),
  asked(
    'MRSA reported susceptible',
    grown({ ...mrsa, susceptibilities: [says('dicloxacillin', 'S')] }),
    'absent',
  ),
  asked('MRSA on doxycycline', { ...grown(mrsa), medicines: [doxycycline] }, 'absent'),
  asked('MRSA on clindamycin without a result', { ...grown(mrsa), medicines: [clindamycin] }, 'absent'),
  asked(
    'MRSA on clindamycin, reported resistant',
    { ...grown({ ...mrsa, susceptibilities: [says('clindamycin', 'R')] }), medicines: [clindamycin] },
    'present',
  ),
  asked('one of two acts on it', { ...grown(mrsa), medicines: [dicloxacillin, doxycycline] }, 'absent'),
  asked('no antibiotic now', { ...grown(mrsa), medicines: [] }, 'absent'),
  asked('72 h before the episode', grown(mrsa, 133), 'present'),
  asked('earlier', grown(mrsa, 134), 'absent'),
  asked('of the other breast', grown({ ...mrsa, ...right }), 'absent'),
  asked('no growth', grown({ ...mrsa, positive: false }), 'absent'),
  asked(
    'a newer culture of S. aureus, susceptible',
    {
      ...grown(mrsa),
      results: [
        culture(hoursAgo(50), { ...left, ...mrsa }),
        culture(hoursAgo(10), { ...left, source: 'DiagnosticReport/new', organism: 'S. aureus' }),
      ],
    },
    'absent',
  ),
])('a culture that is not covered: %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

const agents = [
  says('dicloxacillin', 'R', ['penicillin']),
  says('sulfamethoxazole-trimethoprim', 'S', ['sulfonamide']),
]
const sulfaAllergy: Partial<Facts> = {
  allergies: [
    {
      source: 'AllergyIntolerance/s',
      fromText: false,
      ingredients: [],
      classes: ['sulfonamide'],
      reaction: 'allergic',
    },
  ],
}
const pregnant: Partial<Facts> = {
  pregnancy: [{ source: 'Observation/p', fromText: false, pregnant: true, when: daysAgo(60) }],
}

test.each<[string, Partial<Facts>, string, string]>([
  ['an agent', {}, 'sulfamethoxazole-trimethoprim', 'Before sulfamethoxazole-trimethoprim'],
  ['an agent that an allergy meets', sulfaAllergy, 'allergy on record', ''],
  ['an agent in pregnancy', pregnant, 'in the detail', ''],
])('the summary names %s', (_what, given, susceptibleTo, sulfaCheck) => {
  const { values } = leadingScope({ ...grown({ ...mrsa, susceptibilities: agents }), ...given })

  expect(values.susceptibleTo).toBe(susceptibleTo)
  expect(values.sulfaCheck).toBe(sulfaCheck)
  expect(values.susceptibleAgents).toContain('sulfamethoxazole-trimethoprim')
})

test('without susceptibilities the card says that none is reported', () => {
  const { values } = leadingScope(grown(mrsa))

  expect([values.susceptibleTo, values.resistantAgents, values.missedBy]).toEqual([
    'not reported',
    'not reported',
    'dicloxacillin',
  ])
})
