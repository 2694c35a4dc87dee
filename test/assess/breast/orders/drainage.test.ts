import { expect, test } from '@jest/globals'
import { verdictOn, type Row } from '../../assessed.js'
import { care, done, hoursAgo, left, right, seen, ultrasoundResult } from '../../facts-of.js'

const pain = seen('breast-pain', 2)
const abscess = ultrasoundResult('abscess', hoursAgo(20), left)
const name = 'collection-undrained'

test.each<Row>([
  ['an abscess', { signs: [pain], results: [abscess] }, 'left', name, 'present'],
  [
    'an abscess of the other breast',
    { signs: [pain], results: [{ ...abscess, ...right }] },
    'left',
    name,
    'absent',
  ],
  [
    'a collection too small to drain',
    { signs: [pain], results: [ultrasoundResult('collection', hoursAgo(20), { ...left, small: true })] },
    'left',
    name,
    'absent',
  ],
  [
    'a collection',
    { signs: [pain], results: [ultrasoundResult('collection', hoursAgo(20), left)] },
    'left',
    name,
    'present',
  ],
  [
    'drained at the time of the scan',
    { signs: [pain], results: [abscess], care: [care('drainage', hoursAgo(20), { ...done, ...left })] },
    'left',
    name,
    'absent',
  ],
  [
    'drained an hour before the scan',
    { signs: [pain], results: [abscess], care: [care('drainage', hoursAgo(21), { ...done, ...left })] },
    'left',
    name,
    'present',
  ],
  [
    'a scan 30 days old',
    { signs: [pain], results: [{ ...abscess, when: hoursAgo(30 * 24) }] },
    'left',
    name,
    'present',
  ],
  [
    'a scan 31 days old',
    { signs: [pain], results: [{ ...abscess, when: hoursAgo(31 * 24) }] },
    'left',
    name,
    'absent',
  ],
])('collection-undrained, %s', (_what, facts, side, finding, verdict) => {
  expect(verdictOn(facts, side, finding)).toBe(verdict)
})
