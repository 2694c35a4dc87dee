import { expect, test } from '@jest/globals'
import { wordScan } from '../../../src/facts/text/word-scan.js'

const scan = wordScan(['red', 'tender*', 'hot', 'i&d', 'breast abscess'])

test.each([
  ['red', true],
  ['Réd', true],
  ['re\u0301d', true],
  ['credit', false],
  ['reds', false],
  ['TENDERNESS', true],
  ['non-tender', true],
  ['I&D done', true],
  ['breasts', false],
  ['breast well', true],
  ['slept well', false],
  ['', false],
])('%j holds a word of ours: %s', (text, expected) => {
  expect(scan.holds(text)).toBe(expected)
})

test('only sentences with a word of ours are kept, and a dot inside a number ends none', () => {
  expect(scan.kept('Slept well. Red, 2.5 cm wide; eats.\nWalks! Hot')).toBe(' Red, 2.5 cm wide; Hot')
})
