import { expect, test } from '@jest/globals'
import type { TextContext } from '../../../src/terminology/code-book.js'
import { testCodeBook } from '../../terminology/test-code-book.js'
import { shortly } from './shortly.js'

const breastExamination: TextContext = { aboutBreast: true, side: 'unspecified', imaging: false }

test.each([
  [
    1,
    "No erythema, warmth, swelling, induration, nipple discharge or peau d'orange.",
    ['-erythema', '-peau-d-orange', '-swelling', '-warmth'],
  ],
  [2, 'No fever, left breast is red and hot.', ['+erythema left', '+warmth left', '-fever-finding']],
  [3, 'No fever, breast red.', ['+erythema', '-fever-finding']],
  [4, "No fever but peau d'orange over the right breast.", ['+peau-d-orange right', '-fever-finding']],
  [5, "Peau d'orange of the left breast has resolved.", ['-peau-d-orange left']],
  [6, 'Breast redness? no', ['-erythema']],
  [7, 'Breast redness? yes', ['+erythema']],
  [
    8,
    'Redness of the left breast not improved after 3 days of dicloxacillin.',
    ['+erythema left', 'course not-improved left'],
  ],
  [9, 'No improvement in breast redness.', ['+erythema', 'course not-improved']],
  [10, 'Breast firm and swollen, without fluctuance.', ['+swelling', '-fluctuance']],
  [11, 'History of mastitis in 2019.', []],
  [12, 'History of 3 days of breast redness and fever.', ['+erythema', '+fever-finding']],
  [13, '3-day history of left breast pain.', ['+breast-pain left']],
  [14, 'Call if the breast becomes fluctuant or you have a fever.', []],
  [15, 'Rule out breast abscess.', []],
  [16, 'Possible inflammatory breast cancer.', ['+inflammatory-breast-cancer?']],
  [17, "Possible peau d'orange of the right breast.", ['+peau-d-orange right?']],
  [18, 'Not worse, left breast still tender.', ['+breast-pain left']],
  [19, 'No breast erythema, warmth or swelling noted.', ['-erythema', '-swelling', '-warmth']],
  [20, 'Fever resolved, breast erythema persists.', ['+erythema', '-fever-finding', 'course not-improved']],
  [
    21,
    'Purple discoloration of the right breast, warm with thickened skin, not fluctuant.',
    ['+colour-change right', '+skin-thickening right', '+warmth right', '-fluctuance right'],
  ],
  [22, 'Family history of breast cancer.', []],
  [23, 'The breast redness has not gone.', ['+erythema', 'course not-improved']],
  [24, 'Much improved, no fever.', ['-fever-finding', 'course improved']],
] as const)('clinical 2.9 row %i: %s', (_, sentence, expected) => {
  expect(shortly(testCodeBook().readText(sentence, breastExamination))).toEqual([...expected].sort())
})
