import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  hoursAgo,
  left,
  measure,
  problemSince,
  seen,
  temperature,
  ultrasoundResult,
} from '../../facts-of.js'

const pain = (value: number, hours: number) =>
  measure('pain', value, hoursAgo(hours), { ...left, source: `Observation/pain-${hours}` })
const said = (says: CourseStatement['says'], hours: number): CourseStatement => ({
  source: `Observation/c-${hours}`,
  fromText: true,
  says,
  when: hoursAgo(hours),
  ...left,
})
/** Six days of an antibiotic for mastitis of the left breast, with fever at its start. */
const on = (given: Partial<Facts>, hours = 144): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours + 5), left)],
  medicines: [antibiotic(hoursAgo(hours))],
  ...given,
  measures: [temperature(39.2, hours), pain(7, hours), ...(given.measures ?? [])],
})
const well = [temperature(37, 72), pain(3, 72)]
const asked = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  facts,
  'left',
  'worse-after-better',
  verdict,
]

test.each<Row>([
  asked('well, then 38.9', on({ measures: [...well, temperature(38.9, 2)] }), 'present'),
  asked('well, then 38.0', on({ measures: [...well, temperature(38, 2)] }), 'present'),
  asked('well, then 37.9', on({ measures: [...well, temperature(37.9, 2)] }), 'absent'),
  asked('never well, 38.9', on({ measures: [temperature(38.9, 2)] }), 'absent'),
  asked('well, then 38.9 exactly 24 h ago', on({ measures: [...well, temperature(38.9, 24)] }), 'present'),
  asked('well, then 38.9 25 h ago', on({ measures: [...well, temperature(38.9, 25)] }), 'absent'),
  asked(
    'well, 38.9, and well again',
    on({ measures: [...well, temperature(38.9, 40), temperature(36.8, 2), pain(2, 2)] }),
    'absent',
  ),
  asked('well, then pain 5', on({ measures: [...well, pain(5, 2)] }), 'present'),
  asked('well, then pain 4', on({ measures: [...well, pain(4, 2)] }), 'absent'),
  asked('well, then worse by word', on({ measures: well, course: [said('worse', 2)] }), 'present'),
  asked(
    'better by word, then a new lump',
    on({ course: [said('improved', 72)], signs: [seen('lump', 2, { spreading: true })] }),
    'present',
  ),
  asked(
    'better by word, then a lump',
    on({ course: [said('improved', 72)], signs: [seen('lump', 2)] }),
    'absent',
  ),
  asked(
    'well 36 h after the start',
    on({ measures: [temperature(37, 24), pain(3, 24), temperature(38.9, 2)] }, 60),
    'present',
  ),
  asked(
    'well 35 h after the start',
    on({ measures: [temperature(37, 25), pain(3, 25), temperature(38.9, 2)] }, 60),
    'absent',
  ),
  asked('no antibiotic', { ...on({ measures: [...well, temperature(38.9, 2)] }), medicines: [] }, 'absent'),
])('in one course, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

/** Well 100 h ago, fever since so many hours. */
const worse = (hours: number, given: Partial<Facts> = {}): Partial<Facts> =>
  on({
    ...given,
    measures: [temperature(37, 100), pain(3, 100), temperature(38.6, hours), temperature(38.9, 1)],
  })

test('the response of a breast that is worse after better is worse', () => {
  expect(verdictOn(worse(2), 'left', 'response-worse')).toBe('present')
})

test.each([
  ['72 h ago', 72, {}, 'present'],
  ['71 h ago', 71, {}, 'absent'],
  ['2 h ago, then a normal scan', 2, { results: [ultrasoundResult('normal', hoursAgo(1), left)] }, 'present'],
  ['2 h ago, after a normal scan', 2, { results: [ultrasoundResult('normal', hoursAgo(3), left)] }, 'absent'],
  [
    '2 h ago, then a scan that decides nothing',
    2,
    { results: [ultrasoundResult('indeterminate', hoursAgo(1), left)] },
    'absent',
  ],
] as const)(
  'R3 counts from the first value that is worse after recovery: %s',
  (_what, hours, given, verdict) => {
    expect(verdictOn(worse(hours, given), 'left', 'ibc-r3')).toBe(verdict)
  },
)

test('without a recovery R3 counts from the first appropriate antibiotic', () => {
  expect(verdictOn(on({ measures: [temperature(38.9, 1)] }), 'left', 'ibc-r3')).toBe('present')
})
