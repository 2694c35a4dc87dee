import { expect, test } from '@jest/globals'
import { ucumConversion } from '../../src/terminology/ucum.js'

const amount = {
  unit: 'mmol/L',
  needs: [
    ['mol', 'eq'],
    ['L', 'l'],
  ],
}
const rate = { unit: '/min', needs: [['min', 's', 'Hz']] }
const warmth = { unit: 'Cel', needs: [['Cel', '[degF]']] }

test.each([
  ['the unit itself', 'mmol/L', amount, 2.0004],
  ['a small l for the litre', 'mmol/l', amount, 2.0004],
  ['another prefix', 'umol/L', amount, 0.002],
  ['words in braces behind a unit', 'mmol/L{venous}', amount, 2.0004],
  ['words in braces in place of a unit', '{Beats}/min', rate, 2.0004],
  ['words in braces that UCUM does not allow', '{Schläge je Minute}/min', rate, 2.0004],
  ['words in braces before a number', '{x}1/min', rate, 2.0004],
  ['a unit with a zero of its own', '[degF]', warmth, -16.666],
])('%s is read', (_, unit, target, expected) => {
  expect(ucumConversion(unit, target)?.(2.0004)).toBe(expected)
})

test.each([
  ['nothing', '', amount],
  ['a word', 'millimole', amount],
  ['a unit of another kind', 'kg', amount],
  ['a count where an amount is asked for', '/L', amount],
  ['arbitrary units', '[IU]/L', amount],
  ['a logarithm', 'dB/min', rate],
  ['letters that UCUM does not have', 'µmol/L', amount],
  ['an open brace', '{Beats/min', rate],
  ['an operator without a unit', 'mmol/', amount],
  ['a name of JavaScript', 'constructor', rate],
  ['a very long unit', `${'min/min.'.repeat(1000)}/min`, rate],
  ['many open brackets', '('.repeat(40), rate],
])('%s is no unit of the kind', (_, unit, target) => {
  expect(ucumConversion(unit, target)).toBeUndefined()
})
