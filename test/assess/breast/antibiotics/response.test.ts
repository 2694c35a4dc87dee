import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts, Measure, Sign } from '../../../../src/facts/facts.js'
import type { Response } from '../../../../src/assess/views.js'
import {
  antibiotic,
  hoursAgo,
  left,
  measure,
  minutesAgo,
  problemSince,
  sign,
  temperature,
  unread,
  unreadable,
} from '../../facts-of.js'
import { findingOf, leadingOf, verdictOf } from '../../patient-view-of.js'

/** Mastitis and dicloxacillin since `hours`; the start of the antibiotic is that long ago. */
const on = (hours: number, given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours + 1), left)],
  medicines: [antibiotic(hoursAgo(hours))],
  ...given,
})
const pain = (value: number, hours: number, given: Partial<Measure> = left): Measure =>
  measure('pain', value, hoursAgo(hours), given)
const red = (hours: number, given: Partial<Sign> = {}): Sign =>
  sign('erythema', hoursAgo(hours), { ...left, ...given })
const said = (
  says: CourseStatement['says'],
  hours: number,
  given: Partial<CourseStatement> = left,
): CourseStatement => ({
  source: `Observation/course-${hours}`,
  fromText: true,
  when: hoursAgo(hours),
  says,
  side: 'unspecified',
  ...given,
})
const cm = (value: number): Partial<Sign> => ({ size: { value, unit: 'cm' } })

