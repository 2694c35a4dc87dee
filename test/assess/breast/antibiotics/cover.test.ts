import { expect, test } from '@jest/globals'
import type { Facts, Medicine } from '../../../../src/facts/facts.js'
import {
  antibiotic,
  at,
  birth,
  daysAgo,
  hoursAgo,
  left,
  minutesAgo,
  now,
  onDay,
  order,
  problemSince,
  sign,
} from '../../facts-of.js'
import { leadingOf, type PatientGiven } from '../../patient-view-of.js'

/** Mastitis of that many hours, so that antibiotics from up to 72 h before it are looked at. */
const since = (hours: number): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours), left)],
})
const drug = (name: string, hours: number, given: Partial<Medicine> = {}): Medicine =>
  order(name, hoursAgo(hours), { cover: 'appropriate', reason: 'breast', ...given })
const dose = (name: string, hours: number, given: Partial<Medicine> = {}): Medicine =>
  drug(name, hours, {
    kind: 'administration',
    status: 'completed',
    singleInstant: true,
    source: `MedicationAdministration/${name}-${hours}`,
    ...given,
  })
const reported = (name: string, hours: number, given: Partial<Medicine> = {}): Medicine =>
  drug(name, hours, { kind: 'statement', source: `MedicationStatement/${name}`, ...given })
const end = (hours: number) => ({ end: hoursAgo(hours) })

