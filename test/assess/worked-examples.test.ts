import { expect, test } from '@jest/globals'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { Stage } from '../../src/assess/stages.js'
import type { Response } from '../../src/assess/views.js'
import type { Facts, Medicine } from '../../src/facts/facts.js'
import {
  antibiotic,
  both,
  care,
  daysAgo,
  hoursAgo,
  left,
  measure,
  minutesAgo,
  now,
  onDay,
  order,
  problemSince,
  sign,
  temperature,
  ultrasoundResult,
} from './facts-of.js'
import { findingOf, leadingOf, presentIn, viewsOf, type PatientGiven } from './patient-view-of.js'

/** "O91.23 left with onset just before A1, baseline 39.0 °C" (clinical 8.1). */
const mastitis = (hours: number): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours + 1), left)],
  measures: [measure('temperature', 39.0, hoursAgo(hours))],
})

/** The same with dicloxacillin ordered that long ago, and more temperatures. */
const treated = (hours: number, given: Partial<Facts> = {}): Partial<Facts> => {
  const base = mastitis(hours)
  return {
    ...base,
    medicines: [antibiotic(hoursAgo(hours))],
    ...given,
    measures: [...(base.measures ?? []), ...(given.measures ?? [])],
  }
}

const redness = (hours: number) => sign('erythema', hoursAgo(hours), left)

const cefazolin = (hours: number, given: Partial<Medicine>): Medicine =>
  order('cefazolin', hoursAgo(hours), { cover: 'appropriate', reason: 'breast', ...given })
const cefazolinStopped = cefazolin(80, { status: 'stopped' })
const cefazolinDoses = Array.from({ length: 4 }, (_, dose) =>
  cefazolin(80 - dose * 8, {
    kind: 'administration',
    status: 'completed',
    singleInstant: true,
    source: `MedicationAdministration/${dose}`,
  }),
)
const lastDose = cefazolin(50, {
  kind: 'administration',
  status: 'completed',
  singleInstant: true,
  source: 'MedicationAdministration/last',
})
const cephalexin = (hours: number, given: Partial<Medicine> = {}): Medicine =>
  order('cephalexin', hoursAgo(hours), { cover: 'appropriate', reason: 'breast', ...given })

interface Expected {
  stage: Stage
  hoursAny: number
  hoursApt?: number
  response: Response
  present: readonly FindingName[]
  absent: readonly FindingName[]
}

const untreated = { hoursAny: 0, response: 'none' } as const

