import { expect, test } from '@jest/globals'
import { stages, type Stage } from '../../../../src/assess/stages.js'
import type { Facts, Sign } from '../../../../src/facts/facts.js'
import {
  antibiotic,
  at,
  both,
  culture,
  daysAgo,
  hoursAgo,
  left,
  measure,
  minutesAgo,
  now,
  problem,
  problemSince,
  right,
  sign,
  ultrasoundResult,
  unread,
  unreadable,
} from '../../facts-of.js'
import { findingOf, leadingOf, verdictOf, type PatientGiven } from '../../patient-view-of.js'

const mastitis = (hours = 5) => problemSince('mastitis-lactational', hoursAgo(hours), left)
const temperature = (value: number, hours = 1) => measure('temperature', value, hoursAgo(hours))
const seen = (name: Sign['sign'], hours = 3, given: Partial<Sign> = left) =>
  sign(name, hoursAgo(hours), given)
const scan = (reading: Parameters<typeof ultrasoundResult>[0], hours = 2, given = {}) =>
  ultrasoundResult(reading, hoursAgo(hours), { ...left, ...given })
const inflamed = [seen('breast-pain'), seen('erythema')]
const abscessDx = (hours = 5) => problemSince('abscess-lactational', hoursAgo(hours), left)

const weaned: PatientGiven = { status: 'recently-weaned' }
const notLactating: PatientGiven = { status: 'not-lactating' }
const unknownStatus: PatientGiven = { status: 'unknown' }
const day = (days: number): PatientGiven => ({ deliveredAt: now - days * 86_400_000 })
const full = (given: Partial<Sign> = {}) => [sign('swelling', hoursAgo(3), { ...both, ...given })]

