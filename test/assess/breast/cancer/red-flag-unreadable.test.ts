import { expect, test } from '@jest/globals'
import type { Facts } from '../../../../src/facts/facts.js'
import { assessed, findingOf, leadingScope } from '../../assessed.js'
import { antibiotic, hoursAgo, measure, problemSince, sign, unread, unreadable } from '../../facts-of.js'

const redness = sign('erythema', hoursAgo(2), { side: 'left' })
const { when: _when, ...undated } = sign('peau-d-orange', hoursAgo(2), { side: 'left' })
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

const course: Partial<Facts> = {
  problems: [problemSince('mastitis-lactational', hoursAgo(60), { side: 'left' })],
  medicines: [antibiotic(hoursAgo(49))],
  measures: [measure('temperature', 39, hoursAgo(50))],
}

test('at 49 h of antibiotics a temperature that could not be read is asked for', () => {
  const unreadableNow = {
    unreadable: [unreadable('temperature', 'temperature has no unit', { when: hoursAgo(2) })],
  }

  expect(findingOf(course, 'red-flag-unreadable').verdict).toBe('absent')
  expect(findingOf({ ...course, ...unreadableNow }, 'red-flag-unreadable').verdict).toBe('present')
})

test.each([
  ['30 days old', 720, 'present'],
  ['older than 30 days', 721, 'absent'],
])('a breast ultrasound that could not be read, %s, may show an abscess', (_, age, verdict) => {
  const scan = unreadable('ultrasound', 'report status could not be read', { when: hoursAgo(age) })
  const facts = { problems: [mastitis], unreadable: [scan] }

  expect(findingOf(facts, 'red-flag-unreadable').verdict).toBe(verdict)
  expect(findingOf(facts, 'stage-abscess').verdict).toBe(verdict === 'present' ? 'cannot-tell' : 'absent')
})

test.each([
  ['recorded as unknown', sign('peau-d-orange', hoursAgo(2), { side: 'left', state: 'unknown' })],
  ['recorded without a date', undated],
])("peau d'orange %s is named in the question and under what is missing", (words, strong) => {
  const facts = { problems: [mastitis], signs: [strong] }

  expect(leadingScope(facts).values.fact).toBe("peau d'orange")
  expect(assessed(facts).missing).toEqual([`peau d'orange ${words}`])
})
