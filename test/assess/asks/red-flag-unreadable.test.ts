import { expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import { findingOf, leadingScope } from '../assessed.js'
import { hoursAgo, measure, problemSince, sign, unread, unreadable } from '../facts-of.js'

const redness = sign('erythema', hoursAgo(2), { side: 'left' })
const mastitis = problemSince('mastitis-lactational', hoursAgo(20), { side: 'left' })

test.each<[string, Partial<Facts>, 'present' | 'absent', string]>([
  ['everything read', { signs: [redness] }, 'absent', ''],
  ['nothing about the breast, laboratory unread', { reads: unread('laboratory') }, 'absent', ''],
  [
    'a sign, laboratory unread',
    { signs: [redness], reads: unread('laboratory') },
    'present',
    'laboratory values',
  ],
  [
    'a diagnosis, laboratory unread',
    { problems: [mastitis], reads: unread('laboratory') },
    'present',
    'laboratory values',
  ],
  [
    'a diagnosis, breast signs unread',
    { problems: [mastitis], reads: unread('breastSigns') },
    'present',
    'breast signs',
  ],
  ['a sign, orders unread (optional)', { signs: [redness], reads: unread('serviceRequests') }, 'absent', ''],
  [
    "a diagnosis, and a peau d'orange that could not be read",
    {
      problems: [mastitis],
      unreadable: [unreadable('peau-d-orange', 'sign has no readable value', { when: hoursAgo(3) })],
    },
    'present',
    "peau d'orange",
  ],
  [
    'a sign, and a lactate that could not be read',
    { signs: [redness], unreadable: [unreadable('lactate', 'lactate has no unit', { when: hoursAgo(3) })] },
    'present',
    'lactate',
  ],
  [
    'sepsis critical already: nothing to ask of it',
    {
      signs: [redness],
      measures: [measure('lactate', 3.1, hoursAgo(1))],
      unreadable: [unreadable('creatinine', 'creatinine has no unit', { when: hoursAgo(3) })],
    },
    'absent',
    '',
  ],
  [
    'a diagnosis, and a value of no red flag that could not be read',
    {
      problems: [mastitis],
      unreadable: [unreadable('c-reactive-protein', 'no unit', { when: hoursAgo(3) })],
    },
    'absent',
    '',
  ],
])('%s', (_, facts, verdict, fact) => {
  expect(findingOf(facts, 'red-flag-unreadable').verdict).toBe(verdict)
  expect(leadingScope(facts).values.fact).toBe(fact)
})

test('the reason names what could not be read', () => {
  const { because } = findingOf({ problems: [mastitis], reads: unread('laboratory') }, 'red-flag-unreadable')

  expect(because).toBe('laboratory values could not be read')
})
