import { expect, test } from '@jest/globals'
import { measuresOf } from '../../src/assess/timeline.js'
import { patientView } from '../../src/assess/patient/patient-view.js'
import type { Facts } from '../../src/facts/facts.js'
import {
  daysAgo,
  hoursAgo,
  left,
  measure,
  minutesAgo,
  now,
  sign,
  statement,
  timelineFor,
} from './facts-of.js'
import { leadingOf } from './patient-view-of.js'

const fever = (facts: Partial<Facts>) => leadingOf(facts).evidence.fever.verdict
const redness = (facts: Partial<Facts>) => leadingOf(facts).evidence.erythema.verdict
const temperature = (value: number, minutes: number) => measure('temperature', value, minutesAgo(minutes))
const red = (minutes: number, state: 'present' | 'absent') =>
  sign('erythema', minutesAgo(minutes), { ...left, state })

test('of two temperatures ahead of now neither takes back the fever of the other', () => {
  expect(fever({ measures: [temperature(38.5, -2), temperature(37, -10)] })).toBe('present')
  expect(fever({ measures: [temperature(37, -2), temperature(38.5, -10)] })).toBe('present')
})

test('a temperature ahead of now is newer than one before now', () => {
  expect(fever({ measures: [temperature(38.5, 1), temperature(37, -10)] })).toBe('absent')
  expect(fever({ measures: [temperature(37, 1), temperature(38.5, -10)] })).toBe('present')
})

test('a sign and its absence, both ahead of now, leave the sign', () => {
  expect(redness({ signs: [red(-2, 'present'), red(-10, 'absent')] })).toBe('present')
  expect(redness({ signs: [red(2, 'present'), red(-10, 'absent')] })).toBe('absent')
})

test('the sepsis screen dates as the rules of the breast do', () => {
  const pulseAndFever = (feverMinutes: number, wellMinutes: number): Partial<Facts> => ({
    measures: [
      temperature(38.5, feverMinutes),
      temperature(37, wellMinutes),
      measure('heart-rate', 130, hoursAgo(1)),
    ],
  })
  const criteria = (facts: Partial<Facts>) =>
    patientView(timelineFor(facts)).sepsis.criteria.map(({ name }) => name)

  expect(criteria(pulseAndFever(-2, -10))).toEqual(['HR', 'T'])
  expect(criteria(pulseAndFever(2, -10))).toEqual([])
})

test('the lactation status dates as the rules of the breast do', () => {
  const status = (no: number, yes: number) =>
    patientView(
      timelineFor({ lactation: [statement('no', minutesAgo(no)), statement('yes', minutesAgo(yes))] }),
    ).lactation.status

  expect(status(-10, -2)).toBe('lactating')
  expect(status(-10, 2)).toBe('recently-weaned')
})

test('measures stand under their kind, oldest first, at one moment the higher last', () => {
  const measures = [
    temperature(38, 5),
    measure('pain', 4, minutesAgo(9)),
    temperature(37, 5),
    temperature(39, 6),
  ]
  const values = (kind: 'temperature' | 'pain' | 'lactate') =>
    measuresOf(timelineFor({ measures }), kind).map(({ fact }) => fact.value)

  expect(values('temperature')).toEqual([39, 37, 38])
  expect(values('pain')).toEqual([4])
  expect(values('lactate')).toEqual([])
})

test('a sign whose record states an earlier start counts from that start, without the size of the later moment', () => {
  const lump = sign('lump', hoursAgo(2), { began: daysAgo(21), size: { value: 4, unit: 'cm' } })
  const records = timelineFor({ signs: [lump] }).signs.get('lump') ?? []
  expect(records.map(({ fact, at }) => [Math.round((now - at) / 3_600_000), fact.size?.value])).toEqual([
    [504, undefined],
    [2, 4],
  ])
})

test('a sign that began when it was recorded stands once', () => {
  const lump = sign('lump', hoursAgo(2), { began: hoursAgo(2) })
  expect(timelineFor({ signs: [lump] }).signs.get('lump')).toHaveLength(1)
})
