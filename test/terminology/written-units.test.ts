import { expect, test } from '@jest/globals'
import {
  degreeUnits,
  plainUnit,
  pressureUnits,
  rateUnits,
  sizeUnits,
  timeUnits,
  writtenUnits,
} from '../../src/terminology/written-units.js'

test.each([
  ['× 10⁹ / L', '10*9/L'],
  ['x10³/µL', '10*3/uL'],
  ['10^3/ul', '10*3/ul'],
  ['x10E3/uL', '10*3/uL'],
  ['min⁻¹', 'min-1'],
  ['s^-1', 's-1'],
  ['ºC', '°C'],
  ['℃', '°C'],
  ['μmol / l', 'umol/l'],
  ['mm   Hg', 'mm Hg'],
])('%s is %s in the letters of UCUM', (written, plain) => {
  expect(plainUnit(written)).toBe(plain)
})

test.each([
  [degreeUnits, 'Degrees Celsius', 'Cel'],
  [degreeUnits, 'degré C', 'Cel'],
  [degreeUnits, 'fahrenheit', '[degF]'],
  [degreeUnits, 'degrees', undefined],
  [degreeUnits, '°K', undefined],
  [rateUnits, 'Breaths per minute', '/min'],
  [rateUnits, 'Schläge/min', '/min'],
  [rateUnits, 'min', undefined],
  [rateUnits, 'ml/min', undefined],
  [pressureUnits, 'mm(Hg)', 'mm[Hg]'],
  [pressureUnits, 'Hg', undefined],
  [sizeUnits, 'Centimetres', 'cm'],
  [timeUnits, 'Wochen', 'wk'],
  [timeUnits, 'months', undefined],
])('written units', (units, written, expected) => {
  expect(units(written)).toBe(expected)
})

test('a list is read in letters of any kind, unless a capital M before small ones can be mega', () => {
  const amounts = writtenUnits({ 'mmol/L': ['mmol/l'], '10*9/L': ['G/L'] })
  expect(['mmol/l', 'MMOL/L', 'mMol/L', 'MMol/L', 'G/L', 'g/L'].map(amounts)).toEqual([
    'mmol/L',
    'mmol/L',
    'mmol/L',
    undefined,
    '10*9/L',
    undefined,
  ])
})
