import { expect, test } from '@jest/globals'
import type { CultureResult, Facts, Medicine } from '../../../../src/facts/facts.js'
import {
  culture,
  daysAgo,
  hoursAgo,
  left,
  order,
  problem,
  problemSince,
  sign,
  unread,
} from '../../facts-of.js'
import { leadingOf, verdictOf } from '../../patient-view-of.js'

const drug = (name: string, given: Partial<Medicine> = {}): Medicine =>
  order(name, hoursAgo(50), { cover: 'appropriate', reason: 'breast', ...given })
const clindamycin = drug('clindamycin', { mrsa: 'by-result' })
const cephalexin = drug('cephalexin')
const vancomycin = drug('vancomycin', { mrsa: 'active' })
const says = (ingredient: string, verdict: 'S' | 'I' | 'R'): CultureResult['susceptibilities'][number] => ({
  ingredient,
  verdict,
})
const report = (...susceptibilities: CultureResult['susceptibilities']): CultureResult =>
  culture(hoursAgo(20), { ...left, susceptibilities })

const colonised = (days: number) => problemSince('mrsa', daysAgo(days))
const ill = (medicines: readonly Medicine[], given: Partial<Facts> = {}): Partial<Facts> => ({
  medicines,
  ...given,
  problems: [
    problemSince('mastitis-lactational', hoursAgo(55), left),
    ...(given.problems ?? [colonised(100)]),
  ],
})

test.each<[string, Partial<Facts>, string, string, number]>([
  ['cephalexin', ill([cephalexin]), 'present', 'absent', 0],
  ['an entry 365 days old', ill([cephalexin], { problems: [colonised(365)] }), 'present', 'absent', 0],
  ['an entry 366 days old', ill([cephalexin], { problems: [colonised(366)] }), 'absent', 'absent', 50],
  ['an entry without a date', ill([cephalexin], { problems: [problem('mrsa')] }), 'absent', 'absent', 50],
  [
    'cephalexin reported susceptible',
    ill([cephalexin], { results: [report(says('cephalexin', 'S'))] }),
    'absent',
    'absent',
    50,
  ],
  [
    'cephalexin reported intermediate',
    ill([cephalexin], { results: [report(says('cephalexin', 'I'))] }),
    'present',
    'absent',
    0,
  ],
  ['vancomycin', ill([vancomycin]), 'absent', 'absent', 50],
  ['clindamycin without a result', ill([clindamycin]), 'absent', 'present', 0],
  [
    'clindamycin susceptible',
    ill([clindamycin], { results: [report(says('clindamycin', 'S'))] }),
    'absent',
    'absent',
    50,
  ],
  [
    'clindamycin resistant',
    ill([clindamycin], { results: [report(says('clindamycin', 'R'))] }),
    'present',
    'absent',
    0,
  ],
  ['clindamycin and cephalexin', ill([clindamycin, cephalexin]), 'present', 'absent', 0],
  ['cover that ended', ill([drug('cephalexin', { end: hoursAgo(5) })]), 'absent', 'absent', 0],
  ['no MRSA entry', ill([cephalexin], { problems: [] }), 'absent', 'absent', 50],
  [
    'a culture resistant to all given',
    ill([cephalexin], { problems: [], results: [report(says('cephalexin', 'R'))] }),
    'present',
    'absent',
    0,
  ],
  [
    'a culture resistant to one of two',
    ill([cephalexin, vancomycin], { problems: [], results: [report(says('cephalexin', 'R'))] }),
    'absent',
    'absent',
    50,
  ],
  [
    'a resistant culture of an earlier illness',
    ill([cephalexin], {
      problems: [],
      results: [culture(daysAgo(9), { ...left, susceptibilities: [says('cephalexin', 'R')] })],
    }),
    'absent',
    'absent',
    50,
  ],
  [
    'a resistant culture of the other breast',
    ill([cephalexin], { problems: [], results: [{ ...report(says('cephalexin', 'R')), side: 'right' }] }),
    'absent',
    'absent',
    50,
  ],
])('MRSA and %s', (_, facts, missed, untested, apt) => {
  const { findings, cover } = leadingOf(facts)

  expect([
    findings.get('cover-may-miss-mrsa')?.verdict,
    findings.get('clindamycin-untested')?.verdict,
  ]).toEqual([missed, untested])
  expect(cover.hoursApt).toBe(apt)
  expect(cover.hoursAny).toBe(cover.counted.some(({ end }) => end) ? 45 : 50)
})

test.each<[string, Partial<Facts>, string]>([
  [
    'conditions could not be read',
    { medicines: [cephalexin], signs: [sign('erythema', hoursAgo(50), left)], reads: unread('conditions') },
    'cannot-tell',
  ],
  ['medicines could not be read', { ...ill([]), reads: unread('medicationRequests') }, 'cannot-tell'],
  [
    'a medicine that misses it was read',
    { ...ill([cephalexin]), reads: unread('medicationRequests') },
    'present',
  ],
])('cover of MRSA when %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'cover-may-miss-mrsa')).toBe(verdict)
})
