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

const saidInNote = (text: string) =>
  readText({ kind: 'feeding-note', text }, words).readings.map(({ state }) => state)

test.each([
  'Left breast red. She is nursing her baby every two hours.',
  'Breastfeeding well, left breast red',
  'Baby breastfeeding well',
  'Expressing every 3 hours',
  'Breastfeeding: yes',
])('a note "%s" says feeding', (text) => {
  expect(saidInNote(text)).toEqual(['present'])
})

test.each(['No longer breastfeeding', 'Formula fed', 'Breastfeeding: no'])(
  'a note "%s" says no feeding',
  (text) => {
    expect(saidInNote(text)).toEqual(['absent'])
  },
)

test.each([
  'Nursing staff asked to review the left breast, which is red.',
  'Nursing notes: baby settled',
  'Nursing student helped baby',
  'Her sister is breastfeeding',
  'Breast feeding support offered',
  'Dicloxacillin is safe in breastfeeding',
  'Pus expressed from the nipple',
  'Expressed concern about the breast',
  'Infusion pump beeping',
  'Plans to breastfeed',
])('a note "%s" says neither', (text) => {
  expect(saidInNote(text)).toEqual([])
})