test.each<[string, Partial<Facts>, Stage, PatientGiven?]>([
  // row 3
  ['driving abscess diagnosis', { problems: [abscessDx()] }, 'abscess'],
  ['old abscess diagnosis', { problems: [problemSince('abscess-lactational', daysAgo(15), left)] }, 'none'],
  ['ultrasound abscess', { results: [scan('abscess')] }, 'abscess'],
  ['ultrasound abscess 30 days old', { results: [scan('abscess', 720)] }, 'abscess'],
  ['ultrasound abscess 31 days old', { results: [scan('abscess', 744)] }, 'none'],
  ['mammogram with the word abscess', { results: [scan('abscess', 2, { modality: 'mammogram' })] }, 'none'],
  ['ultrasound collection alone', { results: [scan('collection')] }, 'none'],
  ['ultrasound collection with inflammation', { results: [scan('collection')], signs: inflamed }, 'abscess'],
  [
    'ultrasound collection with mastitis',
    { results: [scan('collection')], problems: [mastitis()] },
    'abscess',
  ],
  ['fluctuance alone', { signs: [seen('fluctuance')] }, 'none'],
  ['fluctuance with pain', { signs: [seen('fluctuance'), seen('breast-pain')] }, 'abscess'],
  ['fluctuance with mastitis', { signs: [seen('fluctuance')], problems: [mastitis()] }, 'abscess'],
  ['fluctuance 73 h ago with pain', { signs: [seen('fluctuance', 73), seen('breast-pain')] }, 'none'],
  [
    'abscess of the other breast',
    { problems: [mastitis()], results: [scan('abscess', 2, right), scan('normal')] },
    'abscess',
  ],
  [
    'abscess diagnosis, then a normal ultrasound',
    { problems: [abscessDx(5)], results: [scan('normal', 4)] },
    'none',
  ],
  [
    'a normal ultrasound, then the diagnosis',
    { problems: [abscessDx(5)], results: [scan('normal', 6)] },
    'abscess',
  ],
  ['both at one instant', { problems: [abscessDx(5)], results: [scan('normal', 5)] }, 'abscess'],
  ['abscess on ultrasound, then a normal one', { results: [scan('abscess', 5), scan('normal', 4)] }, 'none'],
  ['then an indeterminate one', { results: [scan('abscess', 5), scan('indeterminate', 4)] }, 'abscess'],
  [
    'fluctuance after the normal ultrasound',
    { signs: [seen('fluctuance', 3), seen('breast-pain', 3)], results: [scan('normal', 4)] },
    'abscess',
  ],
  [
    'fluctuance before it',
    { signs: [seen('fluctuance', 5), seen('breast-pain', 5)], results: [scan('normal', 4)] },
    'none',
  ],
  [
    'a normal ultrasound of the other breast',
    { problems: [abscessDx(5)], results: [scan('normal', 4, right)] },
    'abscess',
  ],
  [
    'undated abscess that drives, and a normal ultrasound',
    { problems: [problem('abscess-nos', left)], signs: [seen('breast-pain')], results: [scan('normal', 1)] },
    'abscess',
  ],
  // row 4
  ['ultrasound phlegmon', { results: [scan('phlegmon')] }, 'phlegmon'],
  ['phlegmon in words', { signs: [seen('phlegmon-text')] }, 'phlegmon'],
  ['phlegmon on the problem list', { problems: [problemSince('phlegmon', hoursAgo(5), left)] }, 'phlegmon'],
  [
    'a lump in failed mastitis',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(50))],
      signs: [...inflamed, seen('lump')],
      measures: [temperature(38.5)],
    },
    'phlegmon',
  ],
  [
    'a lump in mastitis that improved',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(50))],
      signs: [...inflamed, seen('lump')],
      measures: [temperature(39, 50), temperature(37)],
    },
    'bacterial-mastitis',
  ],
  [
    'failed mastitis without a lump',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(50))],
      signs: inflamed,
      measures: [temperature(38.5)],
    },
    'bacterial-mastitis',
  ],
  // row 5
  ['mastitis with 38.0', { problems: [mastitis()], measures: [temperature(38.0)] }, 'bacterial-mastitis'],
  ['mastitis with 37.9', { problems: [mastitis()], measures: [temperature(37.9)] }, 'inflammatory-mastitis'],
  [
    'mastitis with malaise',
    { problems: [mastitis()], signs: [sign('malaise', hoursAgo(2))] },
    'bacterial-mastitis',
  ],
  [
    'mastitis with a positive culture',
    { problems: [mastitis()], results: [culture(hoursAgo(3), left)] },
    'bacterial-mastitis',
  ],
  [
    'with a culture without growth',
    { problems: [mastitis()], results: [culture(hoursAgo(3), { ...left, positive: false })] },
    'inflammatory-mastitis',
  ],
  [
    'with a culture 31 days old',
    { problems: [mastitis()], results: [culture(daysAgo(31), left)] },
    'inflammatory-mastitis',
  ],
  [
    'mastitis with an antibiotic',
    { problems: [mastitis()], medicines: [antibiotic(hoursAgo(1))] },
    'bacterial-mastitis',
  ],
  ['mastitis for 24 h', { problems: [mastitis(24)] }, 'bacterial-mastitis'],
  [
    'mastitis for 23 h 59 min',
    { problems: [problemSince('mastitis-lactational', minutesAgo(24 * 60 - 1), left)] },
    'inflammatory-mastitis',
  ],
  [
    'inflammation for 24 h without a diagnosis',
    { signs: [seen('breast-pain', 24), seen('erythema', 24)] },
    'bacterial-mastitis',
  ],
  // row 6
  ['inflammation', { signs: inflamed }, 'inflammatory-mastitis'],
  [
    'mastitis in pregnancy',
    { problems: [problemSince('mastitis-pregnancy', hoursAgo(3), left)] },
    'inflammatory-mastitis',
  ],
  [
    'mastitis outside lactation has no stage',
    { problems: [problemSince('mastitis-nonlactational', hoursAgo(3), left)] },
    'none',
  ],
  [
    'fullness does not block a diagnosis',
    { problems: [mastitis()], signs: full() },
    'inflammatory-mastitis',
    day(3),
  ],
  // row 7
  ['blocked duct', { problems: [problemSince('blocked-duct', daysAgo(2), left)] }, 'blocked-duct'],
  [
    'blocked duct, weaned',
    { problems: [problemSince('blocked-duct', daysAgo(2), left)] },
    'blocked-duct',
    weaned,
  ],
  [
    'blocked duct, not lactating',
    { problems: [problemSince('blocked-duct', daysAgo(2), left)] },
    'none',
    notLactating,
  ],
  [
    'blocked duct, status unknown',
    { problems: [problemSince('blocked-duct', daysAgo(2), left)] },
    'none',
    unknownStatus,
  ],
  ['painful lump', { signs: [seen('lump'), seen('breast-pain')] }, 'blocked-duct'],
  ['painless lump', { signs: [seen('lump')] }, 'none'],
  [
    'lump with a pain score without side',
    { signs: [seen('lump')], measures: [measure('pain', 3, hoursAgo(2))] },
    'blocked-duct',
  ],
  [
    'lump with a pain score of 0',
    { signs: [seen('lump')], measures: [measure('pain', 0, hoursAgo(2))] },
    'none',
  ],
  [
    'blocked duct with 38.0',
    { problems: [problemSince('blocked-duct', daysAgo(2), left)], measures: [temperature(38.0)] },
    'bacterial-mastitis',
  ],
  // row 8
  ['engorgement', { problems: [problemSince('engorgement', daysAgo(2), both)] }, 'engorgement'],
  [
    'engorgement with redness',
    { problems: [problemSince('engorgement', daysAgo(2), left)], signs: [seen('erythema')] },
    'none',
  ],
  [
    'engorgement with 38.4',
    { problems: [problemSince('engorgement', daysAgo(2), left)], measures: [temperature(38.4)] },
    'engorgement',
  ],
  [
    'engorgement with 38.5',
    { problems: [problemSince('engorgement', daysAgo(2), left)], measures: [temperature(38.5)] },
    'bacterial-mastitis',
  ],
  ['graded fullness on day 10', { signs: full({ grade: 'moderate' }) }, 'engorgement', day(10)],
  ['graded fullness on day 11', { signs: full({ grade: 'moderate' }) }, 'none', day(11)],
  ['severe fullness', { signs: full({ grade: 'severe' }) }, 'engorgement', day(3)],
  ['mild fullness', { signs: full({ grade: 'mild' }) }, 'none', day(3)],
  ['pain of 4 in both breasts', { measures: [measure('pain', 4, hoursAgo(3), both)] }, 'engorgement', day(3)],
  ['pain of 3 in both breasts', { measures: [measure('pain', 3, hoursAgo(3), both)] }, 'none', day(3)],
  // row 9
  ['swelling alone', { signs: [seen('swelling')] }, 'none'],
  ["peau d'orange alone", { signs: [seen('peau-d-orange')] }, 'none'],
])('%s', (_, facts, stage, patient = {}) => {
  const view = leadingOf(facts, patient)

  expect(view.stage).toBe(stage)
  expect(findingOf(view, `stage-${stage}`).verdict).toBe('present')
})

