import { expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import {
  antibiotic,
  at,
  daysAgo,
  hoursAgo,
  left,
  now,
  onDay,
  problem,
  problemSince,
  sign,
  unread,
  unreadable,
} from '../facts-of.js'
import { leadingOf, verdictOf } from '../patient-view-of.js'

const mastitis = (days: number) => problemSince('mastitis-lactational', daysAgo(days), left)
const minute = 60_000
const justOver14 = at(now - 14 * 86_400_000 - minute)

test.each<[string, Partial<Facts>, string]>([
  ['onset 14 days ago', { problems: [mastitis(14)] }, 'present'],
  [
    'onset a minute earlier',
    { problems: [problemSince('mastitis-lactational', justOver14, left)] },
    'absent',
  ],
  [
    'old onset, recorded 14 days ago',
    {
      problems: [
        problem('mastitis-lactational', {
          ...left,
          onset: daysAgo(60),
          when: daysAgo(60),
          recorded: daysAgo(14),
        }),
      ],
    },
    'present',
  ],
  [
    'onset known as last month, which reaches into the last 14 days',
    {
      problems: [
        problemSince(
          'mastitis-lactational',
          { earliest: Date.parse('2026-02-01T00:00:00Z'), latest: Date.parse('2026-02-28T23:59:59.999Z') },
          left,
        ),
      ],
    },
    'present',
  ],
  [
    'onset known as a year ago',
    { problems: [problemSince('mastitis-lactational', onDay('2025-03-03'), left)] },
    'absent',
  ],
  [
    'old, with a sign 72 h old',
    { problems: [mastitis(60)], signs: [sign('breast-pain', hoursAgo(72), left)] },
    'present',
  ],
  [
    'old, with a sign 73 h old',
    { problems: [mastitis(60)], signs: [sign('breast-pain', hoursAgo(73), left)] },
    'absent',
  ],
  [
    'old, with a sign of the other breast',
    { problems: [mastitis(60)], signs: [sign('breast-pain', hoursAgo(2), { side: 'right' })] },
    'absent',
  ],
  ['old, under an antibiotic', { problems: [mastitis(60)], medicines: [antibiotic(hoursAgo(2))] }, 'present'],
  [
    'old, the antibiotic is for something else',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(2), { reason: 'other', noExposure: 'other-reason' })],
    },
    'absent',
  ],
  [
    'old, the antibiotic is over',
    { problems: [mastitis(60)], medicines: [antibiotic(daysAgo(20), { end: daysAgo(10) })] },
    'absent',
  ],
  [
    'resolved yesterday',
    { problems: [problemSince('mastitis-lactational', daysAgo(5), { ...left, active: false })] },
    'absent',
  ],
  ['engorgement drives too', { problems: [problemSince('engorgement', daysAgo(2), left)] }, 'present'],
  [
    'granulomatous mastitis drives too',
    { problems: [problemSince('mastitis-nonlactational', daysAgo(2), left)] },
    'present',
  ],
  [
    'breast cancer is no driving diagnosis',
    { problems: [problemSince('breast-cancer', daysAgo(2), left)] },
    'absent',
  ],
])('driving diagnosis: %s', (_, facts, verdict) => {
  const view = leadingOf(facts)
  const side = view.side === 'right' ? 'left' : view.side

  expect(view.findings.get('driving-diagnosis')?.verdict).toBe(verdict)
  expect(['left', 'unspecified']).toContain(side)
})

test.each<[string, Partial<Facts>, string]>([
  ['no date at all', { problems: [problem('mastitis-lactational', left)] }, 'present'],
  ['abscess without a date', { problems: [problem('abscess-nos', left)] }, 'present'],
  [
    'a recorded date',
    { problems: [problem('mastitis-lactational', { ...left, recorded: daysAgo(200) })] },
    'absent',
  ],
  [
    'no date, but a sign',
    { problems: [problem('mastitis-lactational', left)], signs: [sign('erythema', hoursAgo(2), left)] },
    'absent',
  ],
  [
    'no date, but an antibiotic',
    { problems: [problem('mastitis-lactational', left)], medicines: [antibiotic(hoursAgo(2))] },
    'absent',
  ],
  [
    'no date, resolved',
    { problems: [problem('mastitis-lactational', { ...left, active: false })] },
    'absent',
  ],
  ['no date, engorgement', { problems: [problem('engorgement', left)] }, 'absent'],
  [
    'no date, signs could not be read',
    { problems: [problem('mastitis-lactational', left)], reads: unread('breastSigns') },
    'present',
  ],
])('undated diagnosis: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'undated-diagnosis')).toBe(verdict)
})

test.each<[string, Partial<Facts>, string]>([
  ['conditions could not be read', { reads: unread('conditions') }, 'cannot-tell'],
  [
    'a diagnosis was read although the list broke off',
    { reads: unread('conditions'), problems: [mastitis(2)] },
    'present',
  ],
  [
    'an old diagnosis, signs could not be read',
    { reads: unread('breastSigns'), problems: [mastitis(60)] },
    'cannot-tell',
  ],
  [
    'an old diagnosis, medicines could not be read',
    { reads: unread('medicationRequests'), problems: [mastitis(60)] },
    'cannot-tell',
  ],
  ['no diagnosis, medicines could not be read', { reads: unread('medicationRequests') }, 'absent'],
  [
    'an old diagnosis, an active antibiotic without a start',
    { problems: [mastitis(60)], medicines: [withoutStart()] },
    'cannot-tell',
  ],
  [
    'a mastitis whose onset could not be read',
    { unreadable: [unreadable('mastitis-nos', 'onset could not be read')] },
    'cannot-tell',
  ],
  [
    'one from years ago',
    { unreadable: [unreadable('mastitis-nos', 'status could not be read', { when: daysAgo(900) })] },
    'absent',
  ],
  [
    'optional orders could not be read',
    { reads: unread('serviceRequests', 'procedures', 'reports') },
    'absent',
  ],
])('driving diagnosis when %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'driving-diagnosis')).toBe(verdict)
})

function withoutStart() {
  const { start: _start, when: _when, ...rest } = antibiotic(hoursAgo(1))
  return rest
}
