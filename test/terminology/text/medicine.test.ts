import { describe, expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const said = (text: string): readonly string[] =>
  readText({ kind: 'medicine', text }, words)
    .readings.filter(({ state }) => state === 'present')
    .map(({ term, value, side }) => [term, value, side].filter(Boolean).join(' '))

test('of a change only the new medicine is taken', () => {
  expect(said('Change cephalexin to clindamycin')).toEqual(['ingredient clindamycin', 'cover systemic'])
  expect(said('Change clindamycin to paracetamol')).toEqual(['ingredient other analgesic', 'cover none'])
})

test('a site that reads German alone knows the names of medicines and the words of routes', () => {
  const german = textWords(['de'])
  const cover = (text: string) =>
    readText({ kind: 'medicine', text }, german).readings.find(({ term }) => term === 'cover')?.value

  expect(cover('Flucloxacillin 500 mg Hartkapseln')).toBe('systemic')
  expect(cover('Fucidine Creme')).toBe('local')
  expect(cover('Clindamycin abgesetzt')).toBe('none')
})

describe('the words of a medicine', () => {
  test.each([
    ['Dalacin 300 mg capsules', 'clindamycin', 'systemic'],
    ['Dalacin T 1 % lotion', 'clindamycin', 'local'],
    ['Dalacin T', 'clindamycin', 'local'],
    ['ciprofloxacin otic suspension', 'ciprofloxacin', 'local'],
    ['metronidazole vaginal tablets', 'metronidazole', 'local'],
    ['amikacin 1 g IV', 'other antibiotic', 'systemic'],
    ['clindamycin 600 mg in sodium chloride 0.9 % IV', 'clindamycin', 'systemic'],
    ['cephalaxin 500 mg', 'cephalexin', 'systemic'],
    ['cefradine 500 mg', 'cefradine', 'systemic'],
    ['trimethoprim 160 mg + sulfamethoxazole 800 mg', 'sulfamethoxazole-trimethoprim', 'systemic'],
    ['nitrofurantoin 100 mg', 'nitrofurantoin', 'none'],
  ])('%s: %s, %s', (text, ingredient, cover) => {
    expect(said(text)).toEqual([`ingredient ${ingredient}`, `cover ${cover}`])
  })

  test.each([
    'Clindamycin until finished',
    'Clindamycin 300 mg for 10 days then stop',
    'Clindamycin - stop if rash',
    'Clindamycin, no refills',
    'Clindamycin 300 mg before food',
    'Clindamycin 300 mg, avoid alcohol',
    'Do not stop clindamycin',
    'Clindamycin 300 mg (penicillin allergy noted)',
    'Stop ibuprofen, start clindamycin',
    'Failed cephalexin: clindamycin 300 mg',
    'Instead of cephalexin, clindamycin 300 mg',
    'Finished cephalexin, now clindamycin 300 mg',
    'Change cephalexin to clindamycin',
    'Changed from cephalexin to clindamycin 300 mg',
    'Swap cephalexin for clindamycin',
    'Clindamycin 300 mg, changed from cephalexin',
    'Change clindamycin to 300 mg QID',
    'Change clindamycin to QID and add cephalexin',
    'Change IV clindamycin to oral clindamycin',
    'Clindamycin 300 mg. Stop if rash.',
    'Clindamycin 300 mg. Stopped breastfeeding.',
    'Cephalexin stopped. Clindamycin 300 mg',
  ])('%s is given', (text) => {
    expect(said(text)).toContain('ingredient clindamycin')
    expect(said(text)).toContain('cover systemic')
  })

  test.each([
    ['Clindamycin 300 mg capsules, stopped'],
    ['Clindamycin (discontinued)'],
    ['Clindamycin 300 mg - to be started if no better in 24 h'],
    ['Clindamycin 300 mg - patient reports not taking'],
    ['Finished clindamycin'],
    ['Previous: clindamycin'],
    ['Avoid erythromycin, clindamycin'],
    ['Clindamycin allergy noted'],
    ['Clindamycin; she stopped it'],
    ['Clindamycin 300 mg. Stopped due to rash.'],
    ['Clindamycin 300 mg. Never collected.'],
  ])('%s: not given, and named', (text) => {
    const { readings } = readText({ kind: 'medicine', text }, words)
    expect(said(text)).toEqual(['cover none'])
    expect(readings).toContainEqual(
      expect.objectContaining({ term: 'ingredient', value: 'clindamycin', state: 'absent' }),
    )
  })

  test.each([
    'Avoid clindamycin',
    'Clindamycin not given',
    'Penicillin – allergy',
    'Keflex if fever returns',
  ])('%s is not given', (text) => {
    expect(said(text)).toEqual(['cover none'])
  })

  test('an antibiotic without a name is cover that is not known', () => {
    expect(said('antibiotics as per protocol')).toEqual(['cover unknown'])
  })

  test('a medicine that speaks against the milk does so by mouth, and not on the skin', () => {
    expect(said('fluorouracil 500 mg IV')).toContain('contraindicated')
    expect(said('fluorouracil 5 % cream')).not.toContain('contraindicated')
  })
})
