import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()
const saidBy = (text: string) => readText({ kind: 'feeding', text }, words).readings.map(({ state }) => state)

test.each([
  'Pumping exclusively',
  'Exclusively breastfed',
  'Breast and bottle',
  'Mixed feeding',
  'EBM via bottle',
  'No problems breastfeeding',
  'Stopped breastfeeding, still pumping',
  'Baby breastfed',
])('"%s" is feeding', (text) => {
  expect(saidBy(text)).toEqual(['present'])
})

test.each([
  'Breastfeeding stopped',
  'No longer pumping, formula only',
  'Not currently breastfeeding',
  'Never breastfed',
  'Unable to breastfeed',
  'Mother has stopped breastfeeding',
  'Formula fed',
  'Weaned',
])('"%s" is no feeding', (text) => {
  expect(saidBy(text)).toEqual(['absent'])
})

test.each([
  'Donor milk',
  'Bottle',
  'Plans to breastfeed',
  'Previously breastfed',
  'Nursing staff to advise',
  'see note',
  '',
])('"%s" says neither', (text) => {
  expect(saidBy(text)).toEqual([])
})
