import { describe, expect, test } from '@jest/globals'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Facts, Medicine, Span } from '../../../src/facts/facts.js'
import { findingOf } from '../assessed.js'
import { at, daysAgo, now, onDay, order } from '../facts-of.js'

const reasonOf = (facts: Partial<Facts>, name: FindingName): string => {
  const { verdict, because } = findingOf(facts, name)
  return verdict === 'present' ? because : verdict
}

/** A minute more than so many days ago. */
const justOver = (days: number): Span => at(now - days * 86_400_000 - 60_000)

const long = (name: string, when: Span, given: Partial<Medicine> = {}): Medicine =>
  order(name, when, { sets: ['steroid'], ...given })
describe('a steroid for 14 days or more', () => {
  const name = 'chart-immunosuppression'
  const taken = (...medicines: readonly Medicine[]): Partial<Facts> => ({ medicines })
  const over = { status: 'completed' } as const
  const { start: _, when: __, ...undated } = long('prednisolone', daysAgo(1))

  test.each<[string, Partial<Facts>, string]>([
    ['6 weeks', taken(long('prednisolone', daysAgo(42))), 'prednisolone for 6 weeks'],
    ['exactly 14 days', taken(long('prednisolone', daysAgo(14))), 'prednisolone for 2 weeks'],
    ['a minute less than 14 days', taken(long('prednisolone', at(now - 14 * 86_400_000 + 60_000))), 'absent'],
    [
      'a day of which the end is less than 14 days ago',
      taken(long('prednisolone', onDay('2026-02-17'))),
      'absent',
    ],
    ['365 days', taken(long('prednisone', daysAgo(365))), 'prednisone for 52 weeks'],
    ['366 days', taken(long('prednisone', daysAgo(366))), 'prednisone for more than a year'],
    ['over', taken(long('prednisolone', daysAgo(42), { ...over, end: daysAgo(1) })), 'absent'],
    ['on the skin', taken(long('betamethasone', daysAgo(42), { noExposure: 'route' })), 'absent'],
    ['a single dose', taken(long('betamethasone', daysAgo(42), { noExposure: 'short-order' })), 'absent'],
    [
      'a repeat order within a day',
      taken(
        long('prednisolone', daysAgo(3)),
        long('prednisolone', daysAgo(17), { ...over, end: daysAgo(4) }),
      ),
      'prednisolone for 2 weeks',
    ],
    [
      'a repeat order after more than a day',
      taken(
        long('prednisolone', daysAgo(3)),
        long('prednisolone', daysAgo(17), { ...over, end: justOver(4) }),
      ),
      'absent',
    ],
    [
      'a repeat order after a supply that lasted',
      taken(long('prednisolone', daysAgo(3)), long('prednisolone', daysAgo(17), { ...over, supplyDays: 14 })),
      'prednisolone for 2 weeks',
    ],
    [
      'a repeat order after one without an end',
      taken(long('prednisolone', daysAgo(3)), long('prednisolone', daysAgo(17), over)),
      'cannot-tell',
    ],
    [
      'given every day',
      taken(
        ...Array.from({ length: 16 }, (_each, day) =>
          long('prednisolone', daysAgo(day), {
            source: `MedicationAdministration/${day}`,
            kind: 'administration',
            singleInstant: true,
            ...over,
          }),
        ),
      ),
      'prednisolone for 2 weeks',
    ],
    ['without a start', taken(undated), 'cannot-tell'],
    [
      'without a start, after a course that is over',
      taken(undated, long('prednisolone', daysAgo(60), { ...over, end: daysAgo(30) })),
      'cannot-tell',
    ],
  ])('%s', (_what, facts, expected) => {
    expect(reasonOf(facts, name)).toBe(expected)
  })
})
