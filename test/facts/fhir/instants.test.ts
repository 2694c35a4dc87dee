import { expect, test } from '@jest/globals'
import { effectiveTime, timeOf } from '../../../src/facts/fhir/instants.js'
import { zoneClock } from '../../../src/facts/fhir/zone-clock.js'

const utc = zoneClock('UTC')
const iso = (ms: number): string => new Date(ms).toISOString()
const spanText = (value: unknown, zone = 'UTC'): unknown => {
  const span = timeOf(value, zoneClock(zone))
  return typeof span === 'object' ? [iso(span.earliest), iso(span.latest)] : span
}

test.each([
  ['an instant in UTC', '2026-03-03T09:00:00Z', '2026-03-03T09:00:00.000Z'],
  ['milliseconds are kept', '2026-03-03T09:00:00.125Z', '2026-03-03T09:00:00.125Z'],
  ['a positive offset is taken off', '2026-03-03T09:00:00+05:30', '2026-03-03T03:30:00.000Z'],
  ['a negative offset is added', '2026-03-03T20:00:00-08:00', '2026-03-04T04:00:00.000Z'],
  ['no seconds', '2026-03-03T09:05Z', '2026-03-03T09:05:00.000Z'],
  ['a blank for the T', '2026-03-03 09:00:00Z', '2026-03-03T09:00:00.000Z'],
  ['a blank before the offset', '2026-03-03 09:00:00 +0000', '2026-03-03T09:00:00.000Z'],
  ['an offset without colon', '2026-03-03T09:00:00+0530', '2026-03-03T03:30:00.000Z'],
  ['an offset in hours', '2026-03-03T09:00:00+00', '2026-03-03T09:00:00.000Z'],
  ['an offset in hours to the west', '2026-03-03T09:00:00-03', '2026-03-03T12:00:00.000Z'],
  ['no seconds, with an offset', '2026-03-03T09:05+01:00', '2026-03-03T08:05:00.000Z'],
  ['twelve decimals', '2026-03-03T09:00:00.125999999999Z', '2026-03-03T09:00:00.125Z'],
  ['small letters', '2026-03-03t09:00:00z', '2026-03-03T09:00:00.000Z'],
  ['the leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is one instant', (_, value, instant) => {
  expect(spanText(value)).toEqual([instant, instant])
})

test.each([
  ['a day', '2026-03-03', '2026-03-03T00:00:00.000Z', '2026-03-03T23:59:59.999Z'],
  ['a month', '2026-02', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
  ['a leap February', '2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
  ['December', '2025-12', '2025-12-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
  ['a year', '2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
])('%s runs from its first to its last millisecond', (_, value, from, to) => {
  expect(spanText(value)).toEqual([from, to])
})

test.each([
  ['winter', 'Europe/Berlin', '2026-01-15T09:00:00', '2026-01-15T08:00:00.000Z', '2026-01-15T08:00:00.000Z'],
  ['summer', 'Europe/Berlin', '2026-07-15T09:00:00', '2026-07-15T07:00:00.000Z', '2026-07-15T07:00:00.000Z'],
  [
    'the hour that comes twice',
    'Europe/Berlin',
    '2026-10-25T02:30:00',
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ],
  [
    'the hour that never came',
    'Europe/Berlin',
    '2026-03-29T02:30:00',
    '2026-03-29T00:30:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ],
  ['the short day', 'America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
  ['the long day', 'America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
  ['half-hour zones', 'Asia/Kolkata', '2026-03-03', '2026-03-02T18:30:00.000Z', '2026-03-03T18:29:59.999Z'],
])('a time without offset is read in the zone: %s', (_, zone, value, from, to) => {
  expect(spanText(value, zone)).toEqual([from, to])
})

test('a time with an offset does not depend on the zone', () => {
  expect(spanText('2026-07-15T09:00:00Z', 'Asia/Tokyo')).toEqual(spanText('2026-07-15T09:00:00Z'))
})

test.each([
  ['absent', undefined],
  ['null', null],
])('%s is no time at all', (_, value) => {
  expect(timeOf(value, utc)).toBeUndefined()
})

test.each([
  ['a number', 1772528400000],
  ['a boolean', true],
  ['an object', { start: '2026' }],
  ['an empty string', ''],
  ['a local notation', '03.03.2026'],
  ['30 February', '2026-02-30'],
  ['29 February of a common year', '2026-02-29'],
  ['month 13', '2026-13-01'],
  ['month 0', '2026-00'],
  ['day 0', '2026-03-00'],
  ['year 0', '0000'],
  ['hour 24', '2026-03-03T24:00:00Z'],
  ['minute 60', '2026-03-03T09:60:00Z'],
  ['an offset of 15 hours', '2026-03-03T09:00:00+15:00'],
  ['an hour without minutes', '2026-03-03T09Z'],
  ['two blanks in place of the T', '2026-03-03  09:00:00Z'],
  ['a zone by its name', '2026-03-03T09:00:00 CET'],
  ['an offset of three digits', '2026-03-03T09:00:00+100'],
  ['minutes of an offset beyond 59', '2026-03-03T09:00:00+0160'],
  ['a month by its name', '3 Mar 2026'],
  ['a point without decimals', '2026-03-03T09:00:00.Z'],
  ['words after it', '2026-03-03T09:00:00Z about'],
  ['a very long string', '2'.repeat(100_000)],
])('%s is malformed, not guessed', (_, value) => {
  expect(timeOf(value, utc)).toBe('malformed')
})

test.each([
  [
    'effectiveInstant first',
    { effectiveInstant: '2026-03-01T00:00:00Z', issued: '2026-03-03T00:00:00Z' },
    '2026-03-01T00:00:00.000Z',
  ],
  [
    'effectiveDateTime before issued',
    { effectiveDateTime: '2026-03-01T00:00:00Z', issued: '2026-03-03T00:00:00Z' },
    '2026-03-01T00:00:00.000Z',
  ],
  [
    'the end of a period',
    { effectivePeriod: { start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z' } },
    '2026-03-02T00:00:00.000Z',
  ],
  [
    'the start of an open period',
    { effectivePeriod: { start: '2026-03-01T00:00:00Z' } },
    '2026-03-01T00:00:00.000Z',
  ],
  ['issued when nothing else', { issued: '2026-03-03T00:00:00Z' }, '2026-03-03T00:00:00.000Z'],
  [
    'issued when issued is the finer of two that agree',
    { effectiveDateTime: '2026-03-03', issued: '2026-03-03T09:30:00Z' },
    '2026-03-03T09:30:00.000Z',
  ],
  [
    'the day itself when issued is of another day',
    { effectiveDateTime: '2026-03-03', issued: '2026-03-04T00:00:00Z' },
    '2026-03-03T23:59:59.999Z',
  ],
  [
    'the day itself when issued cannot be read',
    { effectiveDateTime: '2026-03-03', issued: 'later' },
    '2026-03-03T23:59:59.999Z',
  ],
  [
    'the finer start of a period that ends on the same day',
    { effectivePeriod: { start: '2026-03-03T08:00:00Z', end: '2026-03-03' } },
    '2026-03-03T08:00:00.000Z',
  ],
])('an observation speaks of %s', (_, fields, instant) => {
  const time = effectiveTime(fields, utc)
  expect(typeof time === 'object' && iso(time.latest)).toBe(instant)
})

test.each([
  [
    'a malformed effective time is not replaced by issued',
    { effectiveDateTime: 'yesterday', issued: '2026-03-03T00:00:00Z' },
    'malformed',
  ],
  ['a period that is a string is malformed', { effectivePeriod: '2026-03-03' }, 'malformed'],
  ['no time at all is undefined', {}, undefined],
])('%s', (_, fields, expected) => {
  expect(effectiveTime(fields, utc)).toBe(expected)
})

test.each([
  '2026-03-03T09:00:00',
  '2026-03-03T09:00:00.250',
  '2026-02-29T09:00:00',
  '2024-02-29T23:59:60',
  '2026-03-03T24:00:00',
  '2026-03-03T09:60:00',
  '2026-13-03T09:00:00',
  '2026-03-00T09:00:00',
  '0999-03-03T09:00:00',
  '2026-03-03T09:00:0x',
  '2026-03-03T09:00:00,250',
  '2026-03-03T09:00:00.2x0',
  '2026-03-03T09:00:00.25:',
  '2O26-03-03T09:00:00',
])('%s means the same with Z as with +00:00', (wall) => {
  expect(timeOf(`${wall}Z`, zoneClock('UTC'))).toEqual(timeOf(`${wall}+00:00`, zoneClock('UTC')))
})