// The antibiotic began 60 h ago: baseline to 48 h ago, worse from 48 h ago, evaluation from 24 h ago.
test.each<[string, Partial<Facts>, Response]>([
  // statements and fever
  [
    'better, then fever',
    { measures: [temperature(39.0, 60), temperature(38.0, 1)], course: [said('improved', 6)] },
    'not-improved',
  ],
  [
    'better, then no fever',
    { measures: [temperature(39.0, 60), temperature(37.9, 1)], course: [said('improved', 6)] },
    'improved',
  ],
  [
    'fever 22 h before better',
    { measures: [temperature(39.0, 60), temperature(38.5, 23)], course: [said('improved', 1)] },
    'not-improved',
  ],
  [
    'better, and fever more than a day ago',
    { measures: [temperature(39.0, 60), temperature(38.5, 25)], course: [said('improved', 2)] },
    'improved',
  ],
  [
    'worse, then fever',
    { measures: [temperature(38.5, 60), temperature(38.5, 1)], course: [said('worse', 6)] },
    'worse',
  ],
  // statements that speak for one measure
  [
    'only the pain is better, redness of the same size',
    { signs: [red(60, cm(10)), red(1, cm(10))], course: [said('improved', 1, { ...left, of: 'pain' })] },
    'not-improved',
  ],
  // the baseline is the highest temperature up to 12 h after the start
  [
    'from 39.2, after a dip to 36.9 12 h after the start, to 38.9',
    { measures: [temperature(39.2, 61), temperature(36.9, 48), temperature(38.9, 1)] },
    'not-improved',
  ],
  [
    'from 38.4, after a dip, to 38.9',
    { measures: [temperature(38.4, 61), temperature(36.9, 48), temperature(38.9, 1)] },
    'worse',
  ],
  ['only the pain is better', { course: [said('improved', 1, { ...left, of: 'pain' })] }, 'improved'],
  [
    'pain said to be better, then scored higher',
    { measures: [pain(5, 60), pain(7, 1)], course: [said('improved', 6, { ...left, of: 'pain' })] },
    'worse',
  ],
  [
    'the patient is better in general, redness of the same size',
    { signs: [red(60, cm(10)), red(1, cm(10))], course: [said('improved', 1, { ...left, of: 'general' })] },
    'not-improved',
  ],
  [
    'the breast is better, redness of the same size',
    { signs: [red(60, cm(10)), red(1, cm(10))], course: [said('improved', 1)] },
    'improved',
  ],
  // temperature
  [
    'temperature from fever to below it',
    { measures: [temperature(38.0, 60), temperature(37.9, 1)] },
    'improved',
  ],
  ['never febrile', { measures: [temperature(37.9, 60), temperature(37.0, 1)] }, 'unknown'],
  ['below fever without a baseline', { measures: [temperature(37.0, 1)] }, 'unknown'],
  ['still at the threshold', { measures: [temperature(39.0, 60), temperature(38.0, 1)] }, 'not-improved'],
  ['fever without a baseline', { measures: [temperature(38.0, 1)] }, 'not-improved'],
  ['0.5 higher', { measures: [temperature(38.6, 60), temperature(39.1, 1)] }, 'worse'],
  ['0.4 higher', { measures: [temperature(38.6, 60), temperature(39.0, 1)] }, 'not-improved'],
  ['0.5 higher, but no fever', { measures: [temperature(37.0, 60), temperature(37.5, 1)] }, 'unknown'],
  ['0.5 higher, to fever', { measures: [temperature(37.5, 60), temperature(38.0, 1)] }, 'worse'],
  ['24 h old', { measures: [temperature(39.0, 60), temperature(38.5, 24)] }, 'not-improved'],
  ['25 h old', { measures: [temperature(39.0, 60), temperature(39.0, 25)] }, 'unknown'],
  ['baseline 12 h after the start', { measures: [temperature(39.0, 48), temperature(37.0, 1)] }, 'improved'],
  [
    'no baseline: 13 h after the start',
    { measures: [temperature(39.0, 47), temperature(37.0, 1)] },
    'unknown',
  ],
  [
    'the highest of two temperatures is the baseline',
    { measures: [temperature(39.0, 60), temperature(37.5, 50), temperature(37.0, 1)] },
    'improved',
  ],
  [
    'a baseline from long before the illness is none',
    { measures: [temperature(37.0, 24 * 30), temperature(38.1, 1)] },
    'not-improved',
  ],
  // pain
  ['pain down by 2', { measures: [pain(8, 60), pain(6, 1)] }, 'improved'],
  ['pain down by 1', { measures: [pain(8, 60), pain(7, 1)] }, 'not-improved'],
  ['pain at 3, whatever it was', { measures: [pain(2, 60), pain(3, 1)] }, 'improved'],
  ['pain up by 2', { measures: [pain(4, 60), pain(6, 1)] }, 'worse'],
  ['pain up by 1', { measures: [pain(4, 60), pain(5, 1)] }, 'not-improved'],
  ['pain 5 without a baseline', { measures: [pain(5, 1)] }, 'not-improved'],
  ['pain 4 without a baseline', { measures: [pain(4, 1)] }, 'unknown'],
  ['pain 3 without a baseline', { measures: [pain(3, 1)] }, 'improved'],
  ['pain of the other breast', { measures: [pain(8, 1, { side: 'right' })] }, 'unknown'],
  ['pain without side', { measures: [pain(8, 1, {})] }, 'not-improved'],
  // signs
  ['redness gone', { signs: [red(60), red(1, { state: 'absent' })] }, 'improved'],
  ['redness only present', { signs: [red(60), red(1)] }, 'unknown'],
  ['75 % of the size', { signs: [red(60, cm(8)), red(1, cm(6))] }, 'improved'],
  ['76 % of the size', { signs: [red(60, cm(8)), red(1, cm(6.1))] }, 'not-improved'],
  ['124 % of the size', { signs: [red(60, cm(8)), red(1, cm(9.9))] }, 'not-improved'],
  ['125 % of the size', { signs: [red(60, cm(8)), red(1, cm(10))] }, 'worse'],
  ['0.3 of 0.4 of the breast', { signs: [red(60, { share: 0.4 }), red(1, { share: 0.3 })] }, 'improved'],
  [
    'cm against cm² cannot be compared',
    { signs: [red(60, cm(8)), red(1, { size: { value: 20, unit: 'cm2' } })] },
    'unknown',
  ],
  ['lower grade', { signs: [red(60, { grade: 'severe' }), red(1, { grade: 'moderate' })] }, 'improved'],
  ['same grade', { signs: [red(60, { grade: 'moderate' }), red(1, { grade: 'moderate' })] }, 'not-improved'],
  ['higher grade', { signs: [red(60, { grade: 'mild' }), red(1, { grade: 'moderate' })] }, 'worse'],
  ['graded without a baseline', { signs: [red(1, { grade: 'severe' })] }, 'unknown'],
  ['present after recorded absent', { signs: [red(60, { state: 'absent' }), red(1)] }, 'worse'],
  ['spreading', { signs: [red(1, { spreading: true })] }, 'worse'],
  [
    'present after absent long before the illness',
    { signs: [red(24 * 30, { state: 'absent' }), red(1)] },
    'unknown',
  ],
  ['charted as unknown', { signs: [red(60, { grade: 'mild' }), red(1, { state: 'unknown' })] }, 'unknown'],
  [
    'swelling of lower grade',
    {
      signs: [
        sign('swelling', hoursAgo(60), { ...left, grade: 'severe' }),
        sign('swelling', hoursAgo(1), { ...left, grade: 'mild' }),
      ],
    },
    'improved',
  ],
  [
    'a lump that grew',
    {
      signs: [
        sign('lump', hoursAgo(60), { ...left, ...cm(2) }),
        sign('lump', hoursAgo(1), { ...left, ...cm(3) }),
      ],
    },
    'worse',
  ],
  [
    'colour change gone',
    {
      signs: [
        sign('colour-change', hoursAgo(60), left),
        sign('colour-change', hoursAgo(1), { ...left, state: 'absent' }),
      ],
    },
    'improved',
  ],
  [
    'warmth is no measure',
    {
      signs: [
        sign('warmth', hoursAgo(60), { ...left, grade: 'mild' }),
        sign('warmth', hoursAgo(1), { ...left, grade: 'mild' }),
      ],
    },
    'unknown',
  ],
  [
    'redness of the other breast',
    { signs: [red(60, { grade: 'mild', side: 'right' }), red(1, { grade: 'severe', side: 'right' })] },
    'unknown',
  ],
  // statements
  ['"not improved"', { course: [said('not-improved', 1)] }, 'not-improved'],
  ['"improved"', { course: [said('improved', 1)] }, 'improved'],
  ['the newest statement', { course: [said('not-improved', 5), said('improved', 1)] }, 'improved'],
  ['a statement about the other breast', { course: [said('not-improved', 1, { side: 'right' })] }, 'unknown'],
  ['a statement 36 h after the start', { course: [said('not-improved', 24)] }, 'not-improved'],
  ['a statement 35 h after the start', { course: [said('not-improved', 25)] }, 'unknown'],
  ['"worse" 12 h after the start', { course: [said('worse', 48)] }, 'worse'],
  ['"worse" 11 h after the start', { course: [said('worse', 49)] }, 'unknown'],
  // putting together
  [
    '1: any worse, against a statement',
    { course: [said('improved', 1)], measures: [pain(4, 60), pain(6, 1)] },
    'worse',
  ],
  [
    '2: the statement that it is not better, against temperature',
    { course: [said('not-improved', 1)], measures: [temperature(39.0, 60), temperature(37.0, 1)] },
    'not-improved',
  ],
  [
    '3: temperature and pain improved, against redness',
    {
      measures: [temperature(39.0, 60), temperature(37.0, 1), pain(8, 60), pain(2, 1)],
      signs: [red(60, { grade: 'mild' }), red(1, { grade: 'mild' })],
    },
    'improved',
  ],
  [
    '4: redness not improved, against temperature alone',
    {
      measures: [temperature(39.0, 60), temperature(37.0, 1)],
      signs: [red(60, { grade: 'mild' }), red(1, { grade: 'mild' })],
    },
    'not-improved',
  ],
  [
    '4: temperature not improved, against pain',
    { measures: [temperature(38.5, 1), pain(8, 60), pain(2, 1)] },
    'not-improved',
  ],
  [
    '5: temperature improved, against pain',
    { measures: [temperature(39.0, 60), temperature(37.0, 1), pain(6, 60), pain(6, 1)] },
    'improved',
  ],
  ['6: only pain, not improved', { measures: [pain(6, 60), pain(6, 1)] }, 'not-improved'],
  ['7: nothing', {}, 'unknown'],
])('response at 60 h: %s', (_, facts, response) => {
  expect(leadingOf(on(60, facts)).response).toBe(response)
})

