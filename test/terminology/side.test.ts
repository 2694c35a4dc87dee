import { expect, test } from '@jest/globals'
import type { CodeableConcept } from 'fhir/r4.js'
import { testCodeBook } from './test-code-book.js'

const site = (...codes: readonly string[]): CodeableConcept => ({
  coding: codes.map((code) => ({ system: 'http://snomed.info/sct', code })),
})
const breast = '76752008'

test.each([
  ['left breast', [site('80248007')], undefined, 'left'],
  ['right breast', [site('73056007')], undefined, 'right'],
  ['both breasts', [site('63762007')], undefined, 'both'],
  ['breast with a code of the side', [site(breast, '7771000')], undefined, 'left'],
  ['breast and bilateral', [site(breast), site('51440002')], undefined, 'both'],
  ['a left and a right site', [site('80248007'), site('73056007')], undefined, 'both'],
  ['breast, side in its words', [{ ...site(breast), text: 'Right breast' }], undefined, 'right'],
  ['breast, side in other words', [site(breast)], 'redness of left breast', 'left'],
  ['site code before words', [site('80248007')], 'right breast', 'left'],
  ['words only', undefined, 'Mastitis, right', 'right'],
  ['both words', undefined, 'left and right', 'both'],
  ['bilateral', undefined, 'Bilateral mastitis', 'both'],
  ['no side', [site(breast)], 'mastitis', 'unspecified'],
  ['part of a word', undefined, 'bright', 'unspecified'],
  ['nothing', undefined, undefined, 'unspecified'],
] as const)('side: %s', (_, sites, words, side) => {
  expect(testCodeBook().sideOf(sites, words)).toBe(side)
})
