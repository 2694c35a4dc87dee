import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts, Medicine, Problem, Sign } from '../../../../src/facts/facts.js'
import { hoursOn, verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  at,
  care,
  daysAgo,
  hoursAgo,
  left,
  measure,
  now,
  problemSince,
  right,
  seen,
  sign,
  temperature,
  ultrasoundResult,
} from '../../facts-of.js'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const pain = (value: number, hours: number) =>
  measure('pain', value, hoursAgo(hours), { ...left, source: `Observation/pain-${hours}` })
/** Ten days of an antibiotic that ended so many days ago, for mastitis of the left breast. */
const course = (days: number, given: Partial<Medicine> = {}) =>
  antibiotic(daysAgo(days + 10), { status: 'completed', supplyDays: 10, ...given })
const old = (days: number, given: Partial<Problem> = {}) =>
  problemSince('mastitis-lactational', daysAgo(days + 11), { ...left, ...given })
const said = (
  says: CourseStatement['says'],
  hours: number,
  given: Partial<CourseStatement> = {},
): CourseStatement => ({
  source: `Observation/c-${hours}`,
  fromText: true,
  says,
  when: hoursAgo(hours),
  ...left,
  ...given,
})
const gone = (name: Sign['sign'], hours: number) => seen(name, hours, { state: 'absent' })
const hot = temperature(39, 2)
const influenza = (days: number): Problem => problemSince('influenza', daysAgo(days))
const soreBoth = sign('breast-pain', hoursAgo(2), { side: 'both' })
const redAndSore = [seen('erythema', 2), seen('breast-pain', 2)]

/** Ten days of an antibiotic that ended three days ago, words that the breast is better, and ill again now. */
const back = (given: Partial<Facts> = {}): Partial<Facts> => ({
  problems: [old(3)],
  medicines: [course(3)],
  course: [said('improved', 80)],
  measures: [hot],
  signs: redAndSore,
  ...given,
})
/** The same without the words: fever at the start, and these values 80 h ago. */
const measured = (value: number, score: number): Partial<Facts> =>
  back({ course: [], measures: [temperature(39, 13 * 24), temperature(value, 80), pain(score, 80), hot] })
/** The same with a course that ended so long before the illness of two hours ago. */
const endedBefore = (ms: number): Partial<Facts> =>
  back({
    medicines: [antibiotic(at(now - 2 * hourMs - ms - 10 * dayMs), { status: 'completed', supplyDays: 10 })],
    problems: [old(7)],
    course: [said('improved', 180)],
  })
const asked = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  facts,
  'left',
  'relapse',
  verdict,
]

