import { expect, test } from '@jest/globals'
import type { Facts, Medicine, PatientFacts } from '../../src/facts/facts.js'
import { assessed, leadingScope, verdictOn, type Row } from './assessed.js'
import {
  antibiotic,
  at,
  biopsyResult,
  birth,
  both,
  care,
  culture,
  daysAgo,
  done,
  draft,
  hoursAgo,
  left,
  measure,
  medicineDraft,
  minutesAgo,
  now,
  order,
  problem,
  problemSince,
  right,
  seen,
  sign,
  statement,
  temperature,
  ultrasoundResult,
  unread,
  unreadable,
} from './facts-of.js'

const pulse = (value: number, minutes: number) => measure('heart-rate', value, minutesAgo(minutes))
const hot = (value: number, minutes: number) => measure('temperature', value, minutesAgo(minutes))
const mastitis = (hours: number) => problemSince('mastitis-lactational', hoursAgo(hours), left)
const biopsy = (hours: number) => biopsyResult('benign', hoursAgo(hours))
const infusion = (hours: number): Medicine =>
  antibiotic(hoursAgo(hours), {
    kind: 'administration',
    status: 'in-progress',
    source: 'MedicationAdministration/1',
  })
const clindamycin = (hours: number): Medicine =>
  order('clindamycin', hoursAgo(hours), { cover: 'appropriate', mrsa: 'by-result', reason: 'breast' })
const susceptible = (hours: number) =>
  culture(hoursAgo(hours), { ...left, susceptibilities: [{ ingredient: 'clindamycin', verdict: 'S' }] })
const given = (name: string, hours: number, rest: Partial<Medicine> = {}): Medicine =>
  order(name, hoursAgo(hours), {
    cover: 'other',
    kind: 'administration',
    status: 'completed',
    singleInstant: true,
    source: `MedicationAdministration/${name}-${hours}`,
    reason: 'breast',
    ...rest,
  })
const period = (hours: number): Partial<Medicine> => ({ singleInstant: false, end: hoursAgo(hours) })
const amoxicillin = order('amoxicillin', hoursAgo(100), {
  cover: 'other',
  status: 'stopped',
  reason: 'breast',
})
const mrsa = problemSince('mrsa', daysAgo(100))

