import { expect, test } from '@jest/globals'
import { present } from '../../../../src/assess/finding.js'
import type { Facts, Sign } from '../../../../src/facts/facts.js'
import {
  antibiotic,
  at,
  care,
  daysAgo,
  hoursAgo,
  left,
  measure,
  medicineDraft,
  minutesAgo,
  now,
  problem,
  problemSince,
  right,
  sign,
  skinBiopsy,
  ultrasoundResult,
  unread,
  unreadable,
} from '../../facts-of.js'
import { findingOf, leadingOf, presentIn, verdictOf, type PatientGiven } from '../../patient-view-of.js'

const temperature = (value: number, hours = 1) => measure('temperature', value, hoursAgo(hours))
const seen = (name: Sign['sign'], hours = 3, given: Partial<Sign> = {}) =>
  sign(name, hoursAgo(hours), { ...left, ...given })
const old = (name: Sign['sign'], given: Partial<Sign> = {}) => [
  seen(name, 8 * 24, given),
  seen(name, 3, given),
]
const scan = (reading: Parameters<typeof ultrasoundResult>[0], hours = 2, given = {}) =>
  ultrasoundResult(reading, hoursAgo(hours), { ...left, ...given })

/** Mastitis on dicloxacillin for so many hours, with these later temperatures. */
const on = (hours: number, given: Partial<Facts> = {}): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours + 1), left)],
  medicines: [antibiotic(hoursAgo(hours))],
  ...given,
})
const febrile = { measures: [temperature(38.8)] }
const worse = (hours: number) => ({ measures: [temperature(38.5, hours), temperature(39.5)] })

// WEAK, each beside bloody discharge as the other element, afebrile, first seen 8 days ago where that matters.
const other = old('bloody-discharge')
test.each<[string, Partial<Facts>, string]>([
  ['bloody discharge alone', { signs: other }, 'absent'],
  ['nipple retraction, new', { signs: [...other, seen('nipple-retraction', 30)] }, 'present'],
  [
    'nipple retraction first recorded 180 days ago',
    { signs: [...other, seen('nipple-retraction', 180 * 24), seen('nipple-retraction', 30)] },
    'present',
  ],
  [
    'nipple retraction first recorded 181 days ago',
    { signs: [...other, seen('nipple-retraction', 181 * 24), seen('nipple-retraction', 30)] },
    'absent',
  ],
  [
    'nipple retraction on both sides',
    { signs: [...other, seen('nipple-retraction', 30, { side: 'both' })] },
    'absent',
  ],
  [
    'nipple retraction of the other side too',
    { signs: [...other, seen('nipple-retraction', 30), seen('nipple-retraction', 30, right)] },
    'absent',
  ],
  ['nipple retraction 31 days ago', { signs: [...other, seen('nipple-retraction', 31 * 24)] }, 'absent'],
  ['an axillary node for 8 days', { signs: [...other, ...old('axillary-node')] }, 'present'],
  [
    'an axillary node for 7 days',
    { signs: [...other, seen('axillary-node', 7 * 24), seen('axillary-node')] },
    'absent',
  ],
  ['colour change for 8 days', { signs: [...other, ...old('colour-change')] }, 'present'],
  [
    'colour change for 7 days',
    { signs: [...other, seen('colour-change', 7 * 24), seen('colour-change')] },
    'absent',
  ],
  [
    'colour change with an absent in between',
    {
      signs: [
        ...other,
        seen('colour-change', 8 * 24),
        seen('colour-change', 90, { state: 'absent' }),
        seen('colour-change'),
      ],
    },
    'absent',
  ],
  [
    'redness of a third of the breast',
    { signs: [...other, seen('erythema', 3, { share: 1 / 3 })] },
    'present',
  ],
  ['redness of 33 %', { signs: [...other, seen('erythema', 3, { share: 0.33 })] }, 'present'],
  ['redness of 32 %', { signs: [...other, seen('erythema', 3, { share: 0.32 })] }, 'absent'],
  ['redness without a share', { signs: [...other, ...old('erythema')] }, 'absent'],
  [
    'oedema of half the breast for 8 days',
    { signs: [...other, ...old('swelling', { share: 0.5 })] },
    'present',
  ],
  [
    'oedema of half the breast for 7 days',
    { signs: [...other, seen('swelling', 7 * 24, { share: 0.5 }), seen('swelling', 3, { share: 0.5 })] },
    'absent',
  ],
  ['a suspicious ultrasound', { signs: other, results: [scan('suspicious')] }, 'present'],
  ['a suspicious ultrasound 31 days old', { signs: other, results: [scan('suspicious', 31 * 24)] }, 'absent'],
  [
    'breast cancer on that side',
    { signs: other, problems: [problemSince('breast-cancer', daysAgo(900), { ...left, active: false })] },
    'present',
  ],
  [
    'breast cancer on the other side',
    { signs: other, problems: [problemSince('breast-cancer', daysAgo(900), right)] },
    'absent',
  ],
])('R2 with bloody discharge and %s', (_, facts, verdict) => {
  expect(verdictOf({ measures: [temperature(36.8)], ...facts }, 'ibc-r2')).toBe(verdict)
})

