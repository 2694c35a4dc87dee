import { expect, test } from '@jest/globals'
import {
  compileTemplate,
  fillIn,
  fillInLines,
  longestText,
  type SlotValues,
} from '../../src/cards/template.js'
import { scopeOf } from './assessment-of.js'

const parameters = new Map([
  ['response.dueHours', '48'],
  ['antibiotic.durationText', '10/14 days & more'],
])
const values: SlotValues = {
  ...scopeOf({}, { side: 'left' }).values,
  finding: 'HIV',
  category: '',
  order: '',
  theSide: 'the left breast',
  breast: 'left breast',
}
const template = (text: string) => compileTemplate(text, parameters).template

test.each([
  ['no value at all', 'no value at all'],
  ['{{coverFor}} ({{side}})', '50 h (left breast)'],
  ['{{coverFor}}', '50 h'],
  ['after {{response.dueHours}} h: {{antibiotic.durationText}}', 'after 48 h: 10/14 days & more'],
  ['{{{side}}} and {{& side}}', 'left breast and left breast'],
])('%j becomes %j', (text, filled) => {
  expect(fillIn(template(text), values)).toBe(filled)
})

test('values are printed as they are, never as HTML entities', () => {
  expect(fillIn(template('{{drug}}'), { ...values, drug: "peau d'orange / < 3" })).toBe("peau d'orange / < 3")
})

test('lines keep their order, and a line with an empty value is left out', () => {
  const lines = ['one', 'at {{coverFor}}', 'imaging {{imaging}}', 'three'].map(template)

  expect(fillInLines(lines, values)).toEqual(['one', 'at 50 h', 'three'])
})

test('a value that brings its own comma may be empty', () => {
  expect(fillInLines([template('fever{{T}}')], values)).toEqual(['fever'])
  expect(fillInLines([template('fever{{T}}')], { ...values, T: ', T 38.6' })).toEqual(['fever, T 38.6'])
})

test.each([
  ['plain', 5],
  ['{{side}}!', 13],
  ['{{Stage}}', 17],
  ['{{allergies}}', Number.POSITIVE_INFINITY],
])('%j can become %d characters long', (text, length) => {
  expect(longestText(template(text))).toBe(length)
})
