import { expect, test } from '@jest/globals'
import type { BiopsyResult, CareItem, Facts, Sign } from '../../../../src/facts/facts.js'
import type { FindingName } from '../../../../src/assess/finding-names.js'
import { patientFindings } from '../../../../src/assess/registry.js'
import { sideViews } from '../../../../src/assess/breast/side-views.js'
import {
  antibiotic,
  biopsyResult,
  both,
  care,
  culture,
  daysAgo,
  done,
  draft,
  hoursAgo,
  left,
  measure,
  timelineFor,
  now,
  problemSince,
  right,
  sign,
  skinBiopsy,
  ultrasoundResult,
} from '../../facts-of.js'
import { leadingOf, patientOf, verdictOf, type PatientGiven } from '../../patient-view-of.js'

const temperature = (value: number, hours = 1) => measure('temperature', value, hoursAgo(hours))
const scan = (reading: Parameters<typeof ultrasoundResult>[0], hours: number, given = {}) =>
  ultrasoundResult(reading, hoursAgo(hours), { ...left, ...given })
const item = (need: CareItem['need'], hours: number, given: Partial<CareItem> = {}) =>
  care(need, hoursAgo(hours), { ...left, ...given })
const days = (count: number) => count * 24

/** Left mastitis for 100 h, on dicloxacillin for 90 h: failure can have begun 42 h ago. */
const ill = (given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(100), left)],
  medicines: [antibiotic(hoursAgo(90))],
  ...given,
})

const coreBiopsy = (reading: BiopsyResult['reading'], hours: number) => biopsyResult(reading, hoursAgo(hours))