test.each<Row>([
  // the sepsis screen: both criteria must be met twice, each by its own limit
  [
    'a fever and a fast pulse, each once',
    { measures: [hot(38.5, 10), hot(37, 40), pulse(118, 10), pulse(80, 40)] },
    'unspecified',
    'sepsis-critical',
    'absent',
  ],
  [
    'the fever twice, the pulse once',
    { measures: [hot(38.5, 10), hot(38.5, 40), pulse(118, 10), pulse(80, 40)] },
    'unspecified',
    'sepsis-critical',
    'absent',
  ],
  [
    'both twice',
    { measures: [hot(38.5, 10), hot(38.5, 40), pulse(118, 10), pulse(118, 40)] },
    'unspecified',
    'sepsis-critical',
    'present',
  ],
  [
    'the fever twice long ago, with the pulse once now',
    { measures: [hot(38.5, 600), hot(38.5, 570), hot(38.5, 10), pulse(118, 10)] },
    'unspecified',
    'sepsis-critical',
    'absent',
  ],
  [
    'a fever, and a newer temperature that could not be read: one criterion at most',
    {
      measures: [hot(38.5, 60)],
      unreadable: [unreadable('temperature', 'no unit', { when: minutesAgo(10) })],
    },
    'unspecified',
    'sepsis-critical',
    'absent',
  ],
  // lactation
  [
    'a statement that could not be read, of the moment of the one that decides',
    {
      lactation: [statement('yes', hoursAgo(5))],
      unreadable: [unreadable('lactation', 'value could not be read', { when: hoursAgo(5) })],
    },
    'unspecified',
    'probably-lactating',
    'absent',
  ],
  [
    'a minute later',
    {
      lactation: [statement('yes', hoursAgo(5))],
      unreadable: [unreadable('lactation', 'value could not be read', { when: minutesAgo(299) })],
    },
    'unspecified',
    'probably-lactating',
    'cannot-tell',
  ],
  [
    '"no" at the moment of a diagnosis that speaks of lactation',
    {
      lactation: [statement('no', daysAgo(5))],
      problems: [problemSince('mastitis-lactational', daysAgo(5))],
    },
    'unspecified',
    'not-lactating',
    'present',
  ],
  [
    'a minute before it',
    {
      lactation: [statement('no', at(now - 5 * 86_400_000 - 60_000))],
      problems: [problemSince('mastitis-lactational', daysAgo(5))],
    },
    'unspecified',
    'not-lactating',
    'absent',
  ],
  [
    'the newest condition of lactation, wherever it stands, after one of weaning',
    {
      problems: [
        problemSince('lactation-condition', daysAgo(5)),
        problemSince('lactation-condition', daysAgo(60)),
        problemSince('weaned', daysAgo(20)),
      ],
    },
    'unspecified',
    'lactating',
    'present',
  ],
  [
    'the same in the other order',
    {
      problems: [
        problemSince('lactation-condition', daysAgo(60)),
        problemSince('lactation-condition', daysAgo(5)),
        problemSince('weaned', daysAgo(20)),
      ],
    },
    'unspecified',
    'lactating',
    'present',
  ],
  [
    'a medicine ordered for tomorrow that could partly be read is no reason for care',
    {
      medicines: [order('cephalexin', hoursAgo(-24))],
      unreadable: [
        unreadable('medicine', 'dose could not be read', { source: 'MedicationRequest/cephalexin' }),
      ],
    },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'one stated for tomorrow does not count, so what could not be read of it is a doubt',
    {
      medicines: [order('cephalexin', hoursAgo(-24), { kind: 'statement', source: 'MedicationStatement/1' })],
      unreadable: [unreadable('medicine', 'dose could not be read', { source: 'MedicationStatement/1' })],
    },
    'unspecified',
    'milk-caution-row',
    'cannot-tell',
  ],
  // diagnoses, orders and results
  [
    'mastitis that could not be read, of 14 days ago',
    { unreadable: [unreadable('mastitis-nos', 'status could not be read', { when: daysAgo(14) })] },
    'unspecified',
    'driving-diagnosis',
    'cannot-tell',
  ],
  [
    'of 15 days ago',
    { unreadable: [unreadable('mastitis-nos', 'status could not be read', { when: daysAgo(15) })] },
    'unspecified',
    'driving-diagnosis',
    'absent',
  ],
  [
    'a diagnosis that is also of another kind is a breast diagnosis',
    { problems: [problemSince(['mastitis-nos', 'prolactinoma'], hoursAgo(5), left)] },
    'left',
    'stage-inflammatory-mastitis',
    'present',
  ],
  [
    'a biopsy 72 h before the illness',
    { problems: [mastitis(20)], results: [biopsy(92)] },
    'left',
    'biopsy-benign',
    'present',
  ],
  ['73 h before it', { problems: [mastitis(20)], results: [biopsy(93)] }, 'left', 'biopsy-benign', 'absent'],
  [
    'a referral of the moment of the imaging answers it',
    {
      lactation: [statement('yes', hoursAgo(1))],
      results: [ultrasoundResult('suspicious', hoursAgo(9), { ...left, birads: 5 })],
      care: [care('referral', hoursAgo(9), left)],
    },
    'left',
    'ibc-r6',
    'absent',
  ],
  [
    'a minute before it does not',
    {
      lactation: [statement('yes', hoursAgo(1))],
      results: [ultrasoundResult('suspicious', hoursAgo(9), { ...left, birads: 5 })],
      care: [care('referral', minutesAgo(541), left)],
    },
    'left',
    'ibc-r6',
    'present',
  ],
  [
    'an ultrasound of the moment of the drainage was not done since',
    {
      problems: [mastitis(100)],
      care: [care('drainage', hoursAgo(71), { ...done, ...left })],
      results: [ultrasoundResult('collection', hoursAgo(71), left)],
      measures: [measure('pain', 8, hoursAgo(3), left)],
    },
    'left',
    'after-drainage-not-better',
    'present',
  ],
  [
    'a minute later it was',
    {
      problems: [mastitis(100)],
      care: [care('drainage', hoursAgo(71), { ...done, ...left })],
      results: [ultrasoundResult('collection', minutesAgo(71 * 60 - 1), left)],
      measures: [measure('pain', 8, hoursAgo(3), left)],
    },
    'left',
    'after-drainage-not-better',
    'absent',
  ],
  // MRSA
  [
    'MRSA and an order whose assumed end is now',
    { problems: [mastitis(336), mrsa], medicines: [antibiotic(hoursAgo(336))] },
    'left',
    'cover-may-miss-mrsa',
    'present',
  ],
  [
    'a minute later it covers no more',
    { problems: [mastitis(337), mrsa], medicines: [antibiotic(minutesAgo(336 * 60 + 1))] },
    'left',
    'cover-may-miss-mrsa',
    'absent',
  ],
  [
    'susceptible by a culture 30 days old',
    { problems: [mastitis(20), mrsa], medicines: [clindamycin(20)], results: [susceptible(720)] },
    'left',
    'clindamycin-untested',
    'absent',
  ],
  [
    'susceptible by a culture 31 days old',
    { problems: [mastitis(20), mrsa], medicines: [clindamycin(20)], results: [susceptible(744)] },
    'left',
    'clindamycin-untested',
    'present',
  ],
  [
    'susceptible by an older culture of a longer illness',
    {
      problems: [mastitis(1000), mrsa],
      medicines: [{ ...clindamycin(990), supplyDays: 60 }],
      results: [susceptible(980)],
    },
    'left',
    'clindamycin-untested',
    'absent',
  ],
  [
    'a culture 72 h before the illness, resistant to what she gets',
    {
      problems: [mastitis(20)],
      medicines: [antibiotic(hoursAgo(20))],
      results: [
        culture(hoursAgo(92), { ...left, susceptibilities: [{ ingredient: 'dicloxacillin', verdict: 'R' }] }),
      ],
    },
    'left',
    'cover-may-miss-mrsa',
    'present',
  ],
  [
    '73 h before it',
    {
      problems: [mastitis(20)],
      medicines: [antibiotic(hoursAgo(20))],
      results: [
        culture(hoursAgo(93), { ...left, susceptibilities: [{ ingredient: 'dicloxacillin', verdict: 'R' }] }),
      ],
    },
    'left',
    'cover-may-miss-mrsa',
    'absent',
  ],
  [
    'a drug of two ingredients of which one is reported is tested',
    {
      problems: [mastitis(20), mrsa],
      medicines: [{ ...clindamycin(20), ingredients: ['trimethoprim', 'clindamycin'] }],
      results: [
        culture(hoursAgo(10), { ...left, susceptibilities: [{ ingredient: 'clindamycin', verdict: 'I' }] }),
      ],
    },
    'left',
    'clindamycin-untested',
    'absent',
  ],
  [
    'and resistant in one of the two it is resistant',
    {
      problems: [mastitis(20)],
      medicines: [{ ...clindamycin(20), ingredients: ['trimethoprim', 'clindamycin'] }],
      results: [
        culture(hoursAgo(10), { ...left, susceptibilities: [{ ingredient: 'clindamycin', verdict: 'R' }] }),
      ],
    },
    'left',
    'cover-may-miss-mrsa',
    'present',
  ],
  // the course
  [
    'a baseline of 72 h before the antibiotic',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(100))],
      measures: [measure('pain', 8, hoursAgo(172), left), measure('pain', 6, hoursAgo(1), left)],
    },
    'left',
    'response-improved',
    'present',
  ],
  [
    'one of 73 h before it is none',
    {
      problems: [mastitis(100)],
      medicines: [antibiotic(hoursAgo(100))],
      measures: [measure('pain', 8, hoursAgo(173), left), measure('pain', 6, hoursAgo(1), left)],
    },
    'left',
    'response-improved',
    'absent',
  ],
  [
    'as many hours of appropriate as of any cover, but from a later start: judged from that start',
    {
      problems: [mastitis(130)],
      medicines: [
        order('doxycycline', hoursAgo(200), { cover: 'other', status: 'stopped', end: hoursAgo(200) }),
        antibiotic(hoursAgo(100)),
      ],
      measures: [
        measure('pain', 8, hoursAgo(199), left),
        measure('pain', 4, hoursAgo(120), left),
        measure('pain', 6, hoursAgo(1), left),
      ],
    },
    'left',
    'ibc-r3',
    'present',
  ],
  [
    'late on an infusion, orders unread: what is known of the response stands',
    {
      reads: unread('medicationRequests'),
      problems: [mastitis(80)],
      medicines: [infusion(80)],
      measures: [temperature(39, 80), temperature(38.5, 1)],
    },
    'left',
    'response-worse',
    'absent',
  ],
  [
    'not yet late, more cover could change it',
    {
      reads: unread('medicationRequests'),
      problems: [mastitis(60)],
      medicines: [infusion(60)],
      measures: [temperature(39, 60), temperature(38.5, 1)],
    },
    'left',
    'response-worse',
    'cannot-tell',
  ],
  [
    'worse before the benign biopsy, better in something after it',
    {
      problems: [mastitis(130)],
      medicines: [antibiotic(hoursAgo(120))],
      measures: [
        temperature(38, 125),
        temperature(39, 6),
        measure('pain', 8, hoursAgo(125), left),
        measure('pain', 2, hoursAgo(1), left),
      ],
      results: [biopsy(3)],
    },
    'left',
    'biopsy-benign',
    'present',
  ],
  [
    'worse before the benign biopsy and again after it',
    {
      problems: [mastitis(130)],
      medicines: [antibiotic(hoursAgo(120))],
      measures: [
        temperature(38, 125),
        temperature(39, 6),
        measure('pain', 2, hoursAgo(125), left),
        measure('pain', 8, hoursAgo(1), left),
      ],
      results: [biopsy(3)],
    },
    'left',
    'biopsy-benign',
    'absent',
  ],
  [
    'three fever values, the first and the last 24 h apart',
    { measures: [temperature(38.5, 72), temperature(38.6, 60), temperature(38.5, 48)] },
    'unspecified',
    'no-antibiotic-24h',
    'present',
  ],
  [
    'fever values a day apart, and none now',
    { measures: [temperature(38.5, 72), temperature(38.6, 40), temperature(37, 1)] },
    'unspecified',
    'no-antibiotic-24h',
    'present',
  ],
  [
    'fever in words, temperatures unread',
    {
      reads: unread('temperatures'),
      signs: [seen('breast-pain', 5), seen('erythema', 5), seen('fever-finding', 3)],
    },
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  // what ends, begins or belongs to an illness
  [
    'a sign of the moment the earlier cover ended is of the earlier illness',
    {
      signs: [seen('axillary-node', 9), seen('warmth', 288)],
      medicines: [antibiotic(daysAgo(13), { status: 'stopped', end: daysAgo(12), reason: 'other' })],
    },
    'left',
    'recurrence',
    'present',
  ],
  [
    'cover of this illness, of which the start is known as a month, is no earlier one',
    {
      problems: [
        problem('mastitis-nos', {
          ...left,
          when: { earliest: now - 25 * 86_400_000, latest: now + 86_400_000 },
        }),
      ],
      signs: [seen('lump', 240)],
      medicines: [antibiotic(daysAgo(20), { status: 'stopped', end: daysAgo(18) })],
    },
    'left',
    'recurrence',
    'absent',
  ],
  // signs
  [
    'pain of that side is over, pain without side is not',
    {
      measures: [temperature(38.5, 1)],
      signs: [seen('breast-pain', 80), sign('breast-pain', hoursAgo(1)), seen('nipple-fissure', 1)],
    },
    'left',
    'stage-bacterial-mastitis',
    'absent',
  ],
  [
    'pain of that side now',
    { measures: [temperature(38.5, 1)], signs: [seen('breast-pain', 72), seen('nipple-fissure', 1)] },
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  [
    'fullness of one breast, signs of the other in doubt',
    {
      births: [birth('living-infant', daysAgo(3))],
      signs: [
        seen('swelling', 3, { ...right, grade: 'moderate' }),
        seen('fluctuance', 3, { state: 'unknown' }),
      ],
    },
    'right',
    'stage-engorgement',
    'cannot-tell',
  ],
  [
    'redness that stands beside a pain score in one observation',
    {
      measures: [measure('pain', 7, hoursAgo(2), { ...left, source: 'Observation/x' })],
      signs: [seen('erythema', 2, { source: 'Observation/x' })],
    },
    'left',
    'stage-inflammatory-mastitis',
    'present',
  ],
  [
    'a breast cancer without a date, and bloody discharge of 8 days',
    {
      problems: [problem('breast-cancer', left)],
      signs: [seen('bloody-discharge', 192), seen('bloody-discharge', 1)],
    },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'a share of a third 72 h ago',
    { signs: [seen('erythema', 72, { share: 0.33 }), seen('nipple-retraction', 239)] },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'a draft for prevention is no antibiotic being ordered',
    {
      signs: [seen('peau-d-orange', 167)],
      medicines: [antibiotic(hoursAgo(57), { reason: 'none' })],
      drafts: [medicineDraft({ cover: 'appropriate', noExposure: 'prophylaxis' })],
    },
    'left',
    'ibc-r1-critical',
    'absent',
  ],
  [
    'a review of both breasts and a draft of none',
    { signs: [seen('lump', 3, both)], drafts: [draft()] },
    'left',
    'draft-antibiotic',
    'absent',
  ],
  [
    'a pressure that could not be read, of no date',
    {
      births: [birth('living-infant', daysAgo(4))],
      drafts: [medicineDraft({ sets: ['bromocriptine'] })],
      unreadable: [unreadable('systolic', 'time could not be read')],
    },
    'unspecified',
    'draft-suppressant-unsafe',
    'cannot-tell',
  ],
  [
    'mastitis of which only the recording is dated, 91 days ago, is no source',
    { problems: [problem('mastitis-nos', { ...left, when: daysAgo(91), recorded: daysAgo(91) })] },
    'left',
    'breast-source-old',
    'absent',
  ],
  [
    'fever and a redness in doubt on the one breast without side are no fever of both',
    {
      measures: [temperature(38.4, 3)],
      unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(5) })],
    },
    'unspecified',
    'both-breasts-febrile',
    'absent',
  ],
  [
    'a pain score that names no breast begins no illness',
    { measures: [measure('pain', 7, hoursAgo(30))] },
    'unspecified',
    'no-antibiotic-24h',
    'absent',
  ],
  [
    'one that names the breast does',
    { measures: [measure('pain', 7, hoursAgo(30), { aboutBreast: true })] },
    'unspecified',
    'no-antibiotic-24h',
    'present',
  ],
  [
    'a resistant culture before any antibiotic is no MRSA',
    {
      reads: unread('medicationRequests'),
      results: [
        culture(hoursAgo(60), { ...left, susceptibilities: [{ ingredient: 'dicloxacillin', verdict: 'R' }] }),
      ],
      problems: [mastitis(5)],
    },
    'left',
    'cover-may-miss-mrsa',
    'absent',
  ],
  [
    'retraction of the other breast recorded absent',
    {
      signs: [
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 11),
        seen('nipple-retraction', 48),
        seen('nipple-retraction', 5, { ...right, state: 'absent' }),
      ],
    },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'a culture of between two records that the earlier illness was over belongs to neither',
    {
      problems: [mastitis(960)],
      signs: [
        seen('erythema', 920),
        seen('erythema', 480, { state: 'absent' }),
        seen('lump', 920),
        seen('lump', 240, { state: 'absent' }),
        seen('breast-pain', 360),
        seen('breast-pain', 20),
      ],
      medicines: [
        antibiotic(daysAgo(40), { end: daysAgo(30) }),
        order('cephalexin', daysAgo(5), { cover: 'appropriate', reason: 'breast' }),
      ],
      results: [culture(hoursAgo(300), left)],
    },
    'left',
    'culture-ordered',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test.each<[string, Partial<Facts>, string]>([
  [
    'a stopped order that ends now',
    {
      problems: [mastitis(60)],
      medicines: [antibiotic(hoursAgo(50), { status: 'stopped', end: hoursAgo(0) })],
    },
    '50',
  ],
  [
    'two stopped orders written at one moment run to the next',
    {
      problems: [mastitis(60)],
      medicines: [
        antibiotic(hoursAgo(50), { status: 'stopped', source: 'MedicationRequest/a' }),
        antibiotic(hoursAgo(50), { status: 'stopped', source: 'MedicationRequest/b' }),
        order('cephalexin', hoursAgo(20), { cover: 'appropriate', end: hoursAgo(10) }),
      ],
    },
    '40',
  ],
  [
    'the illness begins after the last record that the earlier one was over',
    {
      problems: [mastitis(960)],
      signs: [
        seen('erythema', 920),
        seen('erythema', 480, { state: 'absent' }),
        seen('lump', 920),
        seen('lump', 240, { state: 'absent' }),
        seen('breast-pain', 360),
        seen('breast-pain', 20),
      ],
      medicines: [
        antibiotic(daysAgo(40), { end: daysAgo(30) }),
        order('cephalexin', daysAgo(5), { cover: 'appropriate', reason: 'breast' }),
      ],
    },
    '120',
  ],
  [
    'of a stopped order and the active one written with it, the stopped runs to the next',
    {
      problems: [mastitis(60)],
      medicines: [
        antibiotic(hoursAgo(50), { status: 'stopped', source: 'MedicationRequest/a' }),
        antibiotic(hoursAgo(50), { source: 'MedicationRequest/b', end: hoursAgo(49) }),
        order('cephalexin', hoursAgo(20), { cover: 'appropriate', end: hoursAgo(10) }),
      ],
    },
    '40',
  ],
  [
    'a stopped order does not run to a later dose of the same drug',
    {
      problems: [mastitis(110)],
      medicines: [amoxicillin, given('amoxicillin', 100), given('amoxicillin', 20, period(19))],
    },
    '25',
  ],
  [
    'nor to one of the same drug with another',
    {
      problems: [mastitis(110)],
      medicines: [
        amoxicillin,
        given('amoxicillin', 100),
        given('amoxicillin', 20, { ...period(19), ingredients: ['amoxicillin', 'clavulanate'] }),
      ],
    },
    '25',
  ],
  [
    'nor to one of another drug at the moment it was written, but to the next',
    {
      problems: [mastitis(110)],
      medicines: [amoxicillin, given('doxycycline', 100, period(99)), given('doxycycline', 50, period(49))],
    },
    '51',
  ],
  [
    'of two successors the earlier ends it',
    {
      problems: [mastitis(110)],
      medicines: [
        amoxicillin,
        order('doxycycline', hoursAgo(90), { cover: 'other', end: hoursAgo(89) }),
        given('clindamycin', 30, period(29)),
      ],
    },
    '12',
  ],
  [
    'a dose 24 h before an order for one day is its start',
    {
      problems: [mastitis(70)],
      medicines: [
        order('doxycycline', hoursAgo(40), { cover: 'other', supplyDays: 1 }),
        given('doxycycline', 64, period(63)),
      ],
    },
    '24',
  ],
  [
    'of the doses of two ingredients the earlier is the start of an order for one day',
    {
      problems: [mastitis(90)],
      medicines: [
        order('amoxicillin', hoursAgo(50), {
          cover: 'other',
          ingredients: ['amoxicillin', 'clavulanate'],
          supplyDays: 1,
        }),
        given('clavulanate', 60, period(59)),
        given('amoxicillin', 55, period(54)),
      ],
    },
    '24',
  ],
])('%s', (_, facts, hours) => {
  expect(leadingScope(facts).values.coverFor).toBe(
    Number(hours) < 96 ? `${hours} h` : `${Number(hours) / 24} days`,
  )
})

