import { expect, test } from '@jest/globals'
import type { BirthFact, Facts } from '../../../src/facts/facts.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  timelineFor,
  onDay,
  problem,
  problemSince,
  statement,
  unread,
  unreadable,
} from '../facts-of.js'

/** A miscarriage five days ago. */
const miscarriage = (told: Partial<BirthFact> = {}): BirthFact => birth('loss-in-pregnancy', daysAgo(5), told)

type Verdict = 'present' | 'absent' | 'cannot-tell'
type Kind = 'infant-loss' | 'infant-elsewhere' | undefined

test.each<[string, Partial<Facts>, Verdict, Kind]>([
  ['nothing recorded', {}, 'absent', undefined],
  ['a loss exactly 180 days ago', { births: [birth('infant-loss', daysAgo(180))] }, 'present', 'infant-loss'],
  ['a loss 181 days ago', { births: [birth('infant-loss', daysAgo(181))] }, 'absent', undefined],
  [
    'an infant elsewhere exactly 180 days ago',
    { births: [birth('infant-elsewhere', daysAgo(180))] },
    'present',
    'infant-elsewhere',
  ],
  [
    'an infant elsewhere 181 days ago',
    { births: [birth('infant-elsewhere', daysAgo(181))] },
    'absent',
    undefined,
  ],
  [
    'both: the loss is named',
    { births: [birth('infant-elsewhere', daysAgo(2)), birth('infant-loss', daysAgo(2))] },
    'present',
    'infant-loss',
  ],
  [
    'a living infant born later',
    { births: [birth('infant-loss', daysAgo(100)), birth('living-infant', daysAgo(5))] },
    'absent',
    undefined,
  ],
  [
    'a surrogacy written down before the birth it leads to',
    { births: [birth('infant-elsewhere', daysAgo(100)), birth('living-infant', daysAgo(5))] },
    'present',
    'infant-elsewhere',
  ],
  [
    'a living infant born earlier',
    { births: [birth('infant-loss', daysAgo(5)), birth('living-infant', daysAgo(100))] },
    'present',
    'infant-loss',
  ],
  [
    'a living infant on the same date',
    {
      births: [birth('infant-loss', onDay('2026-02-20')), birth('living-infant', onDay('2026-02-20'))],
    },
    'present',
    'infant-loss',
  ],
  [
    'a later delivery that says nothing of the infant',
    { births: [birth('infant-loss', daysAgo(100)), birth('delivery', daysAgo(5))] },
    'present',
    'infant-loss',
  ],
  ['some infants lost', { births: [birth('some-infants-lost', daysAgo(5))] }, 'absent', undefined],
  [
    'a loss that its words put into last year, 180 days of which count',
    { births: [birth('infant-loss', daysAgo(5), { year: 2025 })] },
    'present',
    'infant-loss',
  ],
  [
    'a loss that its words put two years back',
    { births: [birth('infant-loss', daysAgo(5), { year: 2024 })] },
    'absent',
    undefined,
  ],
  ['a miscarriage of exactly 14 weeks', { births: [miscarriage({ weeks: 14 })] }, 'present', 'infant-loss'],
  ['a miscarriage of 13 weeks', { births: [miscarriage({ weeks: 13 })] }, 'absent', undefined],
  ['a late miscarriage', { births: [miscarriage({ late: true })] }, 'present', 'infant-loss'],
  [
    'a miscarriage of 14 weeks of a woman charted as breastfeeding',
    { births: [miscarriage({ weeks: 14 })], lactation: [statement('yes', daysAgo(1))] },
    'present',
    'infant-loss',
  ],
  ['an early miscarriage', { births: [miscarriage({ early: true })] }, 'absent', undefined],
  ['a miscarriage without weeks', { births: [miscarriage()] }, 'present', 'infant-loss'],
  [
    'a miscarriage without weeks of a woman charted as breastfeeding',
    { births: [miscarriage()], lactation: [statement('yes', daysAgo(30))] },
    'absent',
    undefined,
  ],
  [
    'a miscarriage without weeks beside a condition of lactation',
    { births: [miscarriage()], problems: [problemSince('lactation-condition', daysAgo(30))] },
    'absent',
    undefined,
  ],
  [
    'a miscarriage without weeks beside a mastitis whose name says lactation',
    {
      births: [miscarriage()],
      problems: [problemSince('mastitis-lactational', daysAgo(1), { saysLactation: true })],
    },
    'present',
    'infant-loss',
  ],
  [
    'a miscarriage without weeks, breastfeeding not read',
    { births: [miscarriage()], reads: unread('lactationStatus') },
    'cannot-tell',
    undefined,
  ],
  [
    'a miscarriage of 14 weeks, breastfeeding not read',
    { births: [miscarriage({ weeks: 14 })], reads: unread('lactationStatus') },
    'present',
    'infant-loss',
  ],
  ['a miscarriage without a date', { births: [birth('loss-in-pregnancy')] }, 'cannot-tell', undefined],
  [
    'an early miscarriage without a date',
    { births: [birth('loss-in-pregnancy', undefined, { weeks: 9 })] },
    'absent',
    undefined,
  ],
  [
    'a miscarriage without a date of a woman charted as breastfeeding',
    { births: [birth('loss-in-pregnancy')], lactation: [statement('yes', daysAgo(1))] },
    'absent',
    undefined,
  ],
  [
    'a history of stillbirth charted exactly 42 days ago',
    { births: [birth('infant-loss-history', daysAgo(42))] },
    'present',
    'infant-loss',
  ],
  [
    'a history of stillbirth charted 43 days ago',
    { births: [birth('infant-loss-history', daysAgo(43))] },
    'absent',
    undefined,
  ],
  [
    'a history of stillbirth, a living infant on record',
    { births: [birth('infant-loss-history', daysAgo(10)), birth('living-infant', daysAgo(900))] },
    'absent',
    undefined,
  ],
  [
    'a history of stillbirth of a woman charted as breastfeeding',
    { births: [birth('infant-loss-history', daysAgo(10))], lactation: [statement('yes', daysAgo(1))] },
    'absent',
    undefined,
  ],
  [
    'a history of late miscarriage',
    { births: [birth('loss-in-pregnancy-history', daysAgo(10), { weeks: 20 })] },
    'present',
    'infant-loss',
  ],
  [
    'a history of early miscarriage',
    { births: [birth('loss-in-pregnancy-history', daysAgo(10), { weeks: 8 })] },
    'absent',
    undefined,
  ],
  ['a loss without a date', { births: [birth('infant-loss')] }, 'cannot-tell', undefined],
  ['conditions not read', { reads: unread('conditions') }, 'cannot-tell', undefined],
  [
    'a loss whose status could not be read',
    { unreadable: [unreadable('infant-loss', 'clinicalStatus could not be read')] },
    'cannot-tell',
    undefined,
  ],
])('%s is %s', (_, facts, verdict, kind) => {
  const { loss, lossKind } = patientView(timelineFor(facts))

  expect(loss.verdict).toBe(verdict)
  expect(lossKind).toBe(kind)
})