test.each<[FindingName, string, Partial<Facts>, string]>([
  ['ultrasound-ordered', 'ordered 14 days ago', ill({ care: [item('ultrasound', days(14))] }), 'present'],
  ['ultrasound-ordered', 'ordered 15 days ago', ill({ care: [item('ultrasound', days(15))] }), 'absent'],
  [
    'ultrasound-ordered',
    'order on hold',
    ill({ care: [item('ultrasound', 5, { status: 'on-hold' })] }),
    'present',
  ],
  [
    'ultrasound-ordered',
    'order completed',
    ill({ care: [item('ultrasound', 5, { status: 'completed' })] }),
    'present',
  ],
  [
    'ultrasound-ordered',
    'order of another status',
    ill({ care: [item('ultrasound', 5, { status: 'other' })] }),
    'absent',
  ],
  ['ultrasound-ordered', 'of the other breast', ill({ care: [item('ultrasound', 5, right)] }), 'absent'],
  [
    'ultrasound-ordered',
    'of no stated side',
    ill({ care: [item('ultrasound', 5, { side: 'unspecified' })] }),
    'present',
  ],
  ['ultrasound-ordered', 'of both breasts', ill({ care: [item('ultrasound', 5, both)] }), 'present'],
  ['ultrasound-ordered', 'mammogram ordered', ill({ care: [item('mammogram', 5)] }), 'absent'],
  [
    'ultrasound-ordered',
    'mammogram reported',
    ill({ results: [scan('normal', 5, { modality: 'mammogram' })] }),
    'absent',
  ],
  [
    'ultrasound-ordered',
    'order without a date',
    ill({ care: [(({ when: _when, ...rest }) => rest)(item('ultrasound', 5))] }),
    'absent',
  ],
  [
    'ultrasound-ordered',
    'done 72 h before the episode',
    ill({ care: [item('ultrasound', 172, done)] }),
    'present',
  ],
  [
    'ultrasound-ordered',
    'done 73 h before the episode',
    ill({ care: [item('ultrasound', 173, done)] }),
    'absent',
  ],
  [
    'ultrasound-ordered',
    'not done',
    ill({ care: [item('ultrasound', 5, { ...done, status: 'other' })] }),
    'absent',
  ],
  ['ultrasound-ordered', 'reported in the episode', ill({ results: [scan('normal', 90)] }), 'present'],
  ['ultrasound-ordered', 'reported before it', ill({ results: [scan('normal', 173)] }), 'absent'],
  [
    'ultrasound-ordered',
    'lump without an episode, reported 30 days ago',
    { signs: [sign('lump', daysAgo(20), left)], results: [scan('normal', days(30))] },
    'present',
  ],
  [
    'ultrasound-ordered',
    'lump without an episode, reported 31 days ago',
    { signs: [sign('lump', daysAgo(20), left)], results: [scan('normal', days(31))] },
    'absent',
  ],
  ['ultrasound-since-failure', 'reported 42 h ago', ill({ results: [scan('normal', 42)] }), 'present'],
  ['ultrasound-since-failure', 'reported 43 h ago', ill({ results: [scan('normal', 43)] }), 'absent'],
  ['ultrasound-since-failure', 'ordered 43 h ago', ill({ care: [item('ultrasound', 43)] }), 'present'],
  ['ultrasound-since-failure', 'ordered 42 h ago', ill({ care: [item('ultrasound', 42)] }), 'present'],
  [
    'ultrasound-since-failure',
    'no antibiotic',
    ill({ medicines: [], care: [item('ultrasound', 1)] }),
    'absent',
  ],
  [
    'ultrasound-since-drainage',
    'ordered after it',
    ill({ care: [item('drainage', 20, done), item('ultrasound', 10)] }),
    'present',
  ],
  [
    'ultrasound-since-drainage',
    'ordered before it and still open',
    ill({ care: [item('drainage', 20, done), item('ultrasound', 21)] }),
    'present',
  ],
  ['ultrasound-since-drainage', 'never drained', ill({ care: [item('ultrasound', 10)] }), 'absent'],
  ['ultrasound-without-abscess', 'normal since A1', ill({ results: [scan('normal', 90)] }), 'present'],
  [
    'ultrasound-without-abscess',
    'indeterminate since A1',
    ill({ results: [scan('indeterminate', 50)] }),
    'present',
  ],
  ['ultrasound-without-abscess', 'collection since A1', ill({ results: [scan('collection', 50)] }), 'absent'],
  ['ultrasound-without-abscess', 'normal before A1', ill({ results: [scan('normal', 91)] }), 'absent'],
  ['ultrasound-collection', 'collection', ill({ results: [scan('collection', 5)] }), 'present'],
  ['ultrasound-collection', 'abscess 30 days ago', ill({ results: [scan('abscess', days(30))] }), 'present'],
  ['ultrasound-collection', 'abscess 31 days ago', ill({ results: [scan('abscess', days(31))] }), 'absent'],
  ['ultrasound-collection', 'phlegmon', ill({ results: [scan('phlegmon', 5)] }), 'absent'],
  [
    'current-imaging',
    'indeterminate ultrasound',
    ill({ results: [scan('indeterminate', days(30))] }),
    'present',
  ],
  [
    'current-imaging',
    'ultrasound 31 days old',
    ill({ results: [scan('indeterminate', days(31))] }),
    'absent',
  ],
  [
    'current-imaging',
    'mammogram',
    ill({ results: [scan('indeterminate', 5, { modality: 'mammogram' })] }),
    'absent',
  ],
  ['current-imaging', 'of the other breast', ill({ results: [scan('indeterminate', 5, right)] }), 'absent'],
  [
    'drained-since-ultrasound',
    'after the abscess was seen',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 10, done)] }),
    'present',
  ],
  [
    'drained-since-ultrasound',
    'by incision',
    ill({ results: [scan('abscess', 20)], care: [item('incision', 10, done)] }),
    'present',
  ],
  [
    'drained-since-ultrasound',
    'before it was seen',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 21, done)] }),
    'absent',
  ],
  [
    'drained-since-ultrasound',
    'ordered only',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 10)] }),
    'absent',
  ],
  [
    'drained-since-ultrasound',
    'the other breast',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 10, { ...done, ...right })] }),
    'absent',
  ],
  [
    'drainage-ordered',
    'open order before the ultrasound',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 25)] }),
    'present',
  ],
  [
    'drainage-ordered',
    'completed order before it',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 25, { status: 'completed' })] }),
    'absent',
  ],
  [
    'drainage-ordered',
    'done before it: the collection is back',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 25, done)] }),
    'absent',
  ],
  [
    'drainage-ordered',
    'done after it',
    ill({ results: [scan('abscess', 20)], care: [item('drainage', 15, done)] }),
    'present',
  ],
  ['drainage-ordered', 'nothing', ill({}), 'absent'],
  ['culture-ordered', 'ordered', ill({ care: [item('culture', 5)] }), 'present'],
  ['culture-ordered', 'reported in the episode', ill({ results: [culture(hoursAgo(60), left)] }), 'present'],
  ['culture-ordered', 'reported before it', ill({ results: [culture(hoursAgo(173), left)] }), 'absent'],
  ['culture-pending', 'ordered, no result', ill({ care: [item('culture', 5)] }), 'present'],
  [
    'culture-pending',
    'ordered, result since',
    ill({ care: [item('culture', 60)], results: [culture(hoursAgo(20), left)] }),
    'absent',
  ],
  [
    'culture-pending',
    'ordered after a result',
    ill({ care: [item('culture', 5)], results: [culture(hoursAgo(20), left)] }),
    'present',
  ],
  ['culture-pending', 'reported without an order', ill({ results: [culture(hoursAgo(20), left)] }), 'absent'],
  ['biopsy-ordered', 'skin biopsy ordered', ill({ care: [item('skin-biopsy', 5)] }), 'present'],
  ['biopsy-ordered', 'core biopsy done', ill({ care: [item('breast-biopsy', 5, done)] }), 'present'],
  ['biopsy-ordered', 'reported without a verdict', ill({ results: [skinBiopsy('reported', 5)] }), 'present'],
  [
    'biopsy-ordered',
    'done, benign since',
    ill({ care: [item('skin-biopsy', 20, done)], results: [skinBiopsy('benign', 5)] }),
    'absent',
  ],
  [
    'biopsy-ordered',
    'ordered again after a benign one',
    ill({ care: [item('skin-biopsy', 3)], results: [skinBiopsy('benign', 5)] }),
    'present',
  ],
  ['biopsy-ordered', 'of the other breast', ill({ care: [item('skin-biopsy', 5, right)] }), 'absent'],
  ['biopsy-benign', 'benign in the episode', ill({ results: [coreBiopsy('benign', 5)] }), 'present'],
  ['biopsy-benign', 'benign before the episode', ill({ results: [coreBiopsy('benign', 173)] }), 'absent'],
  ['biopsy-benign', 'malignant', ill({ results: [coreBiopsy('malignant', 5)] }), 'absent'],
  [
    'biopsy-benign',
    "peau d'orange recorded since",
    ill({ results: [coreBiopsy('benign', 5)], signs: [sign('peau-d-orange', hoursAgo(4), left)] }),
    'absent',
  ],
  [
    'biopsy-benign',
    "peau d'orange recorded before only",
    ill({ results: [coreBiopsy('benign', 5)], signs: [sign('peau-d-orange', hoursAgo(6), left)] }),
    'present',
  ],
  [
    'biopsy-benign',
    'worse since',
    ill({ results: [coreBiopsy('benign', 5)], measures: [temperature(38.5, 90), temperature(39.5, 2)] }),
    'absent',
  ],
  [
    'biopsy-benign',
    'worse before',
    ill({ results: [coreBiopsy('benign', 5)], measures: [temperature(38.5, 90), temperature(39.5, 6)] }),
    'present',
  ],
  [
    'biopsy-benign',
    "skin alone, peau d'orange recorded since",
    ill({ results: [skinBiopsy('benign', 5)], signs: [sign('peau-d-orange', hoursAgo(4), left)] }),
    'present',
  ],
  ['benign-skin-alone', 'skin', ill({ results: [skinBiopsy('benign', 5)] }), 'present'],
  ['benign-skin-alone', 'a core', ill({ results: [coreBiopsy('benign', 5)] }), 'absent'],
  [
    'benign-skin-alone',
    'skin after a core',
    ill({ results: [skinBiopsy('benign', 5), coreBiopsy('benign', 20)] }),
    'absent',
  ],
  [
    'benign-skin-alone',
    'skin after a core that was not benign',
    ill({ results: [skinBiopsy('benign', 5), coreBiopsy('reported', 20)] }),
    'present',
  ],
])('%s: %s', (name, _, facts, verdict) => {
  expect(verdictOf(facts, name)).toBe(verdict)
})

