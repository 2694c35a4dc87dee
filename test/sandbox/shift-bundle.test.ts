import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { shiftBundle } from '../../src/sandbox/shift-bundle.js'

const hour = 3_600_000
const day = 24 * hour

test.each([
  // written                        moved by         becomes
  ['2026-03-01T09:00:00Z', 26 * hour, '2026-03-02T11:00:00Z'],
  ['2026-03-01T09:00:00Z', -26 * hour, '2026-02-28T07:00:00Z'],
  ['2026-03-01T23:30:00+02:00', hour, '2026-03-02T00:30:00+02:00'],
  ['2026-03-01T23:30:00-05:30', hour, '2026-03-02T00:30:00-05:30'],
  ['2026-03-01T09:00:00.250Z', 500, '2026-03-01T09:00:00.750Z'],
  ['2026-03-01T09:00Z', hour, '2026-03-01T10:00Z'],
  ['2026-03-01', 2 * day, '2026-03-03'],
  ['2026-03-01', 2 * day - 1, '2026-03-02'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-03', 31 * day, '2026-04'],
  ['2026-03', 5 * day, '2026-03'],
  ['2026', 365 * day, '2027'],
  ['2026-03-01T09:00:00', day, '2026-03-01T09:00:00'],
  ['not a date', day, 'not a date'],
])('%s moved by %i ms becomes %s', (text, byMs, becomes) => {
  expect(shiftBundle({ onsetDateTime: text, period: { start: text }, event: [text] }, byMs)).toEqual({
    onsetDateTime: becomes,
    period: { start: becomes },
    event: [becomes],
  })
})

test('only elements that hold times move; codes, values and ids that look like dates stay', () => {
  const observation = {
    id: '2026',
    code: { text: '2026-03-01' },
    valueString: '2026-03-01',
    valueInteger: 2026,
  }

  expect(shiftBundle(observation, day)).toEqual(observation)
})

test('the original stays as it was', () => {
  const bundle = { entry: [{ resource: { birthDate: '1994-05-17' } }] }

  expect(shiftBundle(bundle, day)).toEqual({ entry: [{ resource: { birthDate: '1994-05-18' } }] })
  expect(bundle.entry[0]?.resource.birthDate).toBe('1994-05-17')
})

test('whatever time is moved, it moves by exactly that much and moves back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: -400_000_000, max: 400_000_000 }),
      (atSeconds, bySeconds) => {
        const written = new Date(atSeconds * 1_000).toISOString().replace('.000', '')
        const moved = shiftBundle({ issued: written }, bySeconds * 1_000)

        expect(Date.parse(moved.issued) - Date.parse(written)).toBe(bySeconds * 1_000)
        expect(shiftBundle(moved, -bySeconds * 1_000)).toEqual({ issued: written })
      },
    ),
  )
})
