import { expect, test } from '@jest/globals'
import { dated, instantOf, newestSince, withinDays, withinHours } from '../../src/assess/dating.js'
import type { Span } from '../../src/facts/facts.js'
import { daysAgo, hoursAgo, minutesAgo, now, onDay, sign, thisMonth } from './facts-of.js'

test.each<[string, Span, number]>([
  ['an instant counts as itself', hoursAgo(3), now - 3 * 3_600_000],
  ['a day that is over counts from its last moment', onDay('2026-03-02'), onDay('2026-03-02').latest],
  ['a day that is not over counts as now', onDay('2026-03-03'), now],
  ['a month that is not over counts as now', thisMonth, now],
  ['now counts as now', minutesAgo(0), now],
  ['a minute ahead counts as now', minutesAgo(-1), now],
  ['a day that lies wholly ahead counts as now', onDay('2026-03-04'), now],
])('%s', (_, when, at) => {
  expect(instantOf(when, now)).toBe(at)
})

test('without a time there is no moment', () => {
  expect(instantOf(undefined, now)).toBeUndefined()
})

test('a window holds its last moment, and none before it', () => {
  expect(withinHours(hoursAgo(72), 72, now)).toBe(true)
  expect(withinHours(minutesAgo(72 * 60 + 1), 72, now)).toBe(false)
  expect(withinDays(daysAgo(30), 30, now)).toBe(true)
  expect(withinDays(minutesAgo(30 * 24 * 60 + 1), 30, now)).toBe(false)
})

test('a time ahead is in every window, a fact without a time in none', () => {
  expect(withinHours(minutesAgo(-15), 1, now)).toBe(true)
  expect(withinDays(minutesAgo(-15), 1, now)).toBe(true)
  expect(withinHours(undefined, 1, now)).toBe(false)
  expect(withinDays(undefined, 1, now)).toBe(false)
})

test('facts stand oldest first, those of one moment by their resource, those without a time not at all', () => {
  const { when: _, ...undated } = sign('lump', hoursAgo(1), { source: 'Observation/d' })
  const facts = [
    sign('lump', hoursAgo(1), { source: 'Observation/c' }),
    undated,
    sign('lump', hoursAgo(1), { source: 'Observation/b' }),
    sign('lump', hoursAgo(2), { source: 'Observation/a' }),
  ]
  const sources = (list: typeof facts) => dated(list, now).map(({ fact }) => fact.source)

  expect(sources(facts)).toEqual(['Observation/a', 'Observation/b', 'Observation/c'])
  expect(sources(facts.toReversed())).toEqual(sources(facts))
})

test('the newest fact of a list is given unless it is older than asked', () => {
  const list = dated([sign('lump', hoursAgo(2)), sign('lump', hoursAgo(1))], now)
  const hourMs = 3_600_000

  expect(newestSince(list, now - hourMs)).toBe(list[1])
  expect(newestSince(list, now - hourMs + 1)).toBeUndefined()
  expect(newestSince([], 0)).toBeUndefined()
})