const two = [seen('bloody-discharge'), seen('erythema', 3, { share: 0.5 })]
test.each<[string, Partial<Facts>, string]>([
  ['both new, afebrile', { signs: two }, 'absent'],
  ['both new, failed', on(50, { ...febrile, signs: two }), 'present'],
  ['one of them 8 days old, afebrile', { signs: [...two, seen('bloody-discharge', 8 * 24)] }, 'present'],
  ['one of them 7 days old, afebrile', { signs: [...two, seen('bloody-discharge', 7 * 24)] }, 'absent'],
  [
    'one of them 8 days old, febrile',
    { signs: [...two, seen('bloody-discharge', 8 * 24)], measures: [temperature(38.0)] },
    'absent',
  ],
  [
    'temperatures unread',
    { signs: [...two, seen('bloody-discharge', 8 * 24)], reads: unread('temperatures') },
    'cannot-tell',
  ],
  [
    'signs unread',
    { signs: [seen('bloody-discharge', 8 * 24), seen('bloody-discharge')], reads: unread('breastSigns') },
    'cannot-tell',
  ],
  [
    'signs unread, two were read',
    {
      signs: [...two, seen('bloody-discharge', 8 * 24)],
      reads: unread('breastSigns'),
      measures: [temperature(36.8)],
    },
    'present',
  ],
  [
    'a node and oedema, febrile',
    { signs: [...old('axillary-node'), ...old('swelling', { share: 0.5 })], measures: [temperature(38.0)] },
    'absent',
  ],
])('R2, two weak signs: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'ibc-r2')).toBe(verdict)
})

