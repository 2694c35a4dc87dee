import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts, Medicine } from '../../../src/facts/facts.js'
import {
  at,
  daysAgo,
  hoursAgo,
  left,
  now,
  onDay,
  order,
  problemSince,
  right,
  sign,
  unread,
} from '../facts-of.js'
import { findingOf, leadingOf, verdictOf } from '../patient-view-of.js'

const day = 86_400_000
const mastitis = (days: number, given = {}) =>
  problemSince('mastitis-lactational', daysAgo(days), { ...left, ...given })
const said = (
  says: CourseStatement['says'],
  days: number,
  side: CourseStatement['side'] = 'left',
): CourseStatement => ({
  source: `Observation/course-${days}`,
  fromText: true,
  when: daysAgo(days),
  says,
  side,
})
const drug = (name: string, days: number, given: Partial<Medicine> = {}): Medicine =>
  order(name, daysAgo(days), { cover: 'appropriate', reason: 'breast', ...given })

/** Cover from 40 to 30 days ago, then a gap of 25 days, then cover from 5 days ago; mastitis since 40 days. */
const twoStretches = (given: Partial<Facts> = {}): Partial<Facts> => ({
  problems: [mastitis(40)],
  medicines: [drug('cephalexin', 40, { end: daysAgo(30) }), drug('dicloxacillin', 5)],
  ...given,
})

test.each<[string, Partial<Facts>, number, number | undefined]>([
  ['nothing recorded in the gap', twoStretches(), 120, 5],
  ['a sign present in the gap', twoStretches({ signs: [sign('erythema', daysAgo(20), left)] }), 360, 40],
  ['a failure phrase in the gap', twoStretches({ course: [said('not-improved', 20)] }), 360, 40],
  ['"worse" in the gap', twoStretches({ course: [said('worse', 20)] }), 360, 40],
  ['"improved" in the gap', twoStretches({ course: [said('improved', 20)] }), 120, 5],
  [
    'a sign present, then absent in the gap',
    twoStretches({
      signs: [
        sign('erythema', daysAgo(22), left),
        sign('erythema', daysAgo(20), { ...left, state: 'absent' }),
      ],
    }),
    120,
    5,
  ],
  [
    'a sign before the gap, absent in it',
    twoStretches({
      signs: [
        sign('erythema', daysAgo(38), left),
        sign('erythema', daysAgo(20), { ...left, state: 'absent' }),
      ],
    }),
    120,
    5,
  ],
  [
    'one sign present, another that never was recorded absent',
    twoStretches({
      signs: [
        sign('erythema', daysAgo(20), left),
        sign('fluctuance', daysAgo(20), { ...left, state: 'absent' }),
      ],
    }),
    360,
    40,
  ],
  [
    'a sign of the other breast in the gap',
    twoStretches({ signs: [sign('erythema', daysAgo(20), right)] }),
    120,
    5,
  ],
  ['a sign without side in the gap', twoStretches({ signs: [sign('erythema', daysAgo(20))] }), 360, 40],
  [
    'a new sign after the recovery begins the new episode',
    twoStretches({ course: [said('improved', 20)], signs: [sign('erythema', daysAgo(7), left)] }),
    120,
    7,
  ],
])('a gap of 25 days between two stretches: %s', (_, facts, hours, start) => {
  const view = leadingOf(facts)

  expect(Math.round(view.cover.hoursAny)).toBe(hours)
  expect(view.episodeStart).toBe(start === undefined ? undefined : now - start * day)
})

test.each<[string, number, number]>([
  ['exactly 7 days is no gap', 12, 360],
  ['7 days and an hour is one', 12 + 1 / 24, 120],
])('without a record, %s', (_, ended, hours) => {
  const view = leadingOf({
    problems: [mastitis(22)],
    signs: [sign('erythema', hoursAgo(2), left)],
    medicines: [drug('cephalexin', 22, { end: daysAgo(ended) }), drug('dicloxacillin', 5)],
  })

  expect(Math.abs(view.cover.hoursAny - hours)).toBeLessThanOrEqual(1)
})

const ended = (given: Partial<Facts> = {}): Partial<Facts> => ({
  problems: [mastitis(30)],
  medicines: [drug('cephalexin', 30, { end: daysAgo(20) })],
  ...given,
})

test.each<[string, Partial<Facts>, number, string]>([
  [
    'a sign in it',
    ended({ signs: [sign('erythema', daysAgo(10), left), sign('erythema', hoursAgo(1), left)] }),
    240,
    'late',
  ],
  ['signs only in the last 72 h', ended({ signs: [sign('erythema', hoursAgo(71), left)] }), 0, 'none'],
  ['nothing', ended({ signs: [sign('erythema', hoursAgo(1), left)] }), 0, 'none'],
])('the gap that runs to now, with %s', (_, facts, hours, window) => {
  const { cover } = leadingOf(facts)

  expect([Math.round(cover.hoursAny), cover.window]).toEqual([hours, window])
})