test.each<[number, string, Partial<Facts>, Expected, PatientGiven?]>([
  [
    1,
    '47 h, T 38.8, redness same',
    treated(47, { measures: [temperature(38.8, 1)], signs: [redness(46), redness(1)] }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 47,
      response: 'too-early',
      present: ['window-early'],
      absent: ['failed', 'response-worse', 'ibc-r1-to-r6', 'cover-48h', 'response-unknown'],
    },
  ],
  [
    2,
    '48 h 10 min, T taken at 46 h',
    treated(48 + 1 / 6, { measures: [temperature(38.8, 2 + 1 / 6)], signs: [redness(46), redness(1)] }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 48,
      response: 'not-improved',
      present: ['window-due', 'cover-48h', 'failed'],
      absent: ['ibc-r1-to-r6', 'ultrasound-since-failure', 'culture-ordered'],
    },
  ],
  [
    3,
    '73 h, T 2 h ago',
    treated(73, { measures: [temperature(38.8, 2)] }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 73,
      response: 'not-improved',
      present: ['window-late', 'failed', 'ibc-r3', 'ibc-r1-to-r5'],
      absent: ['ibc-r3-critical', 'ibc-r3b', 'ultrasound-without-abscess', 'ibc-without-infection'],
    },
  ],
  [
    4,
    '73 h, ultrasound 24 h ago "no collection"',
    treated(73, {
      measures: [temperature(38.8, 2)],
      results: [ultrasoundResult('normal', hoursAgo(24), left)],
    }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 73,
      response: 'not-improved',
      present: [
        'ibc-r3',
        'ibc-r3-critical',
        'ultrasound-without-abscess',
        'ultrasound-ordered',
        'ultrasound-since-failure',
        'failed',
      ],
      absent: ['culture-ordered', 'ultrasound-collection'],
    },
  ],
  [
    5,
    '73 h, ultrasound 24 h ago "abscess"',
    treated(73, {
      measures: [temperature(38.8, 2)],
      results: [ultrasoundResult('abscess', hoursAgo(24), left)],
    }),
    {
      stage: 'abscess',
      hoursAny: 73,
      response: 'not-improved',
      present: ['ultrasound-collection', 'stage-abscess'],
      absent: ['drained-since-ultrasound', 'ibc-r1-to-r6', 'drainage-ordered'],
    },
  ],
  [
    6,
    '96 h, nothing recorded since the start',
    treated(96),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 96,
      response: 'unknown',
      present: ['window-late', 'response-unknown'],
      absent: ['failed', 'ibc-r1-to-r6'],
    },
  ],
  [
    7,
    '96 h, T 36.8, redness recorded absent',
    treated(96, {
      measures: [temperature(36.8, 2)],
      signs: [redness(95), sign('erythema', hoursAgo(2), { ...left, state: 'absent' })],
    }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 96,
      response: 'improved',
      present: ['response-improved'],
      absent: ['failed', 'response-unknown', 'ibc-r1-to-r6'],
    },
  ],
  [
    8,
    '96 h, T 36.9, redness present without size or grade',
    treated(96, { measures: [temperature(36.9, 2)], signs: [redness(95), redness(2)] }),
    {
      stage: 'bacterial-mastitis',
      hoursAny: 96,
      response: 'improved',
      present: ['response-improved'],
      absent: ['failed', 'response-unknown', 'ibc-r1-to-r6'],
    },
  ],
  [
    9,
    'as 8, but never febrile and no pain score',
    {
      ...treated(96),
      measures: [temperature(37.2, 95), temperature(36.9, 2)],
      signs: [redness(95), redness(2)],
    },
    {
      stage: 'bacterial-mastitis',
      hoursAny: 96,
      response: 'unknown',
      present: ['response-unknown', 'window-late'],
      absent: ['failed', 'ibc-r1-to-r6'],
    },
  ],
  [
    10,
    '30 h of cephalexin, T 38.6 → 39.8, new lump',
    {
      problems: [problemSince('mastitis-lactational', hoursAgo(31), left)],
      medicines: [cephalexin(30)],
      measures: [temperature(38.6, 30), temperature(39.8, 1)],
      signs: [sign('lump', hoursAgo(1), { ...left, spreading: true })],
    },
    {
      stage: 'bacterial-mastitis',
      hoursAny: 30,
      response: 'worse',
      present: ['window-early', 'response-worse'],
      absent: ['failed', 'ibc-r1-to-r6', 'persistent-lump'],
    },
  ],
  [
    11,
    'antibiotic cancelled 5 days ago, onset 6 days ago, still febrile',
    {
      problems: [problemSince('mastitis-lactational', daysAgo(6), left)],
      medicines: [antibiotic(daysAgo(5), { status: 'other', noExposure: 'status' })],
      measures: [temperature(39.0, 144), temperature(38.7, 2)],
    },
    {
      stage: 'bacterial-mastitis',
      ...untreated,
      present: ['window-none', 'no-antibiotic-24h', 'stage-bacterial-mastitis'],
      absent: ['failed', 'ibc-r1-to-r6'],
    },
  ],
  [
    13,
    'amoxicillin alone, day 8 (192 h), T 38.6',
    {
      ...mastitis(192),
      medicines: [order('amoxicillin', hoursAgo(192), { cover: 'other', reason: 'breast' })],
      measures: [temperature(39.0, 192), temperature(38.6, 2)],
    },
    {
      stage: 'bacterial-mastitis',
      hoursAny: 192,
      hoursApt: 0,
      response: 'not-improved',
      present: ['ibc-r3b', 'failed', 'ibc-r1-to-r5'],
      absent: ['ibc-r3', 'ibc-r4', 'ultrasound-since-failure'],
    },
  ],
  [
    14,
    'cefazolin stopped without end, doses to 50 h ago, cephalexin since 48 h, T 38.4',
    {
      ...mastitis(80),
      medicines: [cefazolinStopped, ...cefazolinDoses, lastDose, cephalexin(48)],
      measures: [temperature(39.0, 80), temperature(38.4, 1)],
    },
    {
      stage: 'bacterial-mastitis',
      hoursAny: 80,
      hoursApt: 80,
      response: 'not-improved',
      present: ['ibc-r3', 'failed', 'window-late'],
      absent: ['ibc-r3-critical', 'ibc-r3b'],
    },
  ],
  [
    15,
    'as 14 without Administrations',
    {
      ...mastitis(80),
      medicines: [cefazolinStopped, cephalexin(48)],
      measures: [temperature(39.0, 80), temperature(38.4, 1)],
    },
    {
      stage: 'bacterial-mastitis',
      hoursAny: 80,
      hoursApt: 48,
      response: 'not-improved',
      present: ['failed', 'window-late'],
      absent: ['ibc-r1-to-r6'],
    },
  ],
  [
    16,
    "peau d'orange first recorded today, no DX, no antibiotic, afebrile",
    { signs: [sign('peau-d-orange', hoursAgo(3), left)], measures: [temperature(36.8, 3)] },
    {
      stage: 'none',
      ...untreated,
      present: ['ibc-r1', 'ibc-r1-to-r5', 'ibc-without-infection'],
      absent: ['ibc-r1-critical', 'ultrasound-ordered'],
    },
  ],
  [
    17,
    '"no peau d\'orange"',
    { signs: [sign('peau-d-orange', hoursAgo(3), { ...left, state: 'absent' })] },
    { stage: 'none', ...untreated, present: ['stage-none'], absent: ['ibc-r1-to-r6'] },
  ],
  [
    18,
    'left pain and swelling, T 39.0, nothing about redness, no DX, signs since 30 h',
    {
      signs: [sign('breast-pain', hoursAgo(30), left), sign('swelling', hoursAgo(30), left)],
      measures: [temperature(39.0, 2)],
    },
    {
      stage: 'bacterial-mastitis',
      ...untreated,
      present: ['window-none', 'no-antibiotic-24h', 'infection-explains-signs'],
      absent: ['driving-diagnosis', 'ibc-r1-to-r6', 'stage-phlegmon'],
    },
  ],
  [
    19,
    'day 3, both breasts swollen, not graded, T 37.6, no DX',
    { signs: [sign('swelling', hoursAgo(4), both)], measures: [temperature(37.6, 2)] },
    { stage: 'none', ...untreated, present: ['stage-none'], absent: ['ibc-r1-to-r6'] },
    { deliveredAt: now - 3 * 86_400_000 },
  ],
  [
    19,
    'the same graded moderate',
    {
      signs: [sign('swelling', hoursAgo(4), { ...both, grade: 'moderate' })],
      measures: [temperature(37.6, 2)],
    },
    {
      stage: 'engorgement',
      ...untreated,
      present: ['stage-engorgement'],
      absent: ['ibc-r1-to-r6'],
    },
    { deliveredAt: now - 3 * 86_400_000 },
  ],
  [
    20,
    'day 21, both breasts red and painful since this morning, T 38.6, no DX',
    {
      signs: [sign('erythema', hoursAgo(3), both), sign('breast-pain', hoursAgo(3), both)],
      measures: [temperature(38.6, 2)],
    },
    {
      stage: 'bacterial-mastitis',
      ...untreated,
      present: ['window-none'],
      absent: ['no-antibiotic-24h', 'recurrence', 'ibc-r1-to-r6', 'culture-ordered'],
    },
    { deliveredAt: now - 21 * 86_400_000 },
  ],
  [
    21,
    'onset today, T 101.3 °F',
    {
      problems: [problemSince('mastitis-lactational', hoursAgo(5), left)],
      measures: [measure('temperature', 38.5, minutesAgo(30))],
    },
    {
      stage: 'bacterial-mastitis',
      ...untreated,
      present: [],
      absent: ['no-antibiotic-24h', 'ibc-r1-to-r6'],
    },
  ],
  [
    22,
    'onset today, T 98.6 °F',
    {
      problems: [problemSince('mastitis-lactational', onDay('2026-03-03'), left)],
      measures: [measure('temperature', 37.0, minutesAgo(30))],
    },
    {
      stage: 'inflammatory-mastitis',
      ...untreated,
      present: [],
      absent: ['no-antibiotic-24h', 'ibc-r1-to-r6'],
    },
  ],
  [
    23,
    'O91.22 onset 20 h ago, ten days after a stillbirth',
    { problems: [problemSince('mastitis-lactational', hoursAgo(20))] },
    {
      stage: 'inflammatory-mastitis',
      ...untreated,
      present: ['driving-diagnosis'],
      absent: ['no-antibiotic-24h', 'ibc-r1-to-r6'],
    },
    { deliveredAt: now - 10 * 86_400_000, status: 'probable' },
  ],
  [
    24,
    'O91.23 active since 5 months ago, no sign, no antibiotic',
    { problems: [problemSince('mastitis-lactational', daysAgo(150), left)] },
    {
      stage: 'none',
      ...untreated,
      present: ['stage-none', 'window-none'],
      absent: ['driving-diagnosis', 'undated-diagnosis', 'ibc-r1-to-r6', 'recurrence'],
    },
  ],
  [
    25,
    'ultrasound 3 weeks ago BI-RADS 4, no biopsy, no referral, no inflammation',
    { results: [ultrasoundResult('suspicious', daysAgo(21), { ...left, birads: 4 })] },
    {
      stage: 'none',
      ...untreated,
      present: ['ibc-r6', 'ibc-r1-to-r6'],
      absent: ['ibc-r1-to-r5', 'biopsy-ordered'],
    },
  ],
  [
    26,
    'cephalexin 10 d ended 21 d ago, nothing between; new left O91.23 since 20 h, T 38.7',
    {
      problems: [problemSince('mastitis-lactational', hoursAgo(20), left)],
      medicines: [cephalexin(31 * 24, { status: 'completed', end: daysAgo(21) })],
      measures: [temperature(38.7, 2)],
    },
    {
      stage: 'bacterial-mastitis',
      ...untreated,
      present: ['recurrence', 'window-none'],
      absent: ['no-antibiotic-24h', 'ibc-r1-to-r6', 'ultrasound-ordered', 'culture-ordered'],
    },
  ],
])('clinical 8.1, example %i: %s', (_, __, facts, expected, patient = {}) => {
  const view = leadingOf(facts, patient)

  expect(view.stage).toBe(expected.stage)
  expect(Math.floor(view.cover.hoursAny)).toBe(expected.hoursAny)
  expect(Math.floor(view.cover.hoursApt)).toBe(expected.hoursApt ?? expected.hoursAny)
  expect(view.response).toBe(expected.response)
  expect(presentIn(view)).toEqual(expect.arrayContaining([...expected.present]))
  expect(presentIn(view).filter((name) => name.startsWith('stage-'))).toEqual([`stage-${expected.stage}`])
  for (const name of expected.absent) expect([name, findingOf(view, name).verdict]).toEqual([name, 'absent'])
})

