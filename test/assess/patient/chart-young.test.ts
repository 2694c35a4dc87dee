import { describe, expect, test } from '@jest/globals'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Facts, Span } from '../../../src/facts/facts.js'
import { findingOf } from '../assessed.js'
import { onDay } from '../facts-of.js'

const reasonOf = (facts: Partial<Facts>, name: FindingName): string => {
  const { verdict, because } = findingOf(facts, name)
  return verdict === 'present' ? because : verdict
}

describe('age', () => {
  const born = (birth?: Span): Partial<Facts> => ({
    patient: { source: 'Patient/p', gender: 'female', deceased: false, ...(birth && { birth }) },
  })

  test.each<[string, Partial<Facts>, string]>([
    ['the 10th birthday', born(onDay('2016-03-03')), 'age 10'],
    ['16 years', born(onDay('2010-01-01')), 'age 16'],
    ['the day before the 18th birthday', born(onDay('2008-03-04')), 'age 17'],
    ['the 18th birthday', born(onDay('2008-03-03')), 'absent'],
    [
      'a birth year within',
      born({ earliest: Date.UTC(2010, 0, 1), latest: Date.UTC(2011, 0, 1) - 1 }),
      'age 15 or 16',
    ],
    [
      'a birth year that leaves it open',
      born({ earliest: Date.UTC(2008, 0, 1), latest: Date.UTC(2009, 0, 1) - 1 }),
      'cannot-tell',
    ],
    ['no birth date', born(), 'cannot-tell'],
  ])('%s', (_, facts, expected) => {
    expect(reasonOf(facts, 'chart-young')).toBe(expected)
  })

  test('under 10 years, which another limit of the gate may admit', () => {
    const facts = born(onDay('2016-03-04'))

    expect(findingOf(facts, 'chart-young', { 'gate.minAgeYears': 9 }).verdict).toBe('absent')
  })
})