test.each<[Stage, Partial<Facts>]>([
  ['abscess', { problems: [abscessDx()] }],
  ['phlegmon', { results: [scan('phlegmon')] }],
  ['bacterial-mastitis', { problems: [mastitis(30)] }],
  ['inflammatory-mastitis', { problems: [mastitis()] }],
  ['blocked-duct', { problems: [problemSince('blocked-duct', daysAgo(2), left)] }],
  ['engorgement', { problems: [problemSince('engorgement', daysAgo(2), left)] }],
  ['none', {}],
])('of a breast at the stage %s no other stage is present', (stage, facts) => {
  const { findings } = leadingOf(facts)
  const held = stages.filter((each) => findings.get(`stage-${each}`)?.verdict === 'present')

  expect(held).toEqual([stage])
})

test.each<[string, Partial<Facts>, Stage, Stage, PatientGiven?]>([
  [
    'signs unread',
    { problems: [mastitis()], reads: unread('breastSigns') },
    'inflammatory-mastitis',
    'abscess',
  ],
  [
    'temperatures unread',
    { problems: [mastitis()], reads: unread('temperatures') },
    'inflammatory-mastitis',
    'bacterial-mastitis',
  ],
  [
    'medicines unread',
    { problems: [mastitis()], reads: unread('medicationRequests') },
    'inflammatory-mastitis',
    'bacterial-mastitis',
  ],
  ['conditions unread', { signs: inflamed, reads: unread('conditions') }, 'inflammatory-mastitis', 'abscess'],
  [
    'fluctuance charted as unknown',
    { signs: [...inflamed, seen('fluctuance', 2, { ...left, state: 'unknown' })] },
    'inflammatory-mastitis',
    'abscess',
  ],
  [
    'a temperature in a strange unit',
    {
      problems: [mastitis()],
      unreadable: [unreadable('temperature', 'temperature unit is not Cel or [degF]', { when: hoursAgo(1) })],
    },
    'inflammatory-mastitis',
    'bacterial-mastitis',
  ],
])('with %s the next row that holds is the stage, and the higher row stays open', (_, facts, stage, open) => {
  const view = leadingOf(facts)

  expect(view.stage).toBe(stage)
  expect(findingOf(view, `stage-${open}`).verdict).toBe('cannot-tell')
  expect(findingOf(view, `stage-${stage}`).verdict).toBe('present')
})

