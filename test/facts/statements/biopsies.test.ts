import { expect, test } from '@jest/globals'
import { coded, factsIn, report } from '../reading.js'

const skin = coded('sct', '240977001')

const biopsiesIn = (code: unknown, conclusion: string | undefined, rest: Record<string, unknown> = {}) =>
  factsIn([report(code, conclusion, rest)]).results.map((result) => result.result)

test.each([
  // where the report says what it is of             conclusion                                   is a breast biopsy
  ['the conclusion names the breast', 'Skin of left breast: benign, no malignancy.', {}, true],
  ['a coded conclusion names the breast', undefined, { conclusionCode: [coded('sct', '254840009')] }, true],
  ['nothing names the breast', 'Benign, no malignancy.', {}, false],
  ['the conclusion names only the milk', 'Near a breast milk stain: benign.', {}, false],
  ['the site is the leg', 'Skin, not of the breast: benign.', { bodySite: coded('sct', '30021000') }, false],
] as const)('a report on a biopsy of skin, where %s', (_, conclusion, rest, isBreastBiopsy) => {
  expect(biopsiesIn(skin, conclusion, rest)).toEqual(isBreastBiopsy ? ['biopsy'] : [])
})