const peau = seen('peau-d-orange')
const draftedAntibiotic = [medicineDraft({ ingredients: ['cephalexin'], cover: 'appropriate' })]
test.each<[string, Partial<Facts>, string, string]>([
  ["peau d'orange today", { signs: [peau] }, 'present', 'absent'],
  ['skin thickening today', { signs: [seen('skin-thickening')] }, 'present', 'absent'],
  ["possible peau d'orange", { signs: [seen('peau-d-orange', 3, { possible: true })] }, 'present', 'absent'],
  ["no peau d'orange", { signs: [seen('peau-d-orange', 3, { state: 'absent' })] }, 'absent', 'absent'],
  ['8 days, afebrile', { signs: old('peau-d-orange') }, 'present', 'present'],
  ['exactly 7 days, afebrile', { signs: [seen('peau-d-orange', 7 * 24), peau] }, 'present', 'absent'],
  ['8 days, febrile', { signs: old('peau-d-orange'), measures: [temperature(38.0)] }, 'present', 'absent'],
  ['today, redness for 8 days', { signs: [peau, ...old('erythema')] }, 'present', 'present'],
  ['today, colour change for 8 days', { signs: [peau, ...old('colour-change')] }, 'present', 'present'],
  ['today, swelling for 8 days', { signs: [peau, ...old('swelling')] }, 'present', 'absent'],
  ['today, redness 8 days ago only', { signs: [peau, seen('erythema', 8 * 24)] }, 'present', 'absent'],
  ['failed', on(49, { ...febrile, signs: [peau] }), 'present', 'present'],
  ['47 h of antibiotics', on(47, { ...febrile, signs: [peau] }), 'present', 'absent'],
  [
    'an antibiotic drafted at 48 h',
    on(48, {
      signs: [peau],
      drafts: draftedAntibiotic,
      measures: [temperature(39, 48), temperature(38.2, 1)],
    }),
    'present',
    'present',
  ],
  [
    'an antibiotic drafted at 47 h',
    on(47, { signs: [peau], drafts: draftedAntibiotic, ...febrile }),
    'present',
    'absent',
  ],
  [
    'improved at 50 h, an antibiotic drafted',
    on(50, { signs: [peau], drafts: draftedAntibiotic, measures: [temperature(39, 50), temperature(37)] }),
    'present',
    'present',
  ],
  [
    'improved at 50 h, a draft that is not evaluated',
    on(50, {
      signs: [peau],
      drafts: draftedAntibiotic.map((draft) => ({ ...draft, evaluated: false })),
      measures: [temperature(39, 50), temperature(37)],
    }),
    'present',
    'absent',
  ],
  [
    'improved at 50 h, ibuprofen drafted',
    on(50, {
      signs: [peau],
      drafts: [medicineDraft({ ingredients: ['ibuprofen'], cover: 'none' })],
      measures: [temperature(39, 50), temperature(37)],
    }),
    'present',
    'absent',
  ],
  ['8 days, from free text alone', { signs: old('peau-d-orange', { fromText: true }) }, 'present', 'absent'],
  [
    '8 days, temperatures unread',
    { signs: old('peau-d-orange'), reads: unread('temperatures') },
    'present',
    'cannot-tell',
  ],
  ['signs unread, one was read', { signs: [peau], reads: unread('breastSigns') }, 'present', 'cannot-tell'],
  ['signs unread', { reads: unread('breastSigns') }, 'cannot-tell', 'cannot-tell'],
  [
    'charted as unknown',
    { signs: [seen('peau-d-orange', 3, { state: 'unknown' })] },
    'cannot-tell',
    'cannot-tell',
  ],
  [
    'a value that could not be read',
    {
      unreadable: [unreadable('peau-d-orange', 'value of the sign could not be read', { when: hoursAgo(2) })],
    },
    'cannot-tell',
    'cannot-tell',
  ],
  [
    'one from 31 days ago',
    {
      unreadable: [unreadable('peau-d-orange', 'value of the sign could not be read', { when: daysAgo(31) })],
    },
    'absent',
    'absent',
  ],
  ['medicines unread', { signs: [peau], reads: unread('medicationRequests') }, 'present', 'cannot-tell'],
])('R1: %s', (_, facts, r1, critical) => {
  const view = leadingOf(facts)

  expect([findingOf(view, 'ibc-r1').verdict, findingOf(view, 'ibc-r1-critical').verdict]).toEqual([
    r1,
    critical,
  ])
})

