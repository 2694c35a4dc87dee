import { expect, test } from '@jest/globals'
import type { Sign } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  at,
  biopsyResult,
  both,
  care,
  daysAgo,
  hoursAgo,
  left,
  now,
  problemSince,
  right,
  seen,
  sign,
  temperature,
  unread,
} from '../../facts-of.js'

const dayMs = 86_400_000
const red = (days: number, given: Partial<Sign> = {}) =>
  sign('erythema', daysAgo(days), { ...left, ...given })
const pain = seen('breast-pain', 2)
const redToday = seen('erythema', 2)
const justOver = (days: number) => at(now - days * dayMs - 1)

test.each<Row>([
  [
    'red for a moment more than 14 days',
    { signs: [sign('erythema', justOver(14), left), redToday] },
    'left',
    'ibc-r7',
    'present',
  ],
  ['red for exactly 14 days', { signs: [red(14), redToday] }, 'left', 'ibc-r7', 'absent'],
  [
    'purple 24 days ago, and warm today',
    { signs: [sign('colour-change', daysAgo(24), left), seen('warmth', 2)] },
    'left',
    'ibc-r7',
    'present',
  ],
  ['red 20 days ago, and nothing since', { signs: [red(20), pain] }, 'left', 'ibc-r7', 'absent'],
  ['the newest record is 72 h old', { signs: [red(20), seen('erythema', 72)] }, 'left', 'ibc-r7', 'present'],
  [
    'the newest record is 73 h old',
    { signs: [red(20), seen('erythema', 73), pain] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'swelling alone is the weaker finding',
    { signs: [sign('swelling', daysAgo(20), left), seen('swelling', 2)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'swelling alone',
    { signs: [sign('swelling', daysAgo(20), left), seen('swelling', 2)] },
    'left',
    'ibc-r7-swelling',
    'present',
  ],
  [
    'swelling and pain',
    { signs: [sign('swelling', daysAgo(20), left), seen('swelling', 2), pain] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'swelling and pain are not swelling alone',
    { signs: [sign('swelling', daysAgo(20), left), seen('swelling', 2), pain] },
    'left',
    'ibc-r7-swelling',
    'absent',
  ],
  // the other breast
  [
    'both breasts red today',
    { signs: [red(20), redToday, seen('erythema', 3, right)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'the other breast swollen today',
    { signs: [red(20), redToday, seen('swelling', 3, right)] },
    'left',
    'ibc-r7',
    'present',
  ],
  ['both were red then', { signs: [red(20, both), redToday] }, 'left', 'ibc-r7', 'absent'],
  // the start
  [
    'a record that states three weeks',
    { signs: [seen('erythema', 2, { began: daysAgo(21) })] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'a record that states two weeks',
    { signs: [seen('erythema', 2, { began: daysAgo(14) })] },
    'left',
    'ibc-r7',
    'absent',
  ],
  ['records 42 days apart', { signs: [red(42), seen('erythema', 0)] }, 'left', 'ibc-r7', 'present'],
  ['records 43 days apart', { signs: [red(43), seen('erythema', 0)] }, 'left', 'ibc-r7', 'absent'],
  [
    'a mastitis 42 days ago',
    { signs: [redToday], problems: [problemSince('mastitis-nos', daysAgo(42), left)] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'a mastitis 43 days ago',
    { signs: [redToday], problems: [problemSince('mastitis-nos', daysAgo(43), left)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'a blocked duct 30 days ago',
    { signs: [redToday], problems: [problemSince('blocked-duct', daysAgo(30), left)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  // gone or better in between
  [
    'redness gone ten days ago',
    { signs: [red(20), red(10, { state: 'absent' }), redToday] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'redness gone, although the warmth of the same day stayed',
    { signs: [red(20), red(10, { state: 'absent' }), sign('warmth', daysAgo(10), left), redToday] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'no swelling ten days ago, which there never was',
    { signs: [red(20), sign('swelling', daysAgo(10), { ...left, state: 'absent' }), redToday] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'redness gone from the other breast',
    { signs: [red(20), red(10, { state: 'absent', ...right }), redToday] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'said to be better ten days ago',
    {
      signs: [red(20), redToday],
      course: [{ source: 'Observation/c', fromText: true, says: 'improved', when: daysAgo(10), ...left }],
    },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'the pain said to be better ten days ago',
    {
      signs: [red(20), redToday],
      course: [
        { source: 'Observation/c', fromText: true, says: 'improved', of: 'pain', when: daysAgo(10), ...left },
      ],
    },
    'left',
    'ibc-r7',
    'present',
  ],
  // fever
  [
    'a temperature of 38.0',
    { signs: [red(20), redToday], measures: [temperature(38, 2)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'a temperature of 37.9',
    { signs: [red(20), redToday], measures: [temperature(37.9, 2)] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'fever 72 h ago, none now',
    { signs: [red(20), redToday], measures: [temperature(38.5, 72), temperature(36.8, 2)] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'fever 73 h ago, none now',
    { signs: [red(20), redToday], measures: [temperature(38.5, 73), temperature(36.8, 2)] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'temperatures that could not be read',
    { signs: [red(20), redToday], reads: unread('temperatures') },
    'left',
    'ibc-r7',
    'cannot-tell',
  ],
  // treatment and answers
  [
    'improved on 50 h of antibiotics',
    {
      signs: [red(20), redToday, seen('breast-pain', 2)],
      medicines: [antibiotic(hoursAgo(50))],
      measures: [temperature(38.9, 90), temperature(36.8, 2)],
    },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'on 50 h of antibiotics, and nothing charted of the course',
    { signs: [red(20), redToday], medicines: [antibiotic(hoursAgo(50))] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'a referral before it began',
    { signs: [red(20), redToday], care: [care('referral', daysAgo(21))] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'a referral since it began',
    { signs: [red(20), redToday], care: [care('referral', daysAgo(20))] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'a referral that was revoked',
    { signs: [red(20), redToday], care: [care('referral', daysAgo(5), { status: 'other' })] },
    'left',
    'ibc-r7',
    'present',
  ],
  [
    'a tissue result since it began',
    { signs: [red(20), redToday], results: [biopsyResult('benign', daysAgo(5))] },
    'left',
    'ibc-r7',
    'absent',
  ],
  [
    'known inflammatory breast cancer',
    { signs: [red(20), redToday], problems: [problemSince('inflammatory-breast-cancer', daysAgo(5), left)] },
    'left',
    'ibc-r7',
    'absent',
  ],
])('R7, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
