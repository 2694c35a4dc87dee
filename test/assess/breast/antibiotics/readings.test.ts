import { expect, test } from '@jest/globals'
import type { CareItem, CourseStatement, Facts, Sign, Span } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  care,
  hoursAgo,
  left,
  measure,
  onDay,
  problemSince,
  seen,
  temperature,
  unreadable,
} from '../../facts-of.js'

const said = (says: CourseStatement['says'], when: Span): CourseStatement => ({
  source: `Observation/course-${says}`,
  fromText: false,
  says,
  when,
  ...left,
})
/** Mastitis of that many hours, treated from its first hour. */
const on = (hours: number, given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours), left)],
  medicines: [antibiotic(hoursAgo(hours))],
  ...given,
})
const drained = (hours: number, need: 'drainage' | 'incision' = 'incision'): CareItem =>
  care(need, hoursAgo(hours), { kind: 'procedure', status: 'completed' })
const share = (value: number): Partial<Sign> => ({ share: value })

test.each<Row>([
  // values that are recorded for one of the two moments only say nothing
  [
    'redness measured once',
    on(193, { signs: [seen('erythema', 193), seen('erythema', 1, { size: { value: 1, unit: 'cm' } })] }),
    'left',
    'response-unknown',
    'present',
  ],
  [
    'redness of half the breast, then of no recorded share',
    on(81, { signs: [seen('erythema', 81, share(0.5)), seen('erythema', 33)] }),
    'left',
    'response-unknown',
    'present',
  ],
  [
    'of no recorded share, then of half the breast',
    on(81, { signs: [seen('erythema', 81), seen('erythema', 33, share(0.5))] }),
    'left',
    'response-unknown',
    'present',
  ],
  [
    'severe swelling, then of no recorded grade',
    on(71, { signs: [seen('swelling', 60, { grade: 'severe' }), seen('swelling', 24)] }),
    'left',
    'response-unknown',
    'present',
  ],
  // what a baseline is
  [
    'swelling recorded absent before the illness that began before the antibiotic is a baseline',
    {
      signs: [
        seen('colour-change', 288),
        seen('swelling', 215, { state: 'absent' }),
        seen('swelling', 49, { state: 'unknown' }),
        seen('swelling', 48),
      ],
      medicines: [antibiotic(hoursAgo(60), { reason: 'other' })],
    },
    'left',
    'response-worse',
    'present',
  ],
  [
    'a lump recorded absent, spreading or not, is not worse',
    on(216, { signs: [seen('lump', 49, { state: 'absent', spreading: true })] }),
    'left',
    'response-unknown',
    'present',
  ],
  [
    'a fever that fell before the time to judge is not yet improved',
    on(48, { measures: [temperature(38.1, 50), temperature(36.8, 17)] }),
    'left',
    'response-improved',
    'absent',
  ],
  [
    'fallen in time it is',
    on(48, { measures: [temperature(38.1, 50), temperature(36.8, 12)] }),
    'left',
    'response-improved',
    'present',
  ],
  [
    'a fever a day and more ago says nothing of now',
    on(128, { measures: [temperature(38.5, 25)] }),
    'left',
    'response-unknown',
    'present',
  ],
  ['a fever a day ago does', on(128, { measures: [temperature(38.5, 24)] }), 'left', 'failed', 'present'],
  [
    'pain of 4 and again 4 is not improved',
    on(168, { measures: [measure('pain', 4, hoursAgo(168), left), measure('pain', 4, hoursAgo(0), left)] }),
    'left',
    'failed',
    'present',
  ],
  [
    'of two temperatures at one instant the higher is the newer',
    on(10, {
      measures: [
        temperature(38.5, 1),
        measure('temperature', 37.9, hoursAgo(1), { source: 'Observation/z' }),
      ],
    }),
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  [
    'of two words of one day "worse" is the newer',
    on(192, { course: [said('worse', onDay('2026-03-02')), said('not-improved', onDay('2026-03-02'))] }),
    'left',
    'response-worse',
    'present',
  ],
  [
    'the same the other way round',
    on(192, { course: [said('not-improved', onDay('2026-03-02')), said('worse', onDay('2026-03-02'))] }),
    'left',
    'response-worse',
    'present',
  ],
  // after a drainage
  [
    'after an incision, a sign without what can be compared',
    { signs: [seen('colour-change', 144), seen('colour-change', 6, share(0.33))], care: [drained(120)] },
    'left',
    'after-drainage-not-better',
    'absent',
  ],
  [
    'pain of 4 without an earlier one',
    { measures: [measure('pain', 4, hoursAgo(6), left)], care: [drained(71)] },
    'left',
    'after-drainage-not-better',
    'absent',
  ],
  [
    'pain of 5 without an earlier one',
    { measures: [measure('pain', 5, hoursAgo(6), left)], care: [drained(71)] },
    'left',
    'after-drainage-not-better',
    'present',
  ],
  // values that could not be read
  [
    'a redness that could not be read, of no date',
    on(100, { unreadable: [unreadable('erythema', 'time could not be read')] }),
    'left',
    'response-unknown',
    'cannot-tell',
  ],
  [
    'one from before worse can be told',
    on(81, { unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(110) })] }),
    'left',
    'response-worse',
    'absent',
  ],
  [
    'one from the first moment worse can be told',
    on(81, { unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(69) })] }),
    'left',
    'response-worse',
    'cannot-tell',
  ],
  [
    'one from an hour earlier',
    on(81, { unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(70) })] }),
    'left',
    'response-worse',
    'absent',
  ],
  [
    'a temperature that could not be read now, when worse can first be told',
    on(12, { unreadable: [unreadable('temperature', 'time could not be read')] }),
    'left',
    'response-worse',
    'cannot-tell',
  ],
  [
    'the same an hour before it can be told',
    on(11, { unreadable: [unreadable('temperature', 'time could not be read')] }),
    'left',
    'response-worse',
    'absent',
  ],
  // fever values a day apart
  [
    'fever long ago and now are no fever a day apart',
    { measures: [temperature(38.7, 2015), temperature(39, 58)] },
    'unspecified',
    'no-antibiotic-24h',
    'absent',
  ],
  [
    'fever at the two ends of the window is',
    { measures: [temperature(38.7, 72), temperature(39, 48)] },
    'unspecified',
    'no-antibiotic-24h',
    'present',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