test.each<[string, Partial<Facts>, string, string]>([
  ['71 h 59 min', on(71 + 59 / 60, febrile), 'absent', 'absent'],
  ['72 h 0 min', on(72, febrile), 'present', 'absent'],
  ['72 h, improved', on(72, { measures: [temperature(39, 72), temperature(37)] }), 'absent', 'absent'],
  ['72 h, unknown', on(72), 'absent', 'absent'],
  ['72 h, worse', on(72, worse(72)), 'present', 'absent'],
  [
    '72 h of another antibiotic',
    on(72, { ...febrile, medicines: [antibiotic(hoursAgo(72), { cover: 'other' })] }),
    'absent',
    'absent',
  ],
  [
    '72 h, abscess diagnosed',
    on(72, { ...febrile, problems: [problemSince('abscess-lactational', hoursAgo(73), left)] }),
    'absent',
    'absent',
  ],
  [
    '72 h, abscess diagnosed, ultrasound since A1 indeterminate',
    on(72, {
      ...febrile,
      problems: [problemSince('abscess-lactational', hoursAgo(73), left)],
      results: [scan('indeterminate', 10)],
    }),
    'present',
    'absent',
  ],
  [
    '72 h, abscess diagnosed, ultrasound before A1 indeterminate',
    on(72, {
      ...febrile,
      problems: [problemSince('abscess-lactational', hoursAgo(73), left)],
      results: [scan('indeterminate', 73)],
    }),
    'absent',
    'absent',
  ],
  ['72 h, ultrasound abscess', on(72, { ...febrile, results: [scan('abscess', 10)] }), 'absent', 'absent'],
  [
    '72 h, ultrasound normal since failure',
    on(72, { ...febrile, results: [scan('normal', 24)] }),
    'present',
    'present',
  ],
  [
    '72 h, ultrasound normal before failure',
    on(72, { ...febrile, results: [scan('normal', 25)] }),
    'present',
    'absent',
  ],
  [
    '72 h, ultrasound indeterminate',
    on(72, { ...febrile, results: [scan('indeterminate', 10)] }),
    'present',
    'absent',
  ],
  [
    '72 h, ultrasound normal of the other breast',
    on(72, { ...febrile, results: [scan('normal', 10, right)] }),
    'present',
    'absent',
  ],
  [
    '72 h, suspicious ultrasound',
    on(72, { ...febrile, results: [scan('suspicious', 10)] }),
    'present',
    'present',
  ],
  ['72 h, one weak sign', on(72, { ...febrile, signs: [seen('bloody-discharge')] }), 'present', 'present'],
  ["72 h, peau d'orange", on(72, { ...febrile, signs: [peau] }), 'present', 'present'],
  [
    '60 h read, medicines unread',
    on(60, { ...febrile, reads: unread('medicationRequests') }),
    'cannot-tell',
    'absent',
  ],
  [
    '72 h read, medicines unread',
    on(72, { ...febrile, reads: unread('medicationRequests') }),
    'present',
    'absent',
  ],
  ['72 h, temperatures unread', on(72, { reads: unread('temperatures') }), 'cannot-tell', 'absent'],
  ['72 h, reports unread', on(72, { ...febrile, reads: unread('reports') }), 'present', 'absent'],
])('R3: %s', (_, facts, r3, critical) => {
  const view = leadingOf(facts)

  expect([findingOf(view, 'ibc-r3').verdict, findingOf(view, 'ibc-r3-critical').verdict]).toEqual([
    r3,
    critical,
  ])
})

const amoxicillin = (hours: number, given: Partial<Facts> = {}): Partial<Facts> =>
  on(hours, {
    medicines: [antibiotic(hoursAgo(hours), { cover: 'other', ingredients: ['amoxicillin'] })],
    ...febrile,
    ...given,
  })
test.each<[string, Partial<Facts>, string]>([
  ['167 h 59 min', amoxicillin(167 + 59 / 60), 'absent'],
  ['168 h 0 min', amoxicillin(168), 'present'],
  ['168 h, improved', amoxicillin(168, { measures: [temperature(39, 168), temperature(37)] }), 'absent'],
  ['168 h, unknown', amoxicillin(168, { measures: [] }), 'absent'],
  ['168 h, ultrasound abscess', amoxicillin(168, { results: [scan('abscess', 10)] }), 'absent'],
])('R3b: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'ibc-r3b')).toBe(verdict)
})