test.each<[string, Partial<Facts>, string]>([
  [
    'reports, orders and procedures',
    { problems: [mastitis()], reads: unread('reports', 'serviceRequests', 'procedures') },
    'absent',
  ],
  [
    'laboratory and allergies',
    { problems: [mastitis()], reads: unread('laboratory', 'allergies') },
    'absent',
  ],
])('%s that could not be read leave the abscess row absent', (_, facts, verdict) => {
  expect(verdictOf(facts, 'stage-abscess')).toBe(verdict)
})

test('a fever read before an unreadable temperature stands', () => {
  const facts = {
    problems: [mastitis()],
    measures: [temperature(38.8, 5)],
    unreadable: [unreadable('temperature', 'temperature has no unit', { when: at(now - 60_000) })],
  }

  expect(leadingOf(facts).stage).toBe('bacterial-mastitis')
})

test('a lactation status that could not be read leaves the blocked duct open', () => {
  const lactation = {
    status: 'unknown',
    because: 'not charted',
    evidence: [],
    unsettled: 'lactation status could not be read',
  } as const
  const view = leadingOf({ problems: [problemSince('blocked-duct', daysAgo(2), left)] }, { lactation })

  expect([view.stage, findingOf(view, 'stage-blocked-duct').because]).toEqual([
    'none',
    'lactation status could not be read',
  ])
})

test.each<[string, Partial<Facts>, string, PatientGiven?]>([
  ['24 h without an antibiotic', { problems: [mastitis(24)] }, 'present'],
  ['23 h', { problems: [mastitis(23)] }, 'absent'],
  [
    '23 h, fever 24 h apart',
    { problems: [mastitis(23)], measures: [temperature(38.0, 25), temperature(38.0, 1)] },
    'present',
  ],
  [
    '23 h, fever 23 h apart',
    { problems: [mastitis(23)], measures: [temperature(38.0, 24), temperature(38.0, 1)] },
    'absent',
  ],
  [
    '23 h, fever and no fever 24 h apart',
    { problems: [mastitis(23)], measures: [temperature(38.0, 25), temperature(37.9, 1)] },
    'absent',
  ],
  ['24 h with an antibiotic', { problems: [mastitis(24)], medicines: [antibiotic(hoursAgo(1))] }, 'absent'],
  [
    '24 h, medicines unread',
    { problems: [mastitis(24)], reads: unread('medicationRequests') },
    'cannot-tell',
  ],
])('no antibiotic: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'no-antibiotic-24h')).toBe(verdict)
})

test.each<[string, Partial<Facts>, string]>([
  ['a lump first recorded 14 days ago', { signs: [seen('lump', 14 * 24), seen('lump', 5)] }, 'absent'],
  ['a lump first recorded 15 days ago', { signs: [seen('lump', 15 * 24), seen('lump', 5)] }, 'present'],
  [
    'absent in between',
    { signs: [seen('lump', 15 * 24), seen('lump', 8 * 24, { ...left, state: 'absent' }), seen('lump', 5)] },
    'absent',
  ],
  [
    'absent since',
    { signs: [seen('lump', 15 * 24), seen('lump', 5, { ...left, state: 'absent' })] },
    'absent',
  ],
  ['recorded once, 29 days ago', { signs: [seen('lump', 29 * 24)] }, 'present'],
  ['recorded once, 31 days ago', { signs: [seen('lump', 31 * 24)] }, 'absent'],
  [
    'a blocked duct for 15 days',
    { problems: [problemSince('blocked-duct', daysAgo(15), left)], signs: [seen('breast-pain')] },
    'present',
  ],
  [
    'a blocked duct for 14 days',
    { problems: [problemSince('blocked-duct', daysAgo(14), left)], signs: [seen('breast-pain')] },
    'absent',
  ],
  ['a lump, signs unread', { reads: unread('breastSigns') }, 'cannot-tell'],
])('persistent lump: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'persistent-lump')).toBe(verdict)
})

test.each<[string, Partial<Facts>, string]>([
  ['mastitis', { problems: [mastitis()] }, 'present'],
  ['inflammation with fever', { signs: inflamed, measures: [temperature(38.0)] }, 'present'],
  ['inflammation without', { signs: inflamed, measures: [temperature(37.9)] }, 'absent'],
  ['fever without inflammation', { measures: [temperature(38.0)] }, 'absent'],
])('an infection explains the signs: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'infection-explains-signs')).toBe(verdict)
})
