import { expect, test } from '@jest/globals'
import type { CourseStatement, Facts, Medicine, Span } from '../../../src/facts/facts.js'
import type { BreastSide } from '../../../src/assess/views.js'
import { hoursOn, verdictOn, type Row } from '../assessed.js'
import {
  antibiotic,
  at,
  culture,
  daysAgo,
  hoursAgo,
  left,
  measure,
  now,
  order,
  problem,
  problemSince,
  right,
  sign,
  thisMonth,
  ultrasoundResult,
  unread,
} from '../facts-of.js'

const said = (
  says: CourseStatement['says'],
  when: Span,
  side: CourseStatement['side'] = 'left',
): CourseStatement => ({
  source: `Observation/course-${when.latest}`,
  fromText: false,
  says,
  side,
  when,
})
const over = (start: Span, end: Span, given: Partial<Medicine> = {}): Medicine =>
  antibiotic(start, {
    source: `MedicationRequest/${start.latest}`,
    status: 'stopped',
    end,
    reason: 'other',
    ...given,
  })

/** Cover that ended 12 days ago; redness 14 days ago, and a node of the left breast now. */
const overSince = (given: Partial<Facts>): Partial<Facts> => ({
  signs: [sign('axillary-node', hoursAgo(9), left), sign('warmth', daysAgo(14), left)],
  medicines: [over(daysAgo(13), daysAgo(12))],
  ...given,
})

