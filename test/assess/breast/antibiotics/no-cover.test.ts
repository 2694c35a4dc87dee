import { expect, test } from '@jest/globals'
import { whyNoCover } from '../../../../src/assess/breast/antibiotics/no-cover.js'

test.each([
  ['an appropriate antibiotic', { cover: 'appropriate' }, undefined],
  ['another antibiotic', { cover: 'other' }, undefined],
  ['a cream', { cover: 'appropriate', noExposure: 'route' }, 'it is for the skin, eye, ear, nose or vagina'],
  ['"avoid"', { cover: 'appropriate', noExposure: 'not-given' }, 'its words say that it is not given'],
  ['nitrofurantoin', { cover: 'not-counted' }, 'it is an antibiotic that does not count for the breast'],
  ['an antibiotic without a name', { cover: 'unknown' }, 'it is an antibiotic that we do not know'],
  ['ibuprofen', { cover: 'none' }, 'it is no antibiotic'],
] as const)('%s', (_, medicine, why) => {
  expect(whyNoCover(medicine)).toBe(why)
})