const red = (hours: number, given: Partial<Sign> = {}) =>
  sign('erythema', hoursAgo(hours), { ...left, ...given })
const drained = (hours: number) => [item('drainage', hours, done)]
test.each<[string, Partial<Facts>, string]>([
  ['fever 48 h after', ill({ care: drained(49), measures: [temperature(38.5, 1)] }), 'present'],
  ['fever 47 h after', ill({ care: drained(48), measures: [temperature(38.5, 1)] }), 'absent'],
  ['no fever', ill({ care: drained(50), measures: [temperature(39, 51), temperature(37.0, 1)] }), 'absent'],
  [
    'the clinician says so',
    ill({
      care: drained(50),
      course: [{ source: 'Observation/c', fromText: true, when: hoursAgo(1), says: 'not-improved', ...left }],
    }),
    'present',
  ],
  [
    'redness larger',
    ill({
      care: drained(50),
      signs: [red(51, { size: { value: 3, unit: 'cm' } }), red(1, { size: { value: 5, unit: 'cm' } })],
    }),
    'present',
  ],
  [
    'an ultrasound since',
    ill({ care: drained(50), measures: [temperature(38.5, 1)], results: [scan('abscess', 10)] }),
    'absent',
  ],
  [
    'an ultrasound before',
    ill({ care: drained(50), measures: [temperature(38.5, 1)], results: [scan('abscess', 51)] }),
    'present',
  ],
  ['7 days after', { ...ill({ care: drained(days(7)), measures: [temperature(38.5, 1)] }) }, 'present'],
  ['8 days after', { ...ill({ care: drained(days(8)), measures: [temperature(38.5, 1)] }) }, 'absent'],
  ['nothing charted', ill({ care: drained(50) }), 'absent'],
  ['never drained', ill({ measures: [temperature(38.5, 1)] }), 'absent'],
])('not better after drainage: %s', (_, facts, verdict) => {
  expect(verdictOf(facts, 'after-drainage-not-better')).toBe(verdict)
})