test.each<Row>([
  ['cover that ended 12 days ago, nothing said since', overSince({}), 'left', 'recurrence', 'present'],
  [
    '"not improved" before the cover ended says nothing of the gap',
    overSince({ course: [said('not-improved', daysAgo(16))] }),
    'left',
    'recurrence',
    'present',
  ],
  [
    'said when the cover ended neither',
    overSince({ course: [said('not-improved', daysAgo(12))] }),
    'left',
    'recurrence',
    'present',
  ],
  [
    'said in the gap it is the same illness',
    overSince({ course: [said('not-improved', daysAgo(10))] }),
    'left',
    'recurrence',
    'absent',
  ],
  [
    'of the other breast it says nothing',
    overSince({ course: [said('not-improved', daysAgo(10), 'right')] }),
    'left',
    'recurrence',
    'present',
  ],
  [
    '72 h ago it may be about the new illness',
    overSince({ course: [said('not-improved', hoursAgo(72))] }),
    'left',
    'recurrence',
    'present',
  ],
  [
    '73 h ago it is about the old one',
    overSince({ course: [said('not-improved', hoursAgo(73))] }),
    'left',
    'recurrence',
    'absent',
  ],
  [
    'an order that begins and ends in one moment ends an episode too',
    overSince({ medicines: [over(daysAgo(12), daysAgo(12))] }),
    'left',
    'recurrence',
    'present',
  ],
  [
    'a sign 72 h ago may be about the new illness',
    overSince({
      signs: [
        sign('axillary-node', hoursAgo(9), left),
        sign('warmth', daysAgo(14), left),
        sign('lump', hoursAgo(72), left),
      ],
    }),
    'left',
    'recurrence',
    'present',
  ],
  [
    'a sign 73 h ago is about the old one',
    overSince({
      signs: [
        sign('axillary-node', hoursAgo(9), left),
        sign('warmth', daysAgo(14), left),
        sign('lump', hoursAgo(73), left),
      ],
    }),
    'left',
    'recurrence',
    'absent',
  ],
  [
    'both breasts, cover that is over: each is a recurrence',
    {
      problems: [
        problem('mastitis-lactational', {
          side: 'both',
          when: { earliest: now - 609 * 3_600_000, latest: now },
        }),
      ],
      medicines: [over(hoursAgo(239), hoursAgo(215), { reason: 'breast' })],
    },
    'right',
    'recurrence',
    'present',
  ],
  // an antibiotic outside this episode: whose illness was it for?
  [
    'an antibiotic for the breast, beside a sign of the other breast then',
    {
      signs: [sign('warmth', hoursAgo(5), right)],
      problems: [problemSince('abscess-lactational', hoursAgo(400), left)],
      medicines: [over(hoursAgo(400), hoursAgo(280), { reason: 'breast' })],
    },
    'right',
    'recurrence',
    'absent',
  ],
  [
    'beside a problem of the other breast that is no illness of it',
    {
      signs: [sign('warmth', hoursAgo(5), right)],
      problems: [problemSince('prolactinoma', hoursAgo(400), left)],
      medicines: [over(hoursAgo(400), hoursAgo(280), { reason: 'breast' })],
    },
    'right',
    'recurrence',
    'present',
  ],
  [
    'beside an illness of the other breast that has no date',
    {
      signs: [sign('warmth', hoursAgo(5), right)],
      problems: [problem('phlegmon', left)],
      medicines: [over(hoursAgo(400), hoursAgo(280), { reason: 'breast' })],
    },
    'right',
    'recurrence',
    'present',
  ],
  [
    'an antibiotic for something else, beside a sign recorded absent then',
    {
      signs: [sign('lump', hoursAgo(241), { ...right, state: 'absent' })],
      problems: [problemSince('abscess-nos', hoursAgo(48), right)],
      medicines: [over(hoursAgo(240), hoursAgo(220))],
    },
    'right',
    'recurrence',
    'absent',
  ],
  [
    'beside a sign recorded present then',
    {
      signs: [sign('lump', hoursAgo(241), right), sign('lump', hoursAgo(239), { ...right, state: 'absent' })],
      problems: [problemSince('abscess-nos', hoursAgo(48), right)],
      medicines: [over(hoursAgo(240), hoursAgo(220))],
    },
    'right',
    'recurrence',
    'present',
  ],
  [
    'beside a pain score that names no breast',
    {
      measures: [measure('pain', 7, hoursAgo(241))],
      problems: [problemSince('abscess-nos', hoursAgo(48), right)],
      medicines: [over(hoursAgo(240), hoursAgo(220))],
    },
    'right',
    'recurrence',
    'absent',
  ],
  [
    'a resolved diagnosis that does not say when it abated counts by its own date',
    {
      signs: [sign('colour-change', hoursAgo(1), right)],
      problems: [problemSince('mastitis-nos', daysAgo(80), { ...right, active: false })],
    },
    'right',
    'recurrence',
    'present',
  ],
  [
    'medicines unread, but no illness of this breast now: nothing that could recur',
    {
      reads: unread('medicationRequests'),
      problems: [problemSince('mastitis-lactational', hoursAgo(5), left)],
      results: [culture(hoursAgo(60), right)],
    },
    'right',
    'recurrence',
    'absent',
  ],
  [
    'a new diagnosis of the moment in which the earlier cover ended is the old illness',
    {
      problems: [problemSince('abscess-lactational', hoursAgo(400), left)],
      medicines: [
        over(hoursAgo(400), hoursAgo(400), { reason: 'breast' }),
        order('cephalexin', hoursAgo(136), { cover: 'appropriate', reason: 'breast' }),
      ],
    },
    'left',
    'recurrence',
    'present',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

const days = { earliest: now - 56 * 3_600_000, latest: now + 16 * 3_600_000 }
const partial = (first: string, second: string): Partial<Facts> => ({
  problems: [
    problem('blocked-duct', { ...left, when: thisMonth, onset: thisMonth, source: first }),
    problem('mastitis-nos', { ...left, when: days, onset: days, source: second }),
  ],
  medicines: [antibiotic(hoursAgo(60)), over(hoursAgo(129), hoursAgo(60.5), { reason: 'breast' })],
})

test.each<[string, Partial<Facts>, BreastSide, string]>([
  [
    'of two partial dates the one that can mean an earlier moment',
    partial('Condition/a', 'Condition/b'),
    'left',
    '129',
  ],
  ['whatever the ids of the two', partial('Condition/b', 'Condition/a'), 'left', '129'],
  [
    'an antibiotic for the breast begins an episode at 90 days',
    {
      signs: [sign('axillary-node', daysAgo(60), left)],
      medicines: [order('cephalexin', daysAgo(90), { cover: 'appropriate', reason: 'breast' })],
      results: [ultrasoundResult('collection', hoursAgo(80), left)],
    },
    'left',
    '336',
  ],
  [
    'not at 91 days',
    {
      signs: [sign('axillary-node', daysAgo(60), left)],
      medicines: [order('cephalexin', daysAgo(91), { cover: 'appropriate', reason: 'breast' })],
      results: [ultrasoundResult('collection', hoursAgo(80), left)],
    },
    'left',
    '0',
  ],
  [
    'a pain score that names a side goes on through the gap',
    {
      measures: [measure('pain', 5, daysAgo(5), left)],
      problems: [problemSince('blocked-duct', hoursAgo(609), { ...left, recorded: hoursAgo(72) })],
      medicines: [
        order('doxycycline', hoursAgo(424), { cover: 'other', status: 'completed', reason: 'breast' }),
      ],
    },
    'left',
    '240',
  ],
  [
    'one that names no breast does not',
    {
      measures: [measure('pain', 5, daysAgo(5))],
      problems: [problemSince('blocked-duct', hoursAgo(609), { ...left, recorded: hoursAgo(72) })],
      medicines: [
        order('doxycycline', hoursAgo(424), { cover: 'other', status: 'completed', reason: 'breast' }),
      ],
    },
    'left',
    '0',
  ],
])('%s', (_, facts, side, hours) => {
  expect(hoursOn(facts, side)).toBe(hours)
})

test('pain and redness recorded as unknown or absent begin no illness', () => {
  const problems = [problemSince('engorgement', hoursAgo(86))]
  const signs = [
    sign('erythema', hoursAgo(72), { state: 'unknown' }),
    sign('lump', hoursAgo(72), { state: 'absent' }),
  ]

  expect(verdictOn({ problems, signs }, 'unspecified', 'no-antibiotic-24h')).toBe('absent')
})

test('a plan for an end that lies ahead does not end the cover', () => {
  const facts = {
    problems: [problemSince('mastitis-nos', hoursAgo(60), left)],
    medicines: [antibiotic(hoursAgo(50), { end: at(now + 3_600_000) })],
  }

  expect(hoursOn(facts, 'left')).toBe('50')
})