test('clinical 8.1, example 12: a start known only as the date two days ago counts from the end of that day', () => {
  const at15 = now + 6 * 3_600_000
  const facts = {
    problems: [problemSince('mastitis-lactational', onDay('2026-03-01'), left)],
    medicines: [antibiotic(onDay('2026-03-01'))],
    measures: [
      temperature(39.0, 30),
      measure('temperature', 38.6, { earliest: at15 - 60_000, latest: at15 - 60_000 }),
    ],
  }
  const [view] = viewsOf(facts, {}, {}, at15)

  expect(view?.values.coverFor).toBe('39 h')
  expect(view?.stage).toBe('bacterial-mastitis')
  expect(view?.cover.window).toBe('early')
  expect(view?.findings.get('failed')?.verdict).toBe('absent')
})

test('clinical 8.1, example 23: the scan, the culture and the biopsy stay free when nothing is ordered', () => {
  const view = leadingOf({ problems: [problemSince('mastitis-lactational', hoursAgo(20))] })
  const ordered = leadingOf({
    problems: [problemSince('mastitis-lactational', hoursAgo(20))],
    care: [care('ultrasound', hoursAgo(1))],
  })

  expect(findingOf(view, 'ultrasound-ordered').verdict).toBe('absent')
  expect(findingOf(ordered, 'ultrasound-ordered').verdict).toBe('present')
})