test.each<[string, number, readonly Medicine[], number, number]>([
  // requests
  ['active order', 60, [drug('cephalexin', 50)], 50, 50],
  ['active order, at most 14 days', 400, [drug('cephalexin', 360)], 336, 336],
  ['active order with a recorded end', 60, [drug('cephalexin', 50, end(10))], 40, 40],
  ['active order with days of supply', 200, [drug('cephalexin', 150, { supplyDays: 5 })], 120, 120],
  [
    'completed order without an end: 10 days',
    320,
    [drug('cephalexin', 300, { status: 'completed' })],
    240,
    240,
  ],
  [
    'completed order begun 2 days ago covers until now',
    60,
    [drug('cephalexin', 48, { status: 'completed' })],
    48,
    48,
  ],
  ['stopped order with an end', 60, [drug('cephalexin', 50, { status: 'stopped', ...end(20) })], 30, 30],
  [
    'what a stopped order had supplied',
    60,
    [drug('cephalexin', 50, { status: 'stopped', supplyDays: 1 })],
    0,
    0,
  ],
  [
    'what a completed order had supplied',
    60,
    [drug('cephalexin', 50, { status: 'completed', supplyDays: 1 })],
    24,
    24,
  ],
  [
    'stopped order without an end and without successor',
    60,
    [drug('cephalexin', 50, { status: 'stopped' })],
    0,
    0,
  ],
  [
    'stopped order whose planned end is still to come has no end',
    60,
    [drug('cephalexin', 50, { status: 'stopped', end: at(now + 86_400_000) })],
    0,
    0,
  ],
  [
    'stopped order, successor 10 days later: only the first clock',
    320,
    [drug('cephalexin', 300, { status: 'stopped' }), drug('clindamycin', 60)],
    300,
    60,
  ],
  [
    'stopped order, successor later than 10 days',
    320,
    [drug('cephalexin', 301, { status: 'stopped' }), drug('clindamycin', 60, { source: 'x' })],
    60,
    60,
  ],
  [
    'stopped order, the same drug ordered anew',
    90,
    [
      drug('cephalexin', 80, { status: 'stopped' }),
      drug('cephalexin', 50, { source: 'MedicationRequest/again' }),
    ],
    80,
    50,
  ],
  ['order on hold', 60, [drug('cephalexin', 50, { status: 'on-hold', noExposure: 'status' })], 0, 0],
  ['planned order', 60, [drug('cephalexin', 50, { noExposure: 'intent' })], 0, 0],
  ['preventive order', 60, [drug('cephalexin', 50, { noExposure: 'prophylaxis' })], 0, 0],
  ['order for 24 h', 60, [drug('cephalexin', 50, { noExposure: 'short-order' })], 0, 0],
  ['order from tomorrow', 60, [order('cephalexin', at(now + 86_400_000), { cover: 'appropriate' })], 0, 0],
  // statements
  ['active statement', 60, [reported('cephalexin', 50)], 50, 50],
  [
    'completed statement with an end',
    60,
    [reported('cephalexin', 50, { status: 'completed', ...end(10) })],
    40,
    40,
  ],
  [
    'completed statement without an end: 10 days',
    320,
    [reported('cephalexin', 300, { status: 'completed' })],
    240,
    240,
  ],
  ['stopped statement', 60, [reported('cephalexin', 50, { status: 'stopped', ...end(10) })], 0, 0],
  // administrations
  ['infusion with a period', 60, [dose('cefazolin', 50, { singleInstant: false, ...end(20) })], 30, 30],
  [
    'infusion in progress',
    60,
    [dose('cefazolin', 50, { singleInstant: false, status: 'in-progress' })],
    50,
    50,
  ],
  ['two doses 24 h apart cover 48 h', 60, [dose('cefazolin', 50), dose('cefazolin', 26)], 48, 48],
  [
    'two doses 48 h apart: the gap of 24 h counts as covered',
    60,
    [dose('cefazolin', 55), dose('cefazolin', 7)],
    55,
    55,
  ],
  ['two doses 49 h apart stand alone each', 60, [dose('cefazolin', 56), dose('cefazolin', 7)], 0, 0],
  ['a single dose', 60, [dose('cefazolin', 50)], 0, 0],
  ['a single dose beside an order', 60, [dose('ceftriaxone', 50), drug('cephalexin', 26)], 50, 50],
  ['a dose not given', 60, [dose('cefazolin', 50, { status: 'other', noExposure: 'status' })], 0, 0],
  // corrected starts
  ['first dose 72 h after the order', 100, [drug('cefazolin', 90), dose('cefazolin', 18)], 18, 18],
  [
    'first dose later than 72 h does not correct',
    100,
    [drug('cefazolin', 90), dose('cefazolin', 17)],
    90,
    90,
  ],
  ['first dose 24 h before the order', 100, [drug('cefazolin', 50), dose('cefazolin', 74)], 74, 74],
  [
    'a dose of another drug corrects nothing',
    100,
    [drug('cefazolin', 50), dose('gentamicin', 40, { cover: 'other' })],
    50,
    50,
  ],
  // union and gaps
  ['overlaps count once', 60, [drug('cephalexin', 50), drug('clindamycin', 40)], 50, 50],
  ['a gap of 24 h counts as covered', 60, [drug('cephalexin', 58, end(48)), drug('clindamycin', 24)], 58, 58],
  [
    'a longer gap does not, the stretches add',
    60,
    [drug('cephalexin', 58, end(49)), drug('clindamycin', 24)],
    33,
    33,
  ],
  ['a switch restarts no clock', 100, [drug('dicloxacillin', 90, end(40)), drug('clindamycin', 40)], 90, 90],
  // the other clock
  ['another antibiotic runs the first clock only', 100, [drug('amoxicillin', 90, { cover: 'other' })], 90, 0],
  [
    'then an appropriate one',
    100,
    [drug('amoxicillin', 90, { cover: 'other' }), drug('cephalexin', 40)],
    90,
    40,
  ],
  ['an antibiotic that we do not know', 60, [drug('cephalexin', 50, { cover: 'unknown' })], 0, 0],
  ['not given', 60, [drug('cephalexin', 50, { noExposure: 'not-given' })], 0, 0],
  ['not counted', 60, [drug('nitrofurantoin', 50, { cover: 'not-counted' })], 0, 0],
  ['no antibiotic', 60, [drug('ibuprofen', 50, { cover: 'none' })], 0, 0],
  // the episode
  ['72 h before the episode', 18, [drug('cephalexin', 90)], 90, 90],
  ['earlier than that', 18, [drug('cephalexin', 91)], 0, 0],
])('hours of cover: %s', (_, episode, medicines, any, apt) => {
  const { cover } = leadingOf({ ...since(episode), medicines })

  expect([cover.hoursAny, cover.hoursApt].map((hours) => Math.round(hours * 1000) / 1000)).toEqual([any, apt])
})

test.each<[string, Medicine, number]>([
  ['the date of yesterday counts from its end', drug('cephalexin', 0, { start: onDay('2026-03-02') }), 9],
  ['the date of today counts from now', drug('cephalexin', 0, { start: onDay('2026-03-03') }), 0],
])('a partial start: %s', (_, medicine, hours) => {
  const { cover } = leadingOf({ ...since(60), medicines: [medicine] })

  expect(Math.floor(cover.hoursAny)).toBe(hours)
  expect(cover.window).toBe('early')
})

