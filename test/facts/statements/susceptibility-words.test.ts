import { expect, test } from '@jest/globals'
import type { CultureResult } from '../../../src/facts/facts.js'
import { factsIn, report } from '../reading.js'

const cultureOf = (conclusion: string): CultureResult | undefined =>
  factsIn([report({ text: 'Breast milk culture' }, conclusion)]).results.find(
    (result): result is CultureResult => result.result === 'culture',
  )
const stated = (conclusion: string): readonly string[] =>
  (cultureOf(conclusion)?.susceptibilities ?? [])
    .map(({ ingredient, verdict }) => `${ingredient} ${verdict}`)
    .sort()

test.each<[string, readonly string[]]>([
  ['Oxacillin resistant. Doxycycline susceptible.', ['doxycycline S', 'oxacillin R']],
  [
    'Resistant to oxacillin and clindamycin; sensitive to doxycycline, linezolid',
    ['clindamycin R', 'doxycycline S', 'linezolid S', 'oxacillin R'],
  ],
  [
    'Susceptible: vancomycin, doxycycline. Resistant: oxacillin',
    ['doxycycline S', 'oxacillin R', 'vancomycin S'],
  ],
  ['Oxacillin R, clindamycin S', ['clindamycin S', 'oxacillin R']],
  ['Oxacillin: R\nClindamycin: I', ['clindamycin I', 'oxacillin R']],
  ['Oxacillin, erythromycin and clindamycin resistant', ['clindamycin R', 'erythromycin R', 'oxacillin R']],
  ['Oxacillin resistant, susceptible to doxycycline', ['doxycycline S', 'oxacillin R']],
  ['Resistant to oxacillin, clindamycin susceptible', ['clindamycin S', 'oxacillin R']],
  ['Clindamycin not susceptible', ['clindamycin R']],
  ['Non-susceptible to cephalexin', ['cephalexin R']],
  ['Clindamycin intermediate', ['clindamycin I']],
  ['Trimethoprim-sulfamethoxazole susceptible', ['sulfamethoxazole-trimethoprim S']],
  // no verdict
  ['Heavy growth of S aureus', []],
  ['Methicillin resistant Staphylococcus aureus. Doxycycline given before.', []],
  ['Staphylococcus aureus, on dicloxacillin. Susceptibilities to follow.', []],
  ['Clindamycin not resistant', []],
])('the report "%s" states %j', (conclusion, expected) => {
  expect(stated(conclusion)).toEqual([...expected].sort())
})

test.each([
  ['Staphylococcus aureus, heavy growth. Oxacillin resistant.', 'MRSA'],
  ['S. aureus. Cefoxitin resistant.', 'MRSA'],
  ['Staphylococcus aureus. Clindamycin resistant.', 'S. aureus'],
  ['MRSA, heavy growth.', 'MRSA'],
  ['Escherichia coli.', 'E. coli'],
  ['Staph epidermidis. Oxacillin resistant.', 'staphylococci'],
  ['No growth.', undefined],
])('the germ of the report "%s" is %s', (conclusion, organism) => {
  expect(cultureOf(conclusion)?.organism).toBe(organism)
})

test('S. aureus that is resistant to oxacillin is an entry of MRSA', () => {
  const facts = factsIn([
    report({ text: 'Breast milk culture' }, 'Staphylococcus aureus. Oxacillin resistant.'),
  ])

  expect(facts.problems.map(({ sets }) => sets)).toEqual([['mrsa']])
})

test('the classes of an agent are known, so that an allergy to one is met', () => {
  expect(cultureOf('S. aureus. Clindamycin susceptible.')?.susceptibilities).toEqual([
    { ingredient: 'clindamycin', verdict: 'S', classes: ['lincosamide'] },
  ])
})