test('in the gap that runs to now the new episode begins with the sign after it', () => {
  const view = leadingOf(
    ended({ signs: [sign('erythema', hoursAgo(50), left), sign('erythema', hoursAgo(1), left)] }),
  )

  expect(view.episodeStart).toBe(hoursAgo(50).latest)
  expect(findingOf(view, 'recurrence').verdict).toBe('present')
})

test('a diagnosis dated in a gap that runs to now begins the new episode', () => {
  const facts = ended({ problems: [mastitis(30), mastitis(6)], signs: [sign('erythema', hoursAgo(1), left)] })

  expect(leadingOf(facts).episodeStart).toBe(now - 6 * day)
})

test.each<[string, Partial<Facts>, number | undefined]>([
  ['onset 90 days ago', { problems: [mastitis(90)], signs: [sign('erythema', hoursAgo(5), left)] }, 90 * 24],
  [
    'onset 91 days ago: the sign',
    { problems: [mastitis(91)], signs: [sign('erythema', hoursAgo(5), left)] },
    5,
  ],
  [
    'the earliest of two diagnoses',
    { problems: [mastitis(3), problemSince('blocked-duct', daysAgo(6), left)] },
    6 * 24,
  ],
  ['engorgement begins none', { problems: [problemSince('engorgement', daysAgo(3), left)] }, undefined],
  [
    'a date counts from its end',
    { problems: [problemSince('mastitis-lactational', onDay('2026-03-01'), left)] },
    33,
  ],
])('the episode begins: %s', (_, facts, hours) => {
  const { episodeStart } = leadingOf(facts)

  expect(episodeStart === undefined ? undefined : Math.floor((now - episodeStart) / 3_600_000)).toBe(hours)
})

test('antibiotics are looked for from the earliest moment that a partial onset can mean', () => {
  const facts = {
    problems: [
      problemSince(
        'mastitis-lactational',
        { earliest: Date.parse('2026-02-20T00:00:00Z'), latest: Date.parse('2026-02-20T23:59:59.999Z') },
        left,
      ),
    ],
    medicines: [drug('cephalexin', 13)],
  }

  expect(Math.round(leadingOf(facts).cover.hoursAny)).toBe(13 * 24)
})

/** A mastitis that began 20 h ago, beside what came before. */
const again = (given: Partial<Facts>): Partial<Facts> => ({
  ...given,
  problems: [problemSince('mastitis-lactational', hoursAgo(20), left), ...(given.problems ?? [])],
})
const start = now - 20 * 3_600_000
const daysBefore = (days: number) => at(start - days * day)
const cured = (days: number, given: Partial<Medicine> = {}): Partial<Facts> => ({
  medicines: [drug('cephalexin', 120, { status: 'completed', end: daysBefore(days), ...given })],
})

test.each<[string, Partial<Facts>, string]>([
  ['an antibiotic for the breast that ended 90 days before', again(cured(90)), 'present'],
  ['that ended 91 days before', again(cured(91)), 'absent'],
  ['that ended 7 days before', again(cured(7)), 'absent'],
  ['that ended 8 days before', again(cured(8)), 'present'],
  ['an antibiotic without a reason', again(cured(30, { reason: 'none' })), 'absent'],
  [
    'the same, begun within 72 h of a sign',
    again({ ...cured(30, { reason: 'none' }), signs: [sign('erythema', daysAgo(117), left)] }),
    'present',
  ],
  [
    'the same, begun 73 h from it',
    again({ ...cured(30, { reason: 'none' }), signs: [sign('erythema', hoursAgo(120 * 24 - 73), left)] }),
    'absent',
  ],
  [
    'the same, begun near a sign of the other breast',
    again({ ...cured(30, { reason: 'none' }), signs: [sign('erythema', daysAgo(119), right)] }),
    'absent',
  ],
  [
    'an antibiotic for the breast, begun near a sign of the other',
    again({ ...cured(30), signs: [sign('erythema', daysAgo(119), right)] }),
    'absent',
  ],
  [
    'a mastitis of this breast resolved 30 days before',
    again({ problems: [mastitis(40, { active: false, abated: daysBefore(30) })] }),
    'present',
  ],
  [
    'of no stated side',
    again({ problems: [mastitis(40, { side: 'unspecified', active: false, abated: daysBefore(30) })] }),
    'present',
  ],
  [
    'of the other breast',
    again({ problems: [mastitis(40, { ...right, active: false, abated: daysBefore(30) })] }),
    'absent',
  ],
  [
    'an old mastitis still active',
    again({ problems: [problemSince('mastitis-lactational', daysAgo(100), left)] }),
    'absent',
  ],
  ['an antibiotic ordered but never taken', again(cured(30, { noExposure: 'status' })), 'absent'],
  ['nothing', again({}), 'absent'],
])('recurrence after %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'recurrence')).toBe(verdict)
})

test.each<[string, Partial<Facts>, string]>([
  [
    'conditions could not be read',
    { reads: unread('conditions'), signs: [sign('erythema', hoursAgo(3), left)] },
    'cannot-tell',
  ],
  ['medicines could not be read', again({ reads: unread('medicationRequests') }), 'cannot-tell'],
  ['an earlier one was read', again({ ...cured(30), reads: unread('conditions') }), 'present'],
])('recurrence when %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'recurrence')).toBe(verdict)
})
