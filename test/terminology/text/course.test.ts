import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const courses = (text: string): readonly string[] =>
  readText({ kind: 'exam', text }, words)
    .readings.filter(({ term }) => term === 'course')
    .map(({ value, side = '' }) => `${value} ${side}`.trim())

test.each([
  ['Left breast redder than yesterday.', ['worse left']],
  ['Left breast harder today.', ['worse left']],
  ['Lump of the left breast bigger than on Monday.', ['worse left']],
  ['Left breast redder than the right.', []],
  ['Left breast redder.', []],
  ['Left breast not redder than yesterday.', []],
  ['Left breast bigger than yesterday.', []],
  ['Left breast harder than before the feed.', []],
])('the comparative of a sign is worse against an earlier time only: %s', (text, expected) => {
  expect(courses(text)).toEqual(expected)
})

test.each([
  ["Redness has crossed yesterday's pen line, left breast.", ['worse left']],
  ['Redness beyond where it was marked, left breast.', ['worse left']],
  ["Redness is inside yesterday's pen line, left breast.", []],
  ['Redness has retreated from the pen line, left breast.', ['improved left']],
  ['Redness outside the areola, left breast.', []],
])('a redness beyond the line that was drawn is worse: %s', (text, expected) => {
  expect(courses(text)).toEqual(expected)
})

test.each([
  ['Redness ↑, left breast.', ['worse left']],
  ['Redness ↓, left breast.', ['improved left']],
  ['Redness ↔, left breast.', ['not-improved left']],
  ['HR ↑, left breast red.', []],
])('an arrow behind a sign says how it goes: %s', (text, expected) => {
  expect(courses(text)).toEqual(expected)
})

test('"the same" says how a sign goes, and not where it is', () => {
  expect(courses('Redness the same, left breast.')).toEqual(['not-improved left'])
  expect(courses('Pain on the same side.')).toEqual([])
  expect(courses('Right breast red, the same in the left breast.')).toEqual([])
})
