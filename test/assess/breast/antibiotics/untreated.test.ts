import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts, Measure, Medicine } from '../../../../src/facts/facts.js'
import { leadingScope, verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  daysAgo,
  hoursAgo,
  left,
  measure,
  problemSince,
  right,
  seen,
  temperature,
  unread,
} from '../../facts-of.js'

const mastitis = (hours: number) => problemSince('mastitis-lactational', hoursAgo(hours), left)
const pain = (value: number, hours: number, given: Partial<Measure> = left) =>
  measure('pain', value, hoursAgo(hours), { source: `Observation/pain-${hours}`, ...given })
const said = (says: CourseStatement['says'], hours: number): CourseStatement => ({
  source: 'Observation/c',
  fromText: true,
  says,
  when: hoursAgo(hours),
  ...left,
})
const forKidney = (given: Partial<Medicine>) =>
  antibiotic(hoursAgo(90), { reason: 'other', noExposure: 'other-reason', ...given })
const { start: _start, when: _when, ...undated } = forKidney({})
/** Mastitis of the left breast for 40 h, without an antibiotic. */
const ill = (given: Partial<Facts>): Partial<Facts> => ({ problems: [mastitis(40)], ...given })
const asked = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  facts,
  'left',
  'no-antibiotic-24h',
  verdict,
]

test.each<Row>([
  asked('ill for 24 h', { problems: [mastitis(24)] }, 'present'),
  asked('ill for 23 h', { problems: [mastitis(23)] }, 'absent'),
  asked('febrile and in pain', ill({ measures: [temperature(38.6, 2), pain(7, 2)] }), 'present'),
  // cool, and little pain
  asked('37.9 and pain 3', ill({ measures: [temperature(37.9, 2), pain(3, 2)] }), 'absent'),
  asked('38.0 and pain 3', ill({ measures: [temperature(38, 2), pain(3, 2)] }), 'present'),
  asked('37.9 and pain 4', ill({ measures: [temperature(37.9, 2), pain(4, 2)] }), 'present'),
  asked('37.9, and no pain score', ill({ measures: [temperature(37.9, 2)] }), 'present'),
  asked('pain 2, and no temperature', { problems: [mastitis(30)], measures: [pain(2, 2)] }, 'present'),
  asked(
    '37.9 exactly 24 h ago',
    { problems: [mastitis(30)], measures: [temperature(37.9, 24), pain(3, 2)] },
    'absent',
  ),
  asked(
    '37.9 25 h ago',
    { problems: [mastitis(30)], measures: [temperature(37.9, 25), pain(3, 2)] },
    'present',
  ),
  asked(
    'pain 2 of the other breast',
    { problems: [mastitis(30)], measures: [temperature(37.9, 2), pain(2, 2, right)] },
    'present',
  ),
  // the response since the episode began
  asked('better by word at 40 h', ill({ course: [said('improved', 2)] }), 'absent'),
  asked('better by word at 35 h', ill({ course: [said('improved', 5)] }), 'present'),
  asked('better by word at 36 h', ill({ course: [said('improved', 4)] }), 'absent'),
  asked('worse by word', ill({ course: [said('worse', 2)] }), 'present'),
  asked('from 38.6 to 36.8', ill({ measures: [temperature(38.6, 38), temperature(36.8, 2)] }), 'absent'),
  asked(
    'better by word, and breast signs that could not be read',
    ill({ course: [said('improved', 2)], reads: unread('breastSigns') }),
    'present',
  ),
  // an antibiotic that was stopped covers nothing
  asked(
    'an antibiotic stopped, febrile',
    ill({ medicines: [antibiotic(hoursAgo(30), { status: 'stopped' })], measures: [temperature(38.6, 2)] }),
    'present',
  ),
  asked('an antibiotic given', ill({ medicines: [antibiotic(hoursAgo(10))] }), 'absent'),
  // an antibiotic covers, whatever its reason
  asked(
    'an antibiotic for the kidney, begun long before',
    ill({ medicines: [forKidney({ start: hoursAgo(200) })] }),
    'absent',
  ),
  asked('one that ended an hour ago', ill({ medicines: [forKidney({ end: hoursAgo(1) })] }), 'present'),
  asked(
    'one that misses S. aureus for certain',
    ill({ medicines: [forKidney({ cover: 'not-counted' })] }),
    'present',
  ),
  asked('one for prevention', ill({ medicines: [forKidney({ noExposure: 'prophylaxis' })] }), 'present'),
  asked('one without a start', ill({ medicines: [undated] }), 'cannot-tell'),
])('without an antibiotic, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test.each([
  ['95 h', hoursAgo(95), '95 h'],
  ['96 h', hoursAgo(96), '4 days'],
  ['nine days', daysAgo(9), '9 days'],
])('an illness of %s is told in hours below 96 h, then in days', (_what, since, words) => {
  const facts = { problems: [problemSince('mastitis-lactational', since, left)] }
  expect(leadingScope(facts).values.illFor).toBe(words)
})

test('the newest current temperature is told, and nothing without one', () => {
  expect(leadingScope(ill({ measures: [temperature(38.6, 2)] })).values.T).toBe(', T 38.6')
  expect(leadingScope(ill({ signs: [seen('erythema', 2)] })).values.T).toBe('')
})