test.each<[string, number, Partial<Facts>, Response, string]>([
  ['47 h 59 min, fever', 47 + 59 / 60, { measures: [temperature(39.0, 1)] }, 'too-early', 'absent'],
  ['48 h 0 min, fever', 48, { measures: [temperature(39.0, 1)] }, 'not-improved', 'present'],
  ['47 h, worse', 47, { measures: [temperature(38.5, 47), temperature(39.5, 1)] }, 'worse', 'absent'],
  ['48 h, worse', 48, { measures: [temperature(38.5, 48), temperature(39.5, 1)] }, 'worse', 'present'],
  ['48 h, nothing', 48, {}, 'unknown', 'absent'],
  ['48 h, improved', 48, { measures: [pain(2, 1)] }, 'improved', 'absent'],
  ['13 h, worse since', 13, { measures: [temperature(38.5, 13), temperature(39.0, 1)] }, 'worse', 'absent'],
  [
    '11 h, worse is too early',
    11,
    { measures: [temperature(38.5, 11), temperature(39.5, 1)] },
    'too-early',
    'absent',
  ],
])('failed at %s', (_, hours, facts, response, failed) => {
  const view = leadingOf(on(hours, facts))

  expect([view.response, view.findings.get('failed')?.verdict]).toEqual([response, failed])
})

test('failed says for how long and on what values', () => {
  const failed = leadingOf(on(49, { measures: [temperature(39.0, 49), temperature(38.8, 2)] })).findings.get(
    'failed',
  )

  expect(failed?.because).toBe('no improvement at 49 h of antibiotics')
  expect(failed?.evidence.map(({ what }) => what)).toEqual([
    'dicloxacillin started',
    'temperature 39.0 °C',
    'temperature 38.8 °C',
  ])
})

