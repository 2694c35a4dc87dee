import { expect, test } from '@jest/globals'
import { textNamesBreast, wordFinder } from '../../src/terminology/words-in-names.js'

const holds = wordFinder(['breast', 'i2'])

test.each([
  ['breast', true],
  ['Referral to BREAST surgeon', true],
  ['left_breast', true],
  ['breast/axilla', true],
  ['type i2', true],
  ['breasts', false],
  ['abreast', false],
  ['breasté', false],
  ['breast2', false],
  ['', false],
])('%j holds a whole word: %s', (text, expected) => {
  expect(holds(text)).toBe(expected)
})

test.each([
  ['Left breast', true],
  ['BREASTS', true],
  ['Nipple and areola', true],
  ['areolar skin', true],
  ['Mastitis review', true],
  ['breast: milk duct', true],
  ['breast milky', true],
  ['Milk stain on the breast', true],
  ['Breast milk, from the left breast', true],
  ['Nonsense of the breast', true],
  ['Breast milk sample', false],
  ['Breast-milk', false],
  ['Breast feeding', false],
  ['breast fed', false],
  ['breast pump', false],
  ['Non-breast surgery', false],
  ['non breast', false],
  ['breastfeeding', false],
  ['Body temperature', false],
])('%j names the breast: %s', (text, expected) => {
  expect(textNamesBreast(text)).toBe(expected)
})
