import { expect, test } from '@jest/globals'
import { agoOf, dateAndAgo } from '../../../src/cards/choose/when-words.js'

const at = (from: string, to = from) => ({ earliest: Date.parse(from), latest: Date.parse(to) })
const clock = { now: Date.parse('2026-11-30T18:00:00Z'), zone: 'UTC' }

test.each([
  ['an instant', at('2026-11-27T17:00:59Z'), '27 Nov 17:00, 72 h ago'],
  ['95 h 59 min', at('2026-11-26T18:01:00Z'), '26 Nov 18:01, 95 h ago'],
  ['96 h', at('2026-11-26T18:00:00Z'), '26 Nov 18:00, 4 d ago'],
  ['119 min', at('2026-11-30T16:01:00Z'), '30 Nov 16:01, 119 min ago'],
  ['2 h', at('2026-11-30T16:00:00Z'), '30 Nov 16:00, 2 h ago'],
  ['a date of today', at('2026-11-30T00:00:00Z', '2026-11-30T23:59:59.999Z'), '30 Nov, today'],
  ['a date', at('2026-11-27T00:00:00Z', '2026-11-27T23:59:59.999Z'), '27 Nov, 3 d ago'],
  [
    'a date of last year',
    at('2025-11-27T00:00:00Z', '2025-11-27T23:59:59.999Z'),
    '27 Nov 2025, 12 months ago',
  ],
  ['a month', at('2026-03-01T00:00:00Z', '2026-03-31T23:59:59.999Z'), 'Mar 2026'],
  ['a year', at('2026-01-01T00:00:00Z', '2026-12-31T23:59:59.999Z'), '2026'],
  ['nothing', undefined, 'date unknown'],
  ['a time that is no number', { earliest: Number.NaN, latest: Number.NaN }, 'date unknown'],
])('%s is told as a reader counts', (_, when, words) => {
  expect(dateAndAgo(when, clock)).toBe(words)
})

test('a time is told on the wall clock of the site', () => {
  const inSydney = { ...clock, zone: 'Australia/Sydney' }

  expect(dateAndAgo(at('2026-11-27T17:00:00Z'), inSydney)).toBe('28 Nov 04:00, 73 h ago')
})

test('a time a little ahead of the call is now', () => {
  expect(agoOf(at('2026-11-30T18:10:00Z'), clock)).toBe('0 min ago')
})
