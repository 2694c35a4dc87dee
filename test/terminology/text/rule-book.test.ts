import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import type { TextKind } from '../../../src/terminology/text/reading.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()
const signs = { present: '+', absent: '-', unreadable: '?' }

/** What a text was read as: "-fever", "+erythema left", "+peau-d-orange possible", "+course worse". */
const read = (kind: TextKind, text: string): readonly string[] =>
  readText({ kind, text }, words)
    .readings.map(({ term, state, value, side, possible }) =>
      [`${signs[state]}${term}`, value, side, possible ? 'possible' : undefined]
        .filter((part) => part !== undefined)
        .join(' '),
    )
    .sort()

test.each([
  [
    1,
    "No erythema, warmth, swelling, induration, nipple discharge or peau d'orange.",
    ['-erythema', '-peau-d-orange', '-swelling', '-warmth'],
  ],
  [2, 'No fever, left breast is red and hot.', ['+erythema left', '+warmth left', '-fever']],
  [3, 'No fever, breast red.', ['+erythema', '-fever']],
  [4, "No fever but peau d'orange over the right breast.", ['+peau-d-orange right', '-fever']],
  [5, "Peau d'orange of the left breast has resolved.", ['-peau-d-orange left']],
  [6, 'Breast redness? no', ['-erythema']],
  [7, 'Breast redness? yes', ['+erythema']],
  [
    8,
    'Redness of the left breast not improved after 3 days of dicloxacillin.',
    ['+course not-improved left', '+erythema left'],
  ],
  [9, 'No improvement in breast redness.', ['+course not-improved', '+erythema']],
  [10, 'Breast firm and swollen, without fluctuance.', ['+swelling', '-fluctuance']],
  [11, 'History of mastitis in 2019.', []],
  [12, 'History of 3 days of breast redness and fever.', ['+erythema', '+fever']],
  [13, '3-day history of left breast pain.', ['+breast-pain left']],
  [14, 'Call if the breast becomes fluctuant or you have a fever.', []],
  [15, 'Rule out breast abscess.', []],
  [17, "Possible peau d'orange of the right breast.", ['+peau-d-orange right possible']],
  [18, 'Not worse, left breast still tender.', ['+breast-pain left']],
  [19, 'No breast erythema, warmth or swelling noted.', ['-erythema', '-swelling', '-warmth']],
  [20, 'Fever resolved, breast erythema persists.', ['+course not-improved', '+erythema', '-fever']],
  [
    21,
    'Purple discoloration of the right breast, warm with thickened skin, not fluctuant.',
    ['+colour-change right', '+skin-thickening right', '+warmth right', '-fluctuance right'],
  ],
  [23, 'The breast redness has not gone.', ['+course not-improved', '+erythema']],
  [24, 'Much improved, no fever.', ['+course improved', '-fever']],
] as const)('clinical 2.9 row %i of a note: %s', (_, sentence, expected) => {
  expect(read('exam', sentence)).toEqual([...expected].sort())
})

test.each([
  [11, 'History of mastitis in 2019.'],
  [15, 'Rule out breast abscess.'],
  [16, 'Possible inflammatory breast cancer.'],
  [22, 'Family history of breast cancer.'],
])('clinical 2.9 row %i names no diagnosis: %s', (_, sentence) => {
  expect(read('condition', sentence)).toEqual([])
})

test.each([
  'History of few days of breast redness',
  'history of a few days of breast redness',
  'History of several weeks of breast redness',
  'Hx of 12 hours of breast redness',
  'h/o about 10 days of breast redness',
  '2 week history of breast redness',
  'three-day history of breast redness',
  '3-month history of breast redness',
])('clinical 2.9 step 7: a duration is current: %s', (sentence) => {
  expect(read('exam', sentence)).toEqual(['+erythema'])
})

test.each([
  'History of breast redness',
  'History of 3 episodes of breast redness',
  'History of breast redness for 3 days last year',
  'Previous breast redness',
])('clinical 2.9 step 7: history without a duration is not current: %s', (sentence) => {
  expect(read('exam', sentence)).toEqual([])
})
