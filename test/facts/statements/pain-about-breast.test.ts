import { expect, test } from '@jest/globals'
import { coded, factsIn, leftBreast, observation } from '../reading.js'

test.each([
  ['names the breast as body site', { bodySite: leftBreast }, true],
  ['names no place', {}, undefined],
] as const)('a pain score that %s says whether it is about the breast', (_, rest, about) => {
  const { measures } = factsIn([observation(coded('ln', '72514-3'), { valueInteger: 6, ...rest })])

  expect(measures.map(({ aboutBreast }) => aboutBreast)).toEqual([about])
})
