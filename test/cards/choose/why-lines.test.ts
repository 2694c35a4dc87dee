import { expect, test } from '@jest/globals'
import { evidenceLine, whenWords } from '../../../src/cards/choose/why-lines.js'

const at = (from: string, to = from) => ({ earliest: Date.parse(from), latest: Date.parse(to) })

test.each([
  ['an instant', at('2026-03-03T09:05:59Z'), '2026-03-03 09:05 UTC'],
  [
    'a time to the second',
    at('2026-03-03T09:05:00.000Z', '2026-03-03T09:05:00.999Z'),
    '2026-03-03 09:05 UTC',
  ],
  ['a date in UTC', at('2026-03-03T00:00:00Z', '2026-03-03T23:59:59.999Z'), '2026-03-03'],
  ['a date in Berlin', at('2026-03-02T23:00:00Z', '2026-03-03T22:59:59.999Z'), '2026-03-03'],
  ['a date in Los Angeles', at('2026-03-03T08:00:00Z', '2026-03-04T07:59:59.999Z'), '2026-03-03'],
  ['a day of 25 hours', at('2026-10-24T22:00:00Z', '2026-10-25T22:59:59.999Z'), '2026-10-25'],
  ['a month', at('2026-03-01T00:00:00Z', '2026-03-31T23:59:59.999Z'), '2026-03'],
  ['a year', at('2026-01-01T00:00:00Z', '2026-12-31T23:59:59.999Z'), '2026'],
  ['nothing', undefined, 'date unknown'],
  ['a time that is no number', { earliest: Number.NaN, latest: Number.NaN }, 'date unknown'],
])('%s is printed as it was recorded', (_, when, words) => {
  expect(whenWords(when)).toBe(words)
})

test.each([
  ['Observation/abc-1.2', '`Observation/abc-1.2`'],
  ['Observation/x](javascript:alert(1))', 'Observation/x\\](javascript:alert(1))'],
  ['urn:uuid:1', 'urn:uuid:1'],
  ['<b>/x', '&lt;b&gt;/x'],
])('SEC-060 the source %s is printed as %s', (source, printed) => {
  expect(evidenceLine({ what: 'temperature 38.8 °C', source, fromText: false })).toBe(
    `temperature 38.8 °C · date unknown · ${printed}`,
  )
})

test('a draft order has no date, since it is being written now', () => {
  const draft = {
    what: 'draft order: clindamycin',
    source: 'MedicationRequest/a',
    fromText: false,
    draft: true,
  } as const

  expect(evidenceLine(draft)).toBe('draft order: clindamycin · `MedicationRequest/a`')
})
