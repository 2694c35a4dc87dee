import { describe, expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import { assessed, findingOf, leadingScope, presentAmong } from '../assessed.js'
import { daysAgo, hoursAgo, measure, minutesAgo, problem, problemSince, sign, unread } from '../facts-of.js'

const names: readonly FindingName[] = [
  'sepsis-critical',
  'sepsis-warning',
  'sepsis-inpatient',
  'sepsis-screen-positive',
]
const lactate = measure('lactate', 3.1, hoursAgo(1))
const pair = [measure('temperature', 38.5, minutesAgo(40)), measure('heart-rate', 118, minutesAgo(30))]
const inpatient = { source: 'Encounter/1', fromText: false, inpatient: true, inProgress: true }

test.each<[string, Partial<Facts>, readonly FindingName[]]>([
  ['negative', {}, []],
  ['once', { measures: pair }, ['sepsis-warning', 'sepsis-screen-positive']],
  ['an organ value', { measures: [lactate] }, ['sepsis-critical', 'sepsis-screen-positive']],
  [
    'an inpatient',
    { problems: [problemSince('sepsis', daysAgo(1))], encounters: [inpatient] },
    ['sepsis-inpatient', 'sepsis-screen-positive'],
  ],
])('level: %s', (_, facts, expected) => {
  expect(presentAmong(facts, names)).toEqual(expected)
})

test('what was not read leaves higher levels cannot-tell, and a level that was reached stands', () => {
  const facts = { measures: pair, reads: unread('laboratory') }

  expect(findingOf(facts, 'sepsis-critical').verdict).toBe('cannot-tell')
  expect(findingOf(facts, 'sepsis-warning').verdict).toBe('present')
  expect(findingOf(facts, 'sepsis-inpatient').verdict).toBe('absent')
  expect(findingOf({ reads: unread('laboratory') }, 'sepsis-warning').verdict).toBe('cannot-tell')
  expect(findingOf({ reads: unread('laboratory') }, 'sepsis-screen-positive').verdict).toBe('cannot-tell')
  expect(findingOf({ measures: [lactate], reads: unread('vitalSigns') }, 'sepsis-critical').verdict).toBe(
    'present',
  )
})

test('the evidence names value and unit, and the reason the ground', () => {
  const { because, evidence } = findingOf({ measures: [lactate] }, 'sepsis-critical')

  expect(because).toBe('lactate 3.1 meets an organ limit of the sepsis screen')
  expect(evidence).toEqual([
    {
      what: 'lactate 3.1 mmol/L',
      when: hoursAgo(1),
      source: lactate.source,
      fromText: false,
      series: { name: 'lactate', value: '3.1 mmol/L' },
    },
  ])
})

test('the words and the state kept for later are those of the screen', () => {
  const facts = { measures: [lactate, ...pair] }

  expect(leadingScope(facts).values.criteria).toBe('lactate 3.1, T 38.5, +1')
  expect(assessed(facts).sepsisCriteria).toEqual(['lactate', 'T', 'HR'])
  expect(assessed({ measures: [measure('heart-rate', 118, hoursAgo(1))] }).sepsisCriteria).toEqual([])
})

describe('the breast as source', () => {
  const sources: readonly FindingName[] = ['breast-source-current', 'breast-source-old']
  const current: readonly FindingName[] = ['breast-source-current']
  const old: readonly FindingName[] = ['breast-source-old']

  test.each<[string, Partial<Facts>, readonly FindingName[]]>([
    ['none', {}, []],
    ['a breast sign 72 h ago', { signs: [sign('erythema', hoursAgo(72))] }, current],
    ['a breast sign 73 h ago', { signs: [sign('erythema', hoursAgo(73))] }, []],
    ['fever alone is no breast sign', { signs: [sign('fever-finding', hoursAgo(2))] }, []],
    ['mastitis exactly 14 days ago', { problems: [problemSince('mastitis-nos', daysAgo(14))] }, current],
    ['mastitis 15 days ago', { problems: [problemSince('mastitis-nos', daysAgo(15))] }, old],
    ['mastitis exactly 90 days ago', { problems: [problemSince('mastitis-lactational', daysAgo(90))] }, old],
    ['mastitis 91 days ago', { problems: [problemSince('mastitis-lactational', daysAgo(91))] }, []],
    ['an abscess', { problems: [problemSince('abscess-pregnancy', daysAgo(3))] }, current],
    ['outside lactation', { problems: [problemSince('abscess-nonlactational', daysAgo(3))] }, current],
    ['resolved', { problems: [problemSince('mastitis-nos', daysAgo(3), { active: false })] }, []],
    ['engorgement is no infection', { problems: [problemSince('engorgement', daysAgo(3))] }, []],
    ['without a date', { problems: [problem('mastitis-nos')] }, old],
    [
      'an old one and a new one',
      { problems: [problemSince('mastitis-nos', daysAgo(40)), problemSince('abscess-nos', daysAgo(3))] },
      current,
    ],
  ])('%s', (_, facts, expected) => {
    expect(presentAmong(facts, sources)).toEqual(expected)
  })

  test.each<[FindingName, Partial<Facts>]>([
    ['breast-source-current', { reads: unread('breastSigns') }],
    ['breast-source-current', { reads: unread('conditions') }],
    ['breast-source-old', { reads: unread('conditions') }],
  ])('%s cannot be told when what it needs was not read', (name, facts) => {
    expect(findingOf(facts, name).verdict).toBe('cannot-tell')
  })
})
