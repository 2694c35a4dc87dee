import { expect, test } from '@jest/globals'
import { verdictOn, type Row } from '../../assessed.js'
import { at, both, daysAgo, left, now, right, seen, sign } from '../../facts-of.js'

const name = 'bloody-discharge'
const today = seen(name, 2)

test.each<Row>([
  [
    'a moment more than 14 days',
    { signs: [sign(name, at(now - 14 * 86_400_000 - 1), left), today] },
    'left',
    'lasting-bloody-discharge',
    'present',
  ],
  [
    'exactly 14 days',
    { signs: [sign(name, daysAgo(14), left), today] },
    'left',
    'lasting-bloody-discharge',
    'absent',
  ],
  [
    '20 days, of both breasts then',
    { signs: [sign(name, daysAgo(20), both), today] },
    'left',
    'lasting-bloody-discharge',
    'absent',
  ],
  [
    '20 days, the other breast once',
    { signs: [sign(name, daysAgo(20), left), sign(name, daysAgo(10), right), today] },
    'left',
    'lasting-bloody-discharge',
    'absent',
  ],
  [
    '20 days ago, and none since',
    { signs: [sign(name, daysAgo(20), left), seen('breast-pain', 2)] },
    'left',
    'lasting-bloody-discharge',
    'absent',
  ],
  [
    '20 days ago, absent then, and today again',
    { signs: [sign(name, daysAgo(20), left), sign(name, daysAgo(10), { ...left, state: 'absent' }), today] },
    'left',
    'lasting-bloody-discharge',
    'absent',
  ],
])('bloody discharge, %s', (_what, facts, side, finding, verdict) => {
  expect(verdictOn(facts, side, finding)).toBe(verdict)
})
