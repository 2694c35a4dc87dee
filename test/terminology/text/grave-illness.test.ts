import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

/** The state of a sign of grave illness in the words of a note. */
const stateOf = (term: string, text: string): string | undefined =>
  readText({ kind: 'exam', text }, words).readings.find((reading) => reading.term === term)?.state

const urine = 'low-urine-output'

test.each([
  'Urine output 0.3 mL/kg/h.',
  'UOP < 0.5 ml/kg/hr for 6 h',
  'urine output less than 0.5 mL/kg/h',
  'Urine 0.49 ml/kg/h',
  'Oliguric since midnight.',
])('little urine: %s', (text) => {
  expect(stateOf(urine, text)).toBe('present')
})

test.each([
  'Urine output 0.5 mL/kg/h.',
  'Urine output 1.1 mL/kg/h.',
  'UOP > 0.4 ml/kg/h',
  'No oliguria.',
  'Urine output 0.3 L since noon.',
  'Urine dip: leucocytes 2+.',
])('enough urine, or none told: %s', (text) => {
  expect(stateOf(urine, text)).not.toBe('present')
})

test.each([
  ['skin-bullae', 'Large bullae over the left breast, skin grey.'],
  ['skin-bullae', 'Bullous change of the skin of the right breast.'],
  ['skin-blisters', 'A few blisters on the skin of the left breast.'],
  ['skin-blisters', 'Left breast dusky and blistered.'],
  ['skin-necrosis', 'Skin of the left breast necrotic.'],
  ['skin-necrosis', 'Area of necrosis over the right breast.'],
  ['necrotising-infection', 'Looks like necrotising fasciitis of the left breast.'],
  ['pain-out-of-proportion', 'Left breast red, pain out of proportion.'],
  ['pain-out-of-proportion', 'Pain of the left breast is out of proportion to findings.'],
  ['sunburn-rash', 'Diffuse sunburn-like rash.'],
  ['sunburn-rash', 'Generalised erythroderma.'],
  ['toxic-shock', 'Toxic shock syndrome.'],
  ['rapid-spread', 'Rapidly spreading redness of the left breast.'],
  ['crepitus', 'Crepitus over the left breast.'],
])('a sign of a severe soft-tissue infection, %s: %s', (term, text) => {
  expect(stateOf(term, text)).toBe('present')
})

test.each([
  ['skin-blisters', 'Small friction blister on left nipple from pump flange. Breast soft.'],
  ['skin-blisters', 'Milk blister of the left nipple.'],
  ['skin-blisters', 'Herpes blisters on the left breast.'],
  ['skin-blisters', 'No blisters, no necrosis of the left breast.'],
  ['skin-blisters', 'Baby has a sucking blister on the lip.'],
  ['skin-necrosis', 'No blisters, no necrosis of the left breast.'],
  ['skin-necrosis', 'Fat necrosis of the left breast.'],
  ['skin-necrosis', 'Baby with necrotizing enterocolitis in NICU'],
  ['necrotising-infection', 'Baby with necrotizing enterocolitis in NICU'],
  ['pain-out-of-proportion', 'Left breast red, no pain out of proportion.'],
  ['rapid-spread', 'Redness of the left breast, not spreading rapidly.'],
  ['crepitus', 'Crepitus of the right knee.'],
])('no such sign, %s: %s', (term, text) => {
  expect(stateOf(term, text)).not.toBe('present')
})