test.each([
  [12, 'present'],
  [13, 'absent'],
])('where a site counts from %d weeks, a miscarriage of 12 is %s', (fromWeek, verdict) => {
  const births = [miscarriage({ weeks: 12 })]

  expect(patientView(timelineFor({ births }, { 'loss.minWeeks': fromWeek })).loss.verdict).toBe(verdict)
})

test.each<[string, Partial<Facts>, Verdict]>([
  ['nothing recorded', {}, 'absent'],
  ['recorded as pregnant', { pregnancy: [pregnancy(true, 5)] }, 'present'],
  ['exactly 300 days ago', { pregnancy: [pregnancy(true, 300)] }, 'present'],
  ['301 days ago', { pregnancy: [pregnancy(true, 301)] }, 'absent'],
  ['a newer "not pregnant"', { pregnancy: [pregnancy(true, 5), pregnancy(false, 4)] }, 'absent'],
  ['an older "not pregnant"', { pregnancy: [pregnancy(false, 5), pregnancy(true, 4)] }, 'present'],
  [
    'delivered since',
    { pregnancy: [pregnancy(true, 30)], births: [birth('delivery', daysAgo(20))] },
    'absent',
  ],
  [
    'pregnant again since the delivery',
    { pregnancy: [pregnancy(true, 20)], births: [birth('delivery', daysAgo(30))] },
    'present',
  ],
  ['mastitis in pregnancy', { problems: [problemSince('mastitis-pregnancy', daysAgo(2))] }, 'present'],
  ['abscess in pregnancy', { problems: [problemSince('abscess-pregnancy', hoursAgo(2))] }, 'present'],
  ['abscess in pregnancy without a date', { problems: [problem('abscess-pregnancy')] }, 'absent'],
  [
    'mastitis in pregnancy, resolved',
    { problems: [problemSince('mastitis-pregnancy', daysAgo(2), { active: false })] },
    'absent',
  ],
  ['conditions not read', { reads: unread('conditions') }, 'cannot-tell'],
  ['status not read', { reads: unread('lactationStatus') }, 'cannot-tell'],
  [
    'conditions not read, recorded as pregnant',
    { reads: unread('conditions'), pregnancy: [pregnancy(true, 5)] },
    'present',
  ],
  ['a status without a value', { unreadable: [unreadable('pregnancy', 'no value')] }, 'cannot-tell'],
])('pregnancy: %s is %s', (_, facts, verdict) => {
  expect(patientView(timelineFor(facts)).pregnant.verdict).toBe(verdict)
})

function pregnancy(pregnant: boolean, days: number): Facts['pregnancy'][number] {
  return { source: `Observation/pregnancy-${days}`, fromText: false, when: daysAgo(days), pregnant }
}

test.each<[string, Partial<Facts>, Verdict]>([
  [
    'on record for years',
    { problems: [problemSince('inflammatory-breast-cancer', daysAgo(900))] },
    'present',
  ],
  ['without a date', { problems: [problem('inflammatory-breast-cancer')] }, 'present'],
  ['resolved', { problems: [problem('inflammatory-breast-cancer', { active: false })] }, 'absent'],
  ['another breast cancer', { problems: [problem('breast-cancer')] }, 'absent'],
  ['conditions not read', { reads: unread('conditions') }, 'cannot-tell'],
  [
    'one that could not be read',
    { unreadable: [unreadable('inflammatory-breast-cancer', 'clinicalStatus could not be read')] },
    'cannot-tell',
  ],
])('known inflammatory breast cancer: %s is %s', (_, facts, verdict) => {
  expect(patientView(timelineFor(facts)).knownIbc.verdict).toBe(verdict)
})
