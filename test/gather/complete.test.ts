import { expect, test } from '@jest/globals'
import { reachesBack } from '../../src/gather/complete.js'
import type { PrefetchTemplate } from '../../src/protocol/prefetch-templates.js'
import { now } from './calls.js'

const day = 86_400_000
const template = (lookBackDays?: number): PrefetchTemplate => ({
  key: 'temperatures',
  type: 'Observation',
  parameters: [],
  neededBy: [],
  ...(lookBackDays !== undefined && { lookBackDays }),
})
const daysAgo = (days: number, element = 'effectiveDateTime') => ({
  resource: { [element]: new Date(now - days * day).toISOString() },
})
const written = (effectiveDateTime: string) => ({ resource: { effectiveDateTime } })
const dayOf = (days: number) => new Date(now - days * day).toISOString().slice(0, 10)
const period = (start: number, end?: number) => ({
  resource: {
    effectivePeriod: {
      start: new Date(now - start * day).toISOString(),
      ...(end !== undefined && { end: new Date(now - end * day).toISOString() }),
    },
  },
})

test.each([
  ['the oldest is older than the window', 4, [daysAgo(1), daysAgo(4.01)], true],
  ['the oldest is exactly as old as the window', 4, [daysAgo(1), daysAgo(4)], false],
  ['all are recent', 4, [daysAgo(1), daysAgo(2)], false],
  ['there is no window', undefined, [daysAgo(1), daysAgo(4_000)], false],
  ['nothing is there', 4, [], false],
  ['nothing has a time', 4, [{ resource: {} }, {}, null], false],
  ['one has no time', 4, [daysAgo(1), { resource: {} }, daysAgo(5)], true],
  ['a time cannot be read', 4, [{ resource: { effectiveDateTime: 'soon' } }, daysAgo(1)], false],
  ['they are oldest first', 4, [daysAgo(5), daysAgo(1)], false],
  ['an old one stands before a recent one', 4, [daysAgo(1), daysAgo(9), daysAgo(2), daysAgo(10)], false],
  ['two are of the same time', 4, [daysAgo(5), daysAgo(5)], true],
  ['a period ended in the window', 4, [period(9, 3)], false],
  ['a period ended before the window', 4, [period(9, 5)], true],
  ['the oldest is a month alone, which may mean its end', 4, [daysAgo(1), written('2000-01')], false],
  ['an old one comes after a month alone', 4, [written('2000-01'), daysAgo(5)], true],
  ['the oldest is a day that ended before the window', 4, [written(dayOf(5.5))], true],
  ['the oldest is a day that ended within it', 4, [written(dayOf(4))], false],
  ['an hour of a day comes after the day', 4, [written(dayOf(5)), daysAgo(5), written(dayOf(6))], true],
  [
    'a server sorts days by their beginning',
    4,
    [written(`${dayOf(1)}T15:00:00Z`), written(dayOf(1)), daysAgo(5)],
    true,
  ],
  [
    'a month stands before an issue time, which the server did not sort by',
    4,
    [{ resource: { effectiveDateTime: '2026-02', issued: '2020-01-01T00:00:00Z' } }, daysAgo(1)],
    false,
  ],
  ['it is an order', 4, [daysAgo(5, 'authoredOn')], true],
  ['it is a procedure', 4, [daysAgo(5, 'performedDateTime')], true],
  ['it has an issue time only', 4, [daysAgo(5, 'issued')], true],
] as const)(
  'P7 a newest-first page with more pages behind it, when %s',
  (_, lookBackDays, entries, complete) => {
    expect(reachesBack(template(lookBackDays), entries, now)).toBe(complete)
  },
)