/** Asks a finding that is the same for every breast. */
function shared(name: FindingName, facts: Partial<Facts>, given: PatientGiven = {}) {
  const timeline = timelineFor(facts)
  const patient = patientOf(timeline, given)
  const asked = patientFindings.find((each) => each.name === name)
  return asked?.find({ timeline, patient, sides: sideViews(timeline, patient) }).verdict
}

const bothRed = [sign('erythema', hoursAgo(3), both), sign('breast-pain', hoursAgo(3), both)]
const day = (count: number): PatientGiven => ({ deliveredAt: now - count * 86_400_000 })
test.each<[string, FindingName, Partial<Facts>, string, PatientGiven?]>([
  [
    '38.0 on day 21',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(38.0)] },
    'present',
    day(21),
  ],
  [
    '37.9 on day 21',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(37.9)] },
    'absent',
    day(21),
  ],
  [
    '38.4 on day 10',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(38.4)] },
    'absent',
    day(10),
  ],
  [
    '38.5 on day 10',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(38.5)] },
    'present',
    day(10),
  ],
  [
    '38.4 on day 11',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(38.4)] },
    'present',
    day(11),
  ],
  [
    'delivery not known, 38.0',
    'both-breasts-febrile',
    { signs: bothRed, measures: [temperature(38.0)] },
    'present',
  ],
  [
    'one breast',
    'both-breasts-febrile',
    { signs: bothRed.map((each) => ({ ...each, ...left })), measures: [temperature(39)] },
    'absent',
  ],
  [
    'fever in words',
    'both-breasts-febrile',
    { signs: [...bothRed, sign('fever-finding', hoursAgo(1))] },
    'absent',
  ],
  ['active for 14 days', 'referral-active', { care: [item('referral', days(14))] }, 'present'],
  ['active for 15 days', 'referral-active', { care: [item('referral', days(15))] }, 'absent'],
  ['completed', 'referral-active', { care: [item('referral', 5, { status: 'completed' })] }, 'absent'],
  ['a procedure', 'referral-active', { care: [item('referral', 5, { kind: 'procedure' })] }, 'absent'],
  ['drafted ultrasound', 'ultrasound-drafted', { drafts: [draft({ needs: ['ultrasound'] })] }, 'present'],
  [
    'drafted ultrasound that is not evaluated',
    'ultrasound-drafted',
    { drafts: [draft({ needs: ['ultrasound'], evaluated: false })] },
    'present',
  ],
  ['drafted mammogram', 'ultrasound-drafted', { drafts: [draft({ needs: ['mammogram'] })] }, 'absent'],
  ['drafted skin biopsy', 'biopsy-drafted', { drafts: [draft({ needs: ['skin-biopsy'] })] }, 'present'],
  ['drafted core biopsy', 'biopsy-drafted', { drafts: [draft({ needs: ['breast-biopsy'] })] }, 'present'],
  ['drafted drainage', 'drainage-drafted', { drafts: [draft({ needs: ['drainage'] })] }, 'present'],
  ['drafted incision', 'drainage-drafted', { drafts: [draft({ needs: ['incision'] })] }, 'absent'],
  ['drafted culture', 'culture-drafted', { drafts: [draft({ needs: ['culture'] })] }, 'present'],
  ['no draft', 'culture-drafted', {}, 'absent'],
])('%s: %s', (_, name, facts, verdict, patient = {}) => {
  expect(shared(name, facts, patient)).toBe(verdict)
})