const discharge = [seen('bloody-discharge')]
test.each<[string, Partial<Facts>, string]>([
  ['47 h', on(47, { ...worse(47), signs: discharge }), 'absent'],
  ['48 h, worse, weak sign', on(48, { ...worse(48), signs: discharge }), 'present'],
  ['71 h, worse, weak sign', on(71, { ...worse(71), signs: discharge }), 'present'],
  ['72 h is R3', on(72, { ...worse(72), signs: discharge }), 'absent'],
  ['48 h, not improved, weak sign', on(48, { ...febrile, signs: discharge }), 'absent'],
  ['48 h, worse, nothing else', on(48, worse(48)), 'absent'],
  [
    '48 h, worse, ultrasound normal since A1',
    on(48, { ...worse(48), results: [scan('normal', 47)] }),
    'present',
  ],
  [
    '48 h, worse, ultrasound normal before A1',
    on(48, { ...worse(48), results: [scan('normal', 49)] }),
    'absent',
  ],
  [
    '48 h, worse, weak sign, after a recurrence',
    on(48, {
      ...worse(48),
      signs: discharge,
      problems: [
        problemSince('mastitis-lactational', hoursAgo(49), left),
        problemSince('mastitis-lactational', daysAgo(60), { ...left, active: false, abated: daysAgo(40) }),
      ],
    }),
    'absent',
  ],
])('R4: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'ibc-r4')).toBe(verdict)
})

const drained = (days: number, given = {}) =>
  care('drainage', daysAgo(days), { kind: 'procedure', status: 'completed', ...left, ...given })
const lump = { signs: [seen('lump')] }
test.each<[string, Partial<Facts>, string]>([
  ['8 days ago, lump', { ...lump, care: [drained(8)] }, 'present'],
  ['7 days ago, lump', { ...lump, care: [drained(7)] }, 'absent'],
  [
    '8 days ago, inflammation',
    { signs: [seen('breast-pain'), seen('erythema')], care: [drained(8)] },
    'present',
  ],
  ['8 days ago, pain only', { signs: [seen('breast-pain')], care: [drained(8)] }, 'absent'],
  ['8 days ago by incision', { ...lump, care: [drained(8, { need: 'incision' })] }, 'present'],
  ['ordered only', { ...lump, care: [care('drainage', daysAgo(8), left)] }, 'absent'],
  ['of the other breast', { ...lump, care: [drained(8, right)] }, 'absent'],
  ['90 days ago', { ...lump, care: [drained(90)] }, 'present'],
  ['91 days ago, an illness that is over', { ...lump, care: [drained(91)] }, 'absent'],
  ['signs unread', { reads: unread('breastSigns'), care: [drained(8)] }, 'cannot-tell'],
])('R5: drained %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'ibc-r5')).toBe(verdict)
})

const suspicious = (days: number, given = {}) =>
  ultrasoundResult('suspicious', daysAgo(days), { ...left, birads: 4, ...given })
