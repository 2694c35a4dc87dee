import { expect, test } from '@jest/globals'
import { parseFeedback } from '../../src/protocol/parse-feedback.js'

const momentOf = (outcomeTimestamp: string): string | undefined => {
  const item = { card: '019cb2f4-3a80-7c41-9d0e-5a2f6b7c8d90', outcome: 'overridden', outcomeTimestamp }
  const [parsed] = parseFeedback({ feedback: [item] }).items
  return parsed?.outcomeTimestamp
}

test.each([
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
  ['2016-12-31T23:59:60.5Z', '2016-12-31T23:59:59.999Z'],
  ['2017-01-01T00:59:60+01:00', '2017-01-01T00:59:59.999+01:00'],
  ['2016-12-31t23:59:60z', '2016-12-31t23:59:59.999z'],
  ['2016-12-31T23:59:59Z', '2016-12-31T23:59:59Z'],
  ['2026-03-03T09:00:00.5-05:00', '2026-03-03T09:00:00.5-05:00'],
])('the moment %s is stored as %s, which every reader of the record accepts', (sent, kept) => {
  expect(momentOf(sent)).toBe(kept)
  expect(Date.parse(kept)).not.toBeNaN()
})

test.each(['2016-12-31T23:59:61Z', '2016-12-31T23:60:00Z'])('%s is refused as a moment', (sent) => {
  expect(() => momentOf(sent)).toThrow('must be an RFC 3339 date and time with offset')
})