test.each<[string, Medicine, PatientGiven, number]>([
  [
    '24 h after delivery without a reason',
    drug('cefazolin', 50, { reason: 'none' }),
    { deliveredAt: now - 74 * 3_600_000 },
    0,
  ],
  [
    '25 h after delivery without a reason',
    drug('cefazolin', 50, { reason: 'none' }),
    { deliveredAt: now - 75 * 3_600_000 },
    50,
  ],
  ['24 h after delivery for the breast', drug('cefazolin', 50), { deliveredAt: now - 74 * 3_600_000 }, 50],
  [
    'before delivery without a reason',
    drug('cefazolin', 50, { reason: 'none' }),
    { deliveredAt: now - 40 * 3_600_000 },
    0,
  ],
])('antibiotics around delivery: %s', (_, medicine, patient, hours) => {
  expect(leadingOf({ ...since(60), medicines: [medicine] }, patient).cover.hoursAny).toBe(hours)
})

test.each<[string, number, string]>([
  ['a moment ago', 0, 'early'],
  ['47 h 59 min', 47 * 60 + 59, 'early'],
  ['48 h 0 min', 48 * 60, 'due'],
  ['71 h 59 min', 71 * 60 + 59, 'due'],
  ['72 h 0 min', 72 * 60, 'late'],
])('the window at %s is %s', (_, minutes, window) => {
  const view = leadingOf({ ...since(80), medicines: [antibiotic(minutesAgo(minutes))] })

  expect(view.cover.window).toBe(window)
  const present = ['none', 'early', 'due', 'late'].filter(
    (name) => view.findings.get(`window-${name}`)?.verdict === 'present',
  )
  expect(present).toEqual([window])
  expect(view.findings.get('cover-48h')?.verdict).toBe(minutes >= 48 * 60 ? 'present' : 'absent')
})

test('cover names the first drug and the moment it began', () => {
  const { cover, values } = leadingOf({
    ...since(80),
    medicines: [drug('clindamycin', 20), drug('dicloxacillin', 70, end(20))],
  })

  expect([cover.firstDrug, cover.firstAny, cover.coversNow]).toEqual([
    'dicloxacillin',
    now - 70 * 3_600_000,
    true,
  ])
  expect([values.course, values.aptCourse]).toEqual(['70 h of dicloxacillin', '70 h of dicloxacillin'])
})

test('cover that ended does not cover now', () => {
  expect(leadingOf({ ...since(80), medicines: [drug('cephalexin', 70, end(10))] }).cover.coversNow).toBe(
    false,
  )
})

test('the order of the medicines in the chart changes nothing', () => {
  const medicines = [
    drug('cefazolin', 80, { status: 'stopped' }),
    dose('cefazolin', 80),
    dose('cefazolin', 72),
    drug('cephalexin', 48),
  ]
  const hours = [medicines, [...medicines].reverse()].map(
    (list) => leadingOf({ ...since(81), medicines: list }).cover.hoursApt,
  )

  expect(hours[0]).toBe(hours[1])
})

test('an antibiotic for the breast begins an episode when nothing else does', () => {
  const view = leadingOf({ medicines: [drug('cephalexin', 50)], births: [birth('delivery', daysAgo(30))] })

  expect([view.episodeStart, view.cover.window, view.stage]).toEqual([now - 50 * 3_600_000, 'due', 'none'])
})

test('an antibiotic without a reason does not', () => {
  const view = leadingOf({ medicines: [drug('cephalexin', 50, { reason: 'none' })] })

  expect([view.episodeStart, view.cover.window]).toEqual([undefined, 'none'])
})

test('the earliest sign of the last 14 days begins an episode without a diagnosis', () => {
  const view = leadingOf({
    signs: [
      sign('erythema', daysAgo(15), left),
      sign('erythema', daysAgo(14), left),
      sign('breast-pain', hoursAgo(2), left),
    ],
  })

  expect(view.episodeStart).toBe(daysAgo(14).earliest)
})

test('a cracked nipple begins no episode', () => {
  expect(leadingOf({ signs: [sign('nipple-fissure', daysAgo(3), left)] }).episodeStart).toBeUndefined()
})
