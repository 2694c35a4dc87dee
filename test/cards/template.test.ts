import { expect, test } from '@jest/globals'
import {
  compileTemplate,
  fillIn,
  fillInLine,
  longestText,
  type SlotValues,
} from '../../src/cards/template.js'
import { compileBlock, fillInBlock } from '../../src/cards/line-block.js'
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
}
const template = (text: string) => compileTemplate(text, parameters).template

test.each([
  ['no value at all', 'no value at all'],
  ['{{N}} h ({{side}})', '50 h (left breast)'],
  ['{{N}}', '50'],
  ['after {{response.dueHours}} h: {{antibiotic.durationText}}', 'after 48 h: 10/14 days & more'],
  ['{{{side}}} and {{& side}}', 'left breast and left breast'],
])('%j becomes %j', (text, filled) => {
  expect(fillIn(template(text), values)).toBe(filled)
})

test('values are printed as they are, never as HTML entities', () => {
  expect(fillIn(template('{{drug}}'), { ...values, drug: "peau d'orange / < 3" })).toBe("peau d'orange / < 3")
})

test('a line with an empty value is no line', () => {
  expect(fillInLine(template('Imaging: {{imaging}}'), values)).toBeUndefined()
  expect(fillInLine(template('Hours: {{N}}'), values)).toBe('Hours: 50')
})

test('a block keeps the order of its lines and leaves out those with an empty value', () => {
  const lines = ['one', 'two', 'at {{N}}', 'imaging {{imaging}}', 'three'].map(template)

  expect(fillInBlock(compileBlock(lines), values)).toBe('- one\n- two\n- at 50\n- three\n')
})

test.each([
  ['plain', 5],
  ['{{side}}!', 13],
  ['{{Stage}}', 17],
  ['{{allergies}}', Number.POSITIVE_INFINITY],
])('%j can become %d characters long', (text, length) => {
  expect(longestText(template(text))).toBe(length)
})