test('each antibiotic is named once, by its first record, when it was started', () => {
  const dose = (hours: number) =>
    antibiotic(hoursAgo(hours), { kind: 'administration', status: 'completed', singleInstant: true })
  const switched = antibiotic(hoursAgo(20), {
    ingredients: ['cephalexin'],
    source: 'MedicationRequest/second',
  })
  const failed = leadingOf(
    on(49, {
      medicines: [antibiotic(hoursAgo(49)), dose(48), dose(40), switched],
      measures: [temperature(39.0, 49), temperature(38.8, 2)],
    }),
  ).findings.get('failed')
  const started = failed?.evidence.filter(({ what }) => what.endsWith(' started'))

  expect(started?.map(({ what, when }) => [what, when?.latest])).toEqual([
    ['dicloxacillin started', hoursAgo(49).latest],
    ['cephalexin started', hoursAgo(20).latest],
  ])
})

test('without an antibiotic there is no response', () => {
  const view = leadingOf({ problems: [problemSince('mastitis-lactational', hoursAgo(60), left)] })

  expect([view.response, view.findings.get('response-unknown')?.verdict]).toEqual(['none', 'absent'])
})

test.each([
  ['and since the one that fits', 38.2, 'present'],
  ['not since the one that fits', 39.5, 'absent'],
])('the appropriate clock compares with its own start: worse %s', (_, then, verdict) => {
  const amoxicillin = antibiotic(hoursAgo(100), {
    cover: 'other',
    source: 'MedicationRequest/amoxicillin',
    end: hoursAgo(50),
  })
  const view = leadingOf({
    problems: [problemSince('mastitis-lactational', hoursAgo(101), left)],
    medicines: [amoxicillin, antibiotic(hoursAgo(50))],
    measures: [temperature(38.2, 100), temperature(then, 45), temperature(39.5, 1)],
    signs: [sign('bloody-discharge', hoursAgo(2), left)],
  })

  expect([view.response, findingOf(view, 'ibc-r4').verdict]).toEqual(['worse', verdict])
})

test.each<[string, Partial<Facts>, string, string, string]>([
  [
    'temperatures unread, nothing else',
    { reads: unread('temperatures') },
    'cannot-tell',
    'cannot-tell',
    'cannot-tell',
  ],
  [
    'temperatures unread, statement of failure',
    { reads: unread('temperatures'), course: [said('not-improved', 1)] },
    'present',
    'absent',
    'cannot-tell',
  ],
  [
    'temperatures unread, worse pain',
    { reads: unread('temperatures'), measures: [pain(4, 60), pain(8, 1)] },
    'present',
    'absent',
    'present',
  ],
  [
    'temperatures unread, improved pain',
    { reads: unread('temperatures'), measures: [pain(2, 1)] },
    'cannot-tell',
    'absent',
    'cannot-tell',
  ],
  ['signs unread', { reads: unread('breastSigns') }, 'cannot-tell', 'cannot-tell', 'cannot-tell'],
  [
    'a late temperature in a strange unit',
    {
      unreadable: [
        unreadable('temperature', 'temperature unit is not Cel or [degF]', { when: minutesAgo(60) }),
      ],
    },
    'cannot-tell',
    'cannot-tell',
    'cannot-tell',
  ],
  [
    'an early one',
    {
      unreadable: [
        unreadable('temperature', 'temperature unit is not Cel or [degF]', { when: hoursAgo(70) }),
      ],
    },
    'absent',
    'present',
    'absent',
  ],
])('course at 60 h with %s', (_, facts, failed, unknown, worse) => {
  const verdicts = (['failed', 'response-unknown', 'response-worse'] as const).map((name) =>
    verdictOf(on(60, facts), name),
  )

  expect(verdicts).toEqual([failed, unknown, worse])
})

test.each<[string, Partial<Facts>, string[]]>([
  ['nothing', {}, ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell']],
  [
    '30 h',
    { medicines: [antibiotic(hoursAgo(30))] },
    ['absent', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
  ],
  ['60 h', { medicines: [antibiotic(hoursAgo(60))] }, ['absent', 'absent', 'cannot-tell', 'cannot-tell']],
  ['80 h', { medicines: [antibiotic(hoursAgo(80))] }, ['absent', 'absent', 'absent', 'present']],
])('windows when medicines could not be read and what was read shows %s', (_, facts, verdicts) => {
  const view = leadingOf({
    problems: [problemSince('mastitis-lactational', hoursAgo(90), left)],
    reads: unread('medicationRequests'),
    ...facts,
  })

  expect(
    ['none', 'early', 'due', 'late'].map((name) => view.findings.get(`window-${name}`)?.verdict),
  ).toEqual(verdicts)
})
