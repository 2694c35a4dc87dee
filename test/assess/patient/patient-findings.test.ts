import { describe, expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import { assessed, findingOf, presentAmong } from '../assessed.js'
import { birth, daysAgo, hoursAgo, order, problem, problemSince, statement, unread } from '../facts-of.js'

const lactating: Partial<Facts> = { lactation: [statement('yes', hoursAgo(1))] }
const statuses: readonly FindingName[] = [
  'lactating',
  'probably-lactating',
  'recently-weaned',
  'lactation-unknown',
  'not-lactating',
]

describe('exactly one status is present, unless it cannot be told', () => {
  test.each<[string, Partial<Facts>, readonly FindingName[]]>([
    ['yes', lactating, ['lactating']],
    ['delivered', { births: [birth('delivery', daysAgo(3))] }, ['probably-lactating']],
    ['weaned', { problems: [problemSince('weaned', daysAgo(3))] }, ['recently-weaned']],
    ['nothing', {}, ['lactation-unknown']],
    ['no', { lactation: [statement('no', hoursAgo(1))] }, ['not-lactating']],
    [
      'statements unread, delivered',
      { reads: unread('lactationStatus'), births: [birth('delivery', daysAgo(3))] },
      ['probably-lactating'],
    ],
    ['statements unread, nothing', { reads: unread('lactationStatus') }, []],
    [
      'conditions unread, a no',
      { reads: unread('conditions'), lactation: [statement('no', hoursAgo(1))] },
      [],
    ],
  ])('%s', (_, facts, expected) => {
    expect(presentAmong(facts, statuses)).toEqual(expected)
  })

  test('an unread category makes the other statuses cannot-tell, never absent', () => {
    const facts = { reads: unread('lactationStatus'), births: [birth('delivery', daysAgo(3))] }

    expect(findingOf(facts, 'lactating').verdict).toBe('cannot-tell')
    expect(findingOf(facts, 'not-lactating').verdict).toBe('cannot-tell')
    expect(findingOf({ reads: unread('lactationStatus') }, 'lactation-unknown').verdict).toBe('cannot-tell')
  })

  test.each<[string, Partial<Facts>, string]>([
    ['lactating', lactating, 'present'],
    ['probable', { births: [birth('delivery', daysAgo(3))] }, 'present'],
    ['recently weaned', { problems: [problemSince('weaned', daysAgo(3))] }, 'absent'],
    ['unknown', {}, 'absent'],
    ['unread', { reads: unread('lactationStatus') }, 'cannot-tell'],
  ])('may be lactating: %s', (_, facts, verdict) => {
    expect(findingOf(facts, 'may-be-lactating').verdict).toBe(verdict)
  })
})

describe('loss', () => {
  const names: readonly FindingName[] = ['infant-loss', 'infant-elsewhere', 'after-loss']

  test.each<[string, Partial<Facts>, readonly FindingName[]]>([
    ['none', lactating, []],
    ['a loss', { births: [birth('infant-loss', daysAgo(3))] }, ['infant-loss', 'after-loss']],
    ['elsewhere', { births: [birth('infant-elsewhere', daysAgo(3))] }, ['infant-elsewhere', 'after-loss']],
  ])('%s', (_, facts, expected) => {
    expect(presentAmong(facts, names)).toEqual(expected)
  })

  test('cannot be told of either kind when conditions were not read', () => {
    for (const name of names)
      expect(findingOf({ reads: unread('conditions') }, name).verdict).toBe('cannot-tell')
  })
})

describe('the phrase and the row that names it', () => {
  const names: readonly FindingName[] = [
    'feeding-plain',
    'feeding-conditional',
    'feeding-caution',
    'feeding-none',
    'milk-none',
    'milk-wait',
    'milk-expressed',
    'milk-plan-drug-use',
    'milk-plan-medicine',
    'milk-plan-hiv',
    'milk-plan-infant',
    'milk-cannot-tell',
    'milk-caution-row',
  ]
  const caution = (kind: FindingName): readonly FindingName[] => ['feeding-caution', kind, 'milk-caution-row']

  test.each<[string, Partial<Facts>, readonly FindingName[]]>([
    ['lactating', lactating, ['feeding-plain']],
    ['probable', { births: [birth('delivery', daysAgo(3))] }, ['feeding-conditional']],
    ['unknown', {}, ['feeding-none']],
    ['F1', { ...lactating, problems: [problem('htlv')] }, caution('milk-none')],
    ['F5', { ...lactating, problems: [problemSince('mpox', daysAgo(1))] }, caution('milk-wait')],
    ['F8', { ...lactating, problems: [problem('substance-other')] }, caution('milk-plan-drug-use')],
    ['F8b', { ...lactating, medicines: [order('lithium', daysAgo(3))] }, caution('milk-plan-medicine')],
    ['F9', { ...lactating, problems: [problemSince('tuberculosis', daysAgo(1))] }, caution('milk-expressed')],
    ['F10', { ...lactating, problems: [problem('hiv')] }, caution('milk-plan-hiv')],
    ['F11', { ...lactating, births: [birth('preterm', daysAgo(1))] }, caution('milk-plan-infant')],
    [
      'the first row leads',
      { ...lactating, problems: [problem('hiv'), problem('htlv')] },
      caution('milk-none'),
    ],
    ['unread', { ...lactating, reads: unread('conditions') }, ['feeding-caution', 'milk-cannot-tell']],
    [
      'a row and an unread category',
      { ...lactating, reads: unread('medicationRequests'), problems: [problem('hiv')] },
      caution('milk-plan-hiv'),
    ],
    [
      'a row of a woman whose status is unknown',
      { problems: [problem('hiv')] },
      ['feeding-none', 'milk-caution-row'],
    ],
    [
      'a row after a loss',
      { births: [birth('infant-loss', daysAgo(2))], problems: [problem('hiv')] },
      ['feeding-none', 'milk-caution-row'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(presentAmong(facts, names)).toEqual(expected)
  })

  test('without a row, an unread category leaves the rows cannot-tell', () => {
    expect(findingOf({ reads: unread('medicationRequests') }, 'milk-caution-row').verdict).toBe('cannot-tell')
  })

  test('the evidence of a row names the condition and its source', () => {
    const { evidence, because } = findingOf({ ...lactating, problems: [problem('hiv')] }, 'feeding-caution')

    expect(because).toBe('on record: HIV')
    expect(evidence).toEqual([{ what: 'HIV', source: 'Condition/hiv', fromText: false }])
  })
})

test('some infants lost: every card asks first, but not after a loss', () => {
  const sentence = 'More than one infant was born and not all may be living: ask first.'
  const some = birth('some-infants-lost', daysAgo(10))

  expect(assessed({ births: [some] }).additions).toEqual([sentence])
  expect(assessed({ births: [some, birth('infant-loss', daysAgo(2))] }).additions).toEqual([])
  expect(assessed(lactating).additions).toEqual([])
})

test('known inflammatory breast cancer and pregnancy are findings of the patient', () => {
  const facts = {
    problems: [problem('inflammatory-breast-cancer'), problemSince('mastitis-pregnancy', daysAgo(1))],
  }

  expect(presentAmong(facts, ['known-ibc', 'pregnant'])).toEqual(['known-ibc', 'pregnant'])
  expect(
    presentAmong({ medicines: [order('dicloxacillin', daysAgo(1))] }, ['known-ibc', 'pregnant']),
  ).toEqual([])
})
