import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

/** The stated days of redness. */
const days = (text: string): number | undefined =>
  readText({ kind: 'exam', text }, words).readings.find(({ term }) => term === 'erythema')?.days

test.each([
  ['Right breast red for 3 weeks.', 21],
  ['Left breast erythema x 5 wk.', 35],
  ['Left breast erythema x5/52', 35],
  ['Left breast red for 3/7', 3],
  ['Red left breast for about the last 20 days.', 20],
  ['Left breast has been red for two months.', 60],
  ['5-week history of redness of the left breast.', 35],
  ['3 day hx of left breast redness', 3],
  ['Redness of the left breast began 3 weeks ago.', 21],
  ['Left breast redness since 10 days', 10],
  ['Left breast red and warm for 4 weeks, never febrile.', 28],
])('the days that a sign has been there stand in its comma part: %s', (text, expected) => {
  expect(days(text)).toBe(expected)
})

test.each([
  ['Right breast red.'],
  ['Right breast red, breastfeeding for 5 weeks.'],
  ['Right breast red despite flucloxacillin for 3 weeks.'],
  ['5 weeks postpartum, right breast red.'],
  ['Baby 5 weeks old, right breast red.'],
  ['Seen 3 weeks ago, right breast red.'],
  ['Right breast red, review in 2 weeks.'],
])('a duration of something else is not one of the sign: %s', (text) => {
  expect(days(text)).toBeUndefined()
})

test('a sign that is denied has no duration', () => {
  expect(days('No redness of the left breast for 3 weeks.')).toBeUndefined()
})
