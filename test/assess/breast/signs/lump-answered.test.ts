import { expect, test } from '@jest/globals'
import type { Facts, ImagingResult, Sign } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  daysAgo,
  left,
  problemSince,
  right,
  sign,
  seen,
  statement,
  temperature,
  ultrasoundResult,
} from '../../facts-of.js'

const lump = (days: number, given: Partial<Sign> = {}) => sign('lump', daysAgo(days), { ...left, ...given })
const cm = (value: number): Partial<Sign> => ({ size: { value, unit: 'cm' } })
const scan = (days: number, given: Partial<ImagingResult>) =>
  ultrasoundResult('indeterminate', daysAgo(days), { ...left, ...given })
/** A lump for five weeks. */
const old = (given: Partial<Facts>): Partial<Facts> => ({ signs: [lump(35), lump(2)], ...given })
const asked = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  facts,
  'left',
  'persistent-lump',
  verdict,
]

test.each<Row>([
  asked('never scanned', old({}), 'present'),
  ...[1, 2, 3].map((birads) =>
    asked(`BI-RADS ${birads} 10 days ago`, old({ results: [scan(10, { birads })] }), 'absent'),
  ),
  ...[0, 4, 5].map((birads) =>
    asked(`BI-RADS ${birads} 10 days ago`, old({ results: [scan(10, { birads })] }), 'present'),
  ),
  asked('a galactocele, no category', old({ results: [scan(10, { harmlessLesion: true })] }), 'absent'),
  asked(
    'a cyst, and BI-RADS 4',
    old({ results: [scan(10, { harmlessLesion: true, birads: 4 })] }),
    'present',
  ),
  asked(
    'a cyst beside an abscess',
    old({ results: [ultrasoundResult('abscess', daysAgo(10), { ...left, harmlessLesion: true })] }),
    'present',
  ),
  asked(
    'no collection, and nothing said of the lump',
    old({ results: [ultrasoundResult('normal', daysAgo(10), left)] }),
    'present',
  ),
  asked(
    'BI-RADS 2 by mammogram',
    old({ results: [scan(10, { birads: 2, modality: 'mammogram' })] }),
    'present',
  ),
  asked('BI-RADS 2 of the other breast', old({ results: [scan(10, { birads: 2, ...right })] }), 'present'),
  // since the lump was first recorded
  asked('BI-RADS 2 on that day', old({ results: [scan(35, { birads: 2 })] }), 'absent'),
  asked('BI-RADS 2 a day before it', old({ results: [scan(36, { birads: 2 })] }), 'present'),
  asked(
    'BI-RADS 2, then no lump, then a lump for 20 days',
    {
      signs: [lump(35), lump(25, { state: 'absent' }), lump(20), lump(2)],
      results: [scan(30, { birads: 2 })],
    },
    'present',
  ),
  // grown since
  asked(
    'from 2.0 to 2.5 cm since',
    { signs: [lump(35, cm(2)), lump(2, cm(2.5))], results: [scan(10, { birads: 2 })] },
    'present',
  ),
  asked(
    'from 2.0 to 2.4 cm since',
    { signs: [lump(35, cm(2)), lump(2, cm(2.4))], results: [scan(10, { birads: 2 })] },
    'absent',
  ),
  asked(
    'called new since',
    { signs: [lump(35), lump(2, { spreading: true })], results: [scan(10, { birads: 2 })] },
    'present',
  ),
  asked(
    'grown, then scanned again',
    {
      signs: [lump(35, cm(2)), lump(9, cm(3)), lump(2, cm(3))],
      results: [scan(10, { birads: 2 }), scan(5, { birads: 2, source: 'DiagnosticReport/2' })],
    },
    'absent',
  ),
])('a lump for longer than the limit, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test.each([
  ['not scanned', [], 'present'],
  ['BI-RADS 2 since', [scan(10, { birads: 2 })], 'absent'],
] as const)('a blocked duct for longer than the limit, %s', (_what, results, verdict) => {
  const facts = {
    lactation: [statement('yes', daysAgo(1))],
    problems: [problemSince('blocked-duct', daysAgo(20), left)],
    signs: [seen('breast-pain', 2)],
    measures: [temperature(36.8, 2)],
    results,
  }
  expect(verdictOn(facts, 'left', 'persistent-lump')).toBe(verdict)
})