test.each<[string, Partial<Facts>, string, string, string]>([
  [
    'left mastitis, drained 3.9 days ago',
    ill({ care: drained(3.9 * 24), results: [scan('collection', 95, { sizeCm: 3.24 })] }),
    'left breast',
    '3',
    'collection, 3.2 cm',
  ],
  ['never drained: the limit for a lump', ill({}), 'left breast', '14', ''],
  ['no side', { problems: [problemSince('mastitis-lactational', hoursAgo(5))] }, 'breast', '14', ''],
  [
    'the collection leads over a newer scan',
    ill({ results: [scan('collection', 60), scan('suspicious', 5, { birads: 4 })] }),
    'left breast',
    '14',
    'collection',
  ],
])('the words a card may print: %s', (_, facts, side, dayCount, imaging) => {
  const { values } = leadingOf(facts)

  expect([values.side, values.D, values.imaging]).toEqual([side, dayCount, imaging])
})

test.each<[string, number, string]>([
  ['47 h 59 min is 47', 48 - 1 / 60, '47'],
  ['48 h is 48', 48, '48'],
])('hours are whole and rounded down: %s', (_, hours, shown) => {
  const { values } = leadingOf(ill({ medicines: [antibiotic(hoursAgo(hours))] }))

  expect([values.coverFor, values.aptCourse]).toEqual([`${shown} h`, `${shown} h of dicloxacillin`])
})