const unsettled: PatientGiven = {
  lactation: {
    status: 'unknown',
    because: 'not charted',
    evidence: [],
    unsettled: 'lactation status could not be read',
  },
}
test.each<[string, Partial<Facts>, string, PatientGiven?]>([
  ['BI-RADS 4 180 days ago', { results: [suspicious(180)] }, 'present'],
  ['181 days ago', { results: [suspicious(181)] }, 'absent'],
  ['BI-RADS 3', { results: [suspicious(20, { birads: 3, reading: 'indeterminate' })] }, 'absent'],
  [
    'BI-RADS 6 on mammography',
    { results: [suspicious(20, { birads: 6, modality: 'mammogram' })] },
    'present',
  ],
  [
    'the word malignant',
    { results: [suspicious(20, { birads: undefined, malignantText: true })] },
    'present',
  ],
  ['the word suspicious only', { results: [ultrasoundResult('suspicious', daysAgo(20), left)] }, 'absent'],
  ['biopsy since', { results: [suspicious(20), skinBiopsy('reported', 24)] }, 'absent'],
  ['biopsy before', { results: [suspicious(20), skinBiopsy('reported', 21 * 24)] }, 'present'],
  ['biopsy of the other breast', { results: [suspicious(20), skinBiopsy('benign', 24, right)] }, 'present'],
  [
    'biopsied, result not there',
    {
      results: [suspicious(20)],
      care: [care('skin-biopsy', daysAgo(3), { kind: 'procedure', status: 'completed', ...left })],
    },
    'present',
  ],
  ['referral since', { results: [suspicious(20)], care: [care('referral', daysAgo(19))] }, 'absent'],
  [
    'completed referral since',
    { results: [suspicious(20)], care: [care('referral', daysAgo(19), { status: 'completed' })] },
    'absent',
  ],
  [
    'referral on hold',
    { results: [suspicious(20)], care: [care('referral', daysAgo(19), { status: 'on-hold' })] },
    'present',
  ],
  ['referral before', { results: [suspicious(20)], care: [care('referral', daysAgo(21))] }, 'present'],
  ['status unknown, no stage', { results: [suspicious(20)] }, 'absent', { status: 'unknown' }],
  [
    'status unknown, mastitis',
    { results: [suspicious(20)], problems: [problemSince('mastitis-lactational', hoursAgo(5), left)] },
    'present',
    { status: 'unknown' },
  ],
  ['not lactating, no stage', { results: [suspicious(20)] }, 'absent', { status: 'not-lactating' }],
  ['recently weaned', { results: [suspicious(20)] }, 'present', { status: 'recently-weaned' }],
  ['status could not be read', { results: [suspicious(20)] }, 'cannot-tell', unsettled],
  ['without a date', { results: [(({ when: _when, ...rest }) => rest)(suspicious(1))] }, 'absent'],
])('R6: %s', (_, facts, verdict, patient = {}) => {
  expect(verdictOf(facts, 'ibc-r6', patient)).toBe(verdict)
})

test('with known inflammatory breast cancer no rule holds', () => {
  const facts = on(80, { ...febrile, signs: [...old('peau-d-orange'), ...two], results: [suspicious(20)] })
  const view = leadingOf(facts, { knownIbc: present('inflammatory breast cancer on record') })

  expect(presentIn(leadingOf(facts)).filter((name) => name.startsWith('ibc-')).length).toBeGreaterThan(4)
  expect(presentIn(view).filter((name) => name.startsWith('ibc-'))).toEqual([])
})

test('R1 to R5 without an infection that explains them', () => {
  const alone = leadingOf({ signs: [peau] })
  const beside = leadingOf({
    signs: [peau],
    problems: [problemSince('mastitis-lactational', hoursAgo(5), left)],
  })

  expect([alone, beside].map((view) => findingOf(view, 'ibc-without-infection').verdict)).toEqual([
    'present',
    'absent',
  ])
})

test.each<[string, Partial<Facts>, string, string]>([
  ['R1', { signs: [peau] }, 'present', 'present'],
  ['R6 alone', { results: [suspicious(20)] }, 'absent', 'present'],
  ['none', {}, 'absent', 'absent'],
])('any rule: %s', (_, facts, to5, to6) => {
  const view = leadingOf(facts)

  expect([findingOf(view, 'ibc-r1-to-r5').verdict, findingOf(view, 'ibc-r1-to-r6').verdict]).toEqual([
    to5,
    to6,
  ])
})

test('a strong sign of one breast leaves the other alone', () => {
  const views = leadingOf({ signs: [peau, seen('lump', 3, right), seen('breast-pain', 3, right)] })

  expect([views.side, findingOf(views, 'ibc-r1').verdict]).toEqual(['right', 'absent'])
})

test('an undated history of breast cancer counts as an element without an age', () => {
  const facts = { signs: [seen('bloody-discharge')], problems: [problem('breast-cancer', left)] }

  expect(verdictOf(facts, 'ibc-r2')).toBe('absent')
  expect(leadingOf(facts).evidence.weak).toHaveLength(2)
})

test('the clock of a finding is the moment asked, not the wall', () => {
  expect(
    verdictOf(
      {
        signs: [sign('peau-d-orange', at(now - 60_000), left)],
        measures: [measure('temperature', 36.8, minutesAgo(1))],
      },
      'ibc-r1',
    ),
  ).toBe('present')
})