test('the age is reached at the moment of the birthday', () => {
  const moment = Date.parse('2016-03-03T09:00:00Z')
  const patient: PatientFacts = { source: 'Patient/p', gender: 'female', deceased: false, birth: at(moment) }

  expect(assessed({ patient }).inScope.verdict).toBe('present')
  expect(assessed({ patient: { ...patient, birth: at(moment + 1) } }).inScope.verdict).toBe('absent')
})

test('a name of 30 characters is printed whole, a longer one is cut', () => {
  const named = (name: string) =>
    leadingScope({ drafts: [medicineDraft({ ingredients: [name] })] }).values.drug

  expect(named('a'.repeat(30))).toBe(`A${'a'.repeat(29)}`)
  expect(named('a'.repeat(31))).toBe(`A${'a'.repeat(28)}…`)
  expect(named(`${'a'.repeat(28)} ${'b'.repeat(9)}`)).toBe(`A${'a'.repeat(27)}…`)
})

/** A chart in which many facts are of one instant, and the same in the other order. */
test('the order of the chart decides nothing, not even the order of the evidence', () => {
  const facts: Partial<Facts> = {
    problems: [
      mastitis(60),
      problemSince('mastitis-nos', hoursAgo(60), { ...left, source: 'Condition/a' }),
      mrsa,
      problemSince('mrsa', daysAgo(100), { source: 'Condition/b' }),
    ],
    signs: [
      seen('erythema', 5, { share: 0.4 }),
      seen('erythema', 5, { grade: 'mild', source: 'Observation/a' }),
      seen('lump', 5),
      seen('breast-pain', 5, { source: 'Observation/b' }),
      seen('breast-pain', 5, { grade: 'severe' }),
    ],
    measures: [
      pulse(118, 30),
      measure('heart-rate', 125, minutesAgo(30), { source: 'Observation/c' }),
      hot(38.5, 30),
      measure('temperature', 39.1, minutesAgo(30), { source: 'Observation/0' }),
    ],
    medicines: [antibiotic(hoursAgo(50)), antibiotic(hoursAgo(50), { source: 'MedicationRequest/a' })],
    results: [
      ultrasoundResult('suspicious', hoursAgo(5), left),
      ultrasoundResult('suspicious', hoursAgo(5), { ...left, birads: 4, source: 'DiagnosticReport/a' }),
      susceptible(9),
      { ...susceptible(9), source: 'DiagnosticReport/b', positive: false },
    ],
    care: [
      care('review', hoursAgo(3), left),
      care('ultrasound', hoursAgo(3), left),
      care('ultrasound', hoursAgo(3), { ...left, source: 'ServiceRequest/a' }),
    ],
    unreadable: [
      unreadable('lump', 'value could not be read', { when: hoursAgo(3), source: 'Observation/9' }),
      unreadable('axillary-node', 'value could not be read', { when: hoursAgo(3), source: 'Observation/8' }),
      unreadable('warmth', 'unit is not known', { when: hoursAgo(3), source: 'Observation/7' }),
      unreadable('warmth', 'value could not be read', { when: hoursAgo(3), source: 'Observation/6' }),
    ],
  }
  const turned = Object.fromEntries(
    Object.entries(facts).map(([key, list]) => [key, (list as unknown[]).toReversed()]),
  )
  const told = (given: Partial<Facts>) => {
    const { scopes, missing, sepsisCriteria } = assessed(given)
    return [
      missing,
      sepsisCriteria,
      scopes.map(({ side, findings, values }) => [side, values, [...findings]]),
    ]
  }

  expect(told(turned)).toEqual(told(facts))
})

test('a negative sepsis screen names no criterion and no diagnosis as its evidence', () => {
  const { sepsisCriteria, scopes } = assessed({ measures: [hot(38.5, 30)] })
  const negative = scopes[0]?.findings.get('sepsis-screen-positive')

  expect(sepsisCriteria).toStrictEqual([])
  expect(negative?.evidence).toStrictEqual([])
  expect(assessed({}).sepsisCriteria).toStrictEqual([])
})