test.each<Row>([
  asked('red, painful and febrile after words of recovery', back(), 'present'),
  asked('nothing says that it was better', back({ course: [] }), 'absent'),
  asked('well now', back({ measures: [temperature(36.7, 2)], signs: [] }), 'absent'),
  // another infection explains fever, and what every breast that makes milk can have
  asked('fever with a sore left breast', back({ signs: [seen('breast-pain', 2)] }), 'present'),
  asked('fever with both breasts sore', back({ signs: [soreBoth] }), 'present'),
  asked('red and painful beside influenza', back({ problems: [old(3), influenza(1)] }), 'present'),
  asked(
    'fever with a sore left breast beside influenza',
    back({ problems: [old(3), influenza(1)], signs: [seen('breast-pain', 2)] }),
    'present',
  ),
  asked(
    'fever with both breasts sore beside influenza',
    back({ problems: [old(3), influenza(1)], signs: [soreBoth] }),
    'absent',
  ),
  asked(
    'both breasts sore and swollen beside influenza',
    back({
      problems: [old(3), influenza(1)],
      signs: [soreBoth, sign('swelling', hoursAgo(2), { side: 'both' })],
    }),
    'absent',
  ),
  asked(
    'both breasts sore and the left swollen beside influenza',
    back({ problems: [old(3), influenza(1)], signs: [soreBoth, seen('swelling', 2)] }),
    'present',
  ),
  asked(
    'fever with a cracked nipple beside influenza',
    back({ problems: [old(3), influenza(1)], signs: [seen('nipple-fissure', 2)] }),
    'absent',
  ),
  asked(
    'fever with both breasts sore and influenza 8 days before',
    back({ problems: [old(3), influenza(8.2)], signs: [soreBoth] }),
    'present',
  ),
  // the ways to recover
  asked('fever, then 37.9 with pain 3', measured(37.9, 3), 'present'),
  asked('fever, then 38.0 with pain 3', measured(38, 3), 'absent'),
  asked('fever, then 37.9 with pain 4', measured(37.9, 4), 'absent'),
  asked(
    '37.0 with pain 3, and no fever before',
    back({ course: [], measures: [temperature(37, 80), pain(3, 80), hot] }),
    'absent',
  ),
  asked(
    'the redness gone',
    back({ course: [], signs: [sign('erythema', daysAgo(12), left), gone('erythema', 80), ...redAndSore] }),
    'present',
  ),
  asked(
    'the redness gone, the swelling not',
    back({
      course: [],
      signs: [
        sign('erythema', daysAgo(12), left),
        sign('swelling', daysAgo(12), left),
        gone('erythema', 80),
        ...redAndSore,
      ],
    }),
    'absent',
  ),
  asked(
    'the diagnosis abated',
    back({ course: [], problems: [old(3, { active: false, abated: daysAgo(3) })] }),
    'present',
  ),
  asked('words 24 h after fever', back({ measures: [temperature(38.5, 104), hot] }), 'absent'),
  asked('words 25 h after fever', back({ measures: [temperature(38.5, 105), hot] }), 'present'),
  asked('words on the pain alone', back({ course: [said('improved', 80, { of: 'pain' })] }), 'absent'),
  asked('words on the other breast', back({ course: [said('improved', 80, right)] }), 'absent'),
  asked('words 36 h after the start', back({ course: [said('improved', 13 * 24 - 36)] }), 'present'),
  asked('words 35 h after the start', back({ course: [said('improved', 13 * 24 - 35)] }), 'absent'),
  // the end of the course
  asked('the course covers now', back({ medicines: [course(-1)], problems: [old(-1)] }), 'absent'),
  asked('ill again 7 days after the end', endedBefore(7 * dayMs), 'present'),
  asked('ill again 7 days and an hour after the end', endedBefore(7 * dayMs + hourMs), 'absent'),
  asked(
    'ill before the end as well',
    back({ signs: [seen('erythema', 75), seen('breast-pain', 75), ...redAndSore] }),
    'absent',
  ),
  // the new illness
  asked('fever alone', back({ signs: [] }), 'absent'),
  asked('fever with a sign', back({ signs: [seen('lump', 2)] }), 'present'),
  asked('a red breast without pain or fever', back({ measures: [], signs: [seen('erythema', 2)] }), 'absent'),
  asked('a red and painful breast without fever', back({ measures: [] }), 'present'),
  asked('a red breast with pain 3', back({ measures: [pain(3, 2)], signs: [seen('erythema', 2)] }), 'absent'),
  asked(
    'a red breast with pain 4',
    back({ measures: [pain(4, 2)], signs: [seen('erythema', 2)] }),
    'present',
  ),
])('an illness that came back, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test.each(['ibc-r3', 'ibc-r3b', 'ibc-r4', 'failed', 'recurrence'] as const)(
  'a relapse begins a new episode, in which %s does not hold',
  (rule) => {
    expect(verdictOn(back(), 'left', rule)).toBe('absent')
  },
)

test('the hours of a relapse begin at 0, and count the antibiotics since', () => {
  const again = back({ medicines: [course(3), antibiotic(hoursAgo(1), { source: 'MedicationRequest/2' })] })
  expect(hoursOn(back(), 'left')).toBe('0')
  expect(hoursOn(again, 'left')).toBe('1')
})

test.each([
  ['before the relapse', { results: [ultrasoundResult('normal', hoursAgo(3), left)] }, 'absent'],
  ['at its first value', { results: [ultrasoundResult('normal', hoursAgo(2), left)] }, 'present'],
  ['ordered a day ago', { care: [care('ultrasound', hoursAgo(24), left)] }, 'present'],
  ['of the other breast', { results: [ultrasoundResult('normal', hoursAgo(1), right)] }, 'absent'],
] as const)('an ultrasound %s: does it answer a relapse?', (_what, given, verdict) => {
  expect(verdictOn(back(given), 'left', 'ultrasound-since-relapse')).toBe(verdict)
})
