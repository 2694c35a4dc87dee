import { expect, test } from '@jest/globals'
import type { BreastEvidence } from '../../src/assess/views.js'
import type { Facts, Sign } from '../../src/facts/facts.js'
import {
  at,
  both,
  daysAgo,
  hoursAgo,
  left,
  measure,
  minutesAgo,
  now,
  onDay,
  problemSince,
  right,
  sign,
  temperature,
} from './facts-of.js'
import { leadingOf, viewsOf, type PatientGiven } from './patient-view-of.js'

type Asked = Exclude<
  keyof BreastEvidence,
  'weak' | 'newestTemperature' | 'drivingMastitis' | 'drivingAbscess' | 'drivingOther' | 'anySign'
>

const gone = { ...left, state: 'absent' } as const
const unsure = { ...left, state: 'unknown' } as const
const pain = (hours: number, given: Partial<Sign> = left) => sign('breast-pain', hoursAgo(hours), given)
const red = (hours: number, given: Partial<Sign> = left) => sign('erythema', hoursAgo(hours), given)
const swollen = (hours: number, given: Partial<Sign> = left) => sign('swelling', hoursAgo(hours), given)

const justOver72 = minutesAgo(72 * 60 + 1)

test.each<[string, Partial<Facts>, Asked, string]>([
  ['redness 72 h old is current', { signs: [red(72)] }, 'erythema', 'present'],
  ['redness a minute older is not', { signs: [sign('erythema', justOver72, left)] }, 'erythema', 'absent'],
  ['a lump 30 days old is current', { signs: [sign('lump', daysAgo(30), left)] }, 'lump', 'present'],
  ['a lump 31 days old is not', { signs: [sign('lump', daysAgo(31), left)] }, 'lump', 'absent'],
  ["peau d'orange 30 days old", { signs: [sign('peau-d-orange', daysAgo(30), left)] }, 'strong', 'present'],
  ["peau d'orange 31 days old", { signs: [sign('peau-d-orange', daysAgo(31), left)] }, 'strong', 'absent'],
  ['skin thickening is strong', { signs: [sign('skin-thickening', daysAgo(2), left)] }, 'strong', 'present'],
  ['a newer absent ends redness', { signs: [red(20), red(2, gone)] }, 'erythema', 'absent'],
  ['an older absent does not', { signs: [red(20, gone), red(2)] }, 'erythema', 'present'],
  ['at the same instant present wins', { signs: [red(2), red(2, gone)] }, 'erythema', 'present'],
  [
    'an absent of the other breast does not',
    { signs: [red(20), red(2, { ...gone, side: 'right' })] },
    'erythema',
    'present',
  ],
  [
    'absent on both ends it',
    { signs: [red(20), red(2, { ...both, state: 'absent' })] },
    'erythema',
    'absent',
  ],
  [
    'absent without side ends it on the only breast',
    { signs: [red(20), red(2, { state: 'absent' })] },
    'erythema',
    'absent',
  ],
  ['unknown alone is neither', { signs: [red(2, unsure)] }, 'erythema', 'cannot-tell'],
  ['unknown after present leaves it present', { signs: [red(20), red(2, unsure)] }, 'erythema', 'present'],
  ['unknown after absent is unknown', { signs: [red(20, gone), red(2, unsure)] }, 'erythema', 'cannot-tell'],
  ['unknown from before the window asks nothing', { signs: [red(73, unsure)] }, 'erythema', 'absent'],
  [
    "an undated peau d'orange cannot be placed",
    { signs: [sign('peau-d-orange', at(0), { ...left })].map(({ when: _, ...rest }) => rest) },
    'strong',
    'cannot-tell',
  ],
  [
    'an undated redness counts nowhere',
    { signs: [red(1)].map(({ when: _, ...rest }) => rest) },
    'erythema',
    'absent',
  ],
  [
    'a day known only as today is current',
    { signs: [sign('erythema', onDay('2026-03-03'), left)] },
    'erythema',
    'present',
  ],
  ['38.0 is fever', { measures: [temperature(38.0, 2)] }, 'fever', 'present'],
  ['37.9 is not', { measures: [temperature(37.9, 2)] }, 'fever', 'absent'],
  [
    'the newest temperature decides',
    { measures: [temperature(39.0, 5), temperature(37.0, 2)] },
    'fever',
    'absent',
  ],
  [
    'the order in the chart does not',
    { measures: [temperature(37.0, 2), temperature(39.0, 5)] },
    'fever',
    'absent',
  ],
  ['a temperature 72 h old counts', { measures: [temperature(39.0, 72)] }, 'fever', 'present'],
  ['a temperature 73 h old does not', { measures: [temperature(39.0, 73)] }, 'fever', 'absent'],
  [
    'fever in words counts without a temperature',
    { signs: [sign('fever-finding', hoursAgo(3))] },
    'fever',
    'present',
  ],
  [
    'fever in words does not beat a temperature',
    { signs: [sign('fever-finding', hoursAgo(1))], measures: [temperature(37.0, 5)] },
    'fever',
    'absent',
  ],
  ['malaise is systemic', { signs: [sign('malaise', hoursAgo(3))] }, 'systemic', 'present'],
  ['malaise alone is no fever', { signs: [sign('malaise', hoursAgo(3))] }, 'fever', 'absent'],
])('%s', (_, facts, name, verdict) => {
  expect(leadingOf(facts).evidence[name].verdict).toBe(verdict)
})

const ductLeft = problemSince('blocked-duct', daysAgo(2), left)
const engorged = problemSince('engorgement', daysAgo(2), left)
const day3: PatientGiven = { deliveredAt: now - 3 * 86_400_000 }

test.each<[string, Partial<Facts>, string]>([
  // (a)
  ['pain and redness', { signs: [pain(3), red(3)] }, 'present'],
  ['pain and colour change', { signs: [pain(3), sign('colour-change', hoursAgo(3), left)] }, 'present'],
  ['pain and warmth, both without side', { signs: [pain(3, {}), sign('warmth', hoursAgo(3))] }, 'present'],
  ['pain alone', { signs: [pain(3)] }, 'absent'],
  ['redness alone', { signs: [red(3)] }, 'absent'],
  ['pain left, redness right', { signs: [pain(3), red(3, right)] }, 'absent'],
  // (b)
  ['pain and swelling of one side', { signs: [pain(3), swollen(3)] }, 'present'],
  ['pain and swelling without side', { signs: [pain(3, {}), swollen(3, {})] }, 'absent'],
  // (c)
  ['fever and pain of a side', { signs: [pain(3)], measures: [temperature(38.0, 1)] }, 'present'],
  ['no fever and pain of a side', { signs: [pain(3)], measures: [temperature(37.9, 1)] }, 'absent'],
  ['fever and pain without side', { signs: [pain(3, {})], measures: [temperature(39.0, 1)] }, 'absent'],
  [
    'malaise and a lump',
    { signs: [sign('malaise', hoursAgo(3)), sign('lump', hoursAgo(3), left)] },
    'present',
  ],
  ['a lump alone', { signs: [sign('lump', hoursAgo(3), left)] }, 'absent'],
  ['fever and a blocked duct', { problems: [ductLeft], measures: [temperature(38.0, 1)] }, 'present'],
  ['a blocked duct alone', { problems: [ductLeft] }, 'absent'],
  ['38.5 and engorgement', { problems: [engorged], measures: [temperature(38.5, 1)] }, 'present'],
  ['38.4 and engorgement', { problems: [engorged], measures: [temperature(38.4, 1)] }, 'absent'],
  // (d)
  ['redness of a side with fever', { signs: [red(3)], measures: [temperature(38.0, 1)] }, 'present'],
  ['redness without side with fever', { signs: [red(3, {})], measures: [temperature(38.0, 1)] }, 'absent'],
  ['redness of a side without fever', { signs: [red(3)], measures: [temperature(37.9, 1)] }, 'absent'],
])('inflammation: %s', (_, facts, verdict) => {
  expect(leadingOf(facts).evidence.inflamed.verdict).toBe(verdict)
})

const fullBreasts = [swollen(3, both), pain(3, both)]

test.each<[string, Partial<Facts>, PatientGiven, string, string]>([
  ['both sides, no focal sign, no temperature', { signs: fullBreasts }, day3, 'present', 'absent'],
  ['38.4 on day 3', { signs: fullBreasts, measures: [temperature(38.4, 1)] }, day3, 'present', 'absent'],
  ['38.5 on day 3', { signs: fullBreasts, measures: [temperature(38.5, 1)] }, day3, 'absent', 'present'],
  [
    '38.4 on day 10',
    { signs: fullBreasts, measures: [temperature(38.4, 1)] },
    { deliveredAt: now - 10 * 86_400_000 },
    'present',
    'absent',
  ],
  [
    '38.4 on day 11',
    { signs: fullBreasts, measures: [temperature(38.4, 1)] },
    { deliveredAt: now - 11 * 86_400_000 },
    'absent',
    'present',
  ],
  [
    '37.9, delivery not known',
    { signs: fullBreasts, measures: [temperature(37.9, 1)] },
    {},
    'present',
    'absent',
  ],
  [
    '38.0, delivery not known',
    { signs: fullBreasts, measures: [temperature(38.0, 1)] },
    {},
    'absent',
    'present',
  ],
  ['one side only', { signs: [swollen(3), pain(3)] }, day3, 'absent', 'present'],
  ['redness on one side', { signs: [...fullBreasts, red(3)] }, day3, 'absent', 'present'],
  [
    'a quadrant named',
    { signs: [swollen(3, both), pain(3, { ...both, focal: true })] },
    day3,
    'absent',
    'present',
  ],
])('fullness: %s', (_, facts, patient, full, inflamed) => {
  const { evidence } = leadingOf(facts, patient)

  expect([evidence.fullness.verdict, evidence.inflamed.verdict]).toEqual([full, inflamed])
})

test.each<[string, Partial<Facts>, readonly string[]]>([
  ['facts without side join the only breast with evidence', { signs: [red(3), pain(3, {})] }, ['left']],
  ['facts of both count left and right', { signs: [red(3, both)] }, ['left', 'right']],
  [
    'with evidence on both sides they stand alone',
    { signs: [red(3), red(3, right), pain(3, {})] },
    ['left', 'right', 'unspecified'],
  ],
  ['with none they stand alone', { signs: [red(3, {})] }, ['unspecified']],
  [
    'a side recorded only as free of a sign is no evidence',
    { signs: [red(3, { ...right, state: 'absent' }), pain(3, {})] },
    ['unspecified'],
  ],
  [
    'an old diagnosis yields to a current sign of the other side',
    {
      problems: [problemSince('mastitis-lactational', daysAgo(100), left)],
      signs: [red(3, right), pain(3, {})],
    },
    ['left', 'right'],
  ],
  [
    'a pain score without side is no evidence',
    { measures: [measure('pain', 6, hoursAgo(2))] },
    ['unspecified'],
  ],
  ['a pain score of a side is', { measures: [measure('pain', 6, hoursAgo(2), right)] }, ['right']],
  [
    'a pain score that names the breast is',
    { measures: [measure('pain', 6, hoursAgo(2), { aboutBreast: true })], signs: [red(2), red(2, right)] },
    ['left', 'right', 'unspecified'],
  ],
])('sides: %s', (_, facts, sides) => {
  expect(
    viewsOf(facts)
      .map(({ side }) => side)
      .sort(),
  ).toEqual(sides)
})

test('the sides of an example where both have evidence: pain without side still inflames the red one', () => {
  const views = viewsOf({ signs: [red(3), sign('lump', hoursAgo(3), right), pain(3, {})] })

  expect(views.map(({ side, evidence }) => [side, evidence.inflamed.verdict])).toEqual([
    ['left', 'present'],
    ['right', 'absent'],
    ['unspecified', 'absent'],
  ])
})

test.each<[string, Partial<Facts>, boolean]>([
  ['a pain score without side is no breast sign', { measures: [measure('pain', 6, hoursAgo(2))] }, false],
  [
    'nor is it when it was also read as pain',
    {
      measures: [measure('pain', 6, hoursAgo(2), { source: 'Observation/p' })],
      signs: [pain(2, { source: 'Observation/p' })],
    },
    false,
  ],
  [
    'a pain score that names the breast is one',
    { measures: [measure('pain', 6, hoursAgo(2), { aboutBreast: true })] },
    true,
  ],
  ['a pain score of 0 is none', { measures: [measure('pain', 0, hoursAgo(2), left)] }, false],
  ['fever is none', { signs: [sign('fever-finding', hoursAgo(2))] }, false],
  ['a lump 72 h old is one', { signs: [sign('lump', hoursAgo(72), left)] }, true],
  ['a lump 73 h old is none, though it is current', { signs: [sign('lump', hoursAgo(73), left)] }, false],
])('%s', (_, facts, any) => {
  expect(leadingOf(facts).evidence.anySign).toBe(any)
})

test('a strong sign shows its first record and its newest', () => {
  const { strong } = leadingOf({
    signs: [sign('peau-d-orange', daysAgo(9), left), sign('peau-d-orange', daysAgo(1), left)],
  }).evidence

  expect(strong.evidence.map(({ when }) => when)).toEqual([daysAgo(9), daysAgo(1)])
})

test('the higher stage leads', () => {
  const views = viewsOf({ signs: [sign('lump', hoursAgo(3), left), pain(3), red(3, right), pain(3, right)] })

  expect(views.map(({ side, stage }) => [side, stage])).toEqual([
    ['right', 'inflammatory-mastitis'],
    ['left', 'blocked-duct'],
  ])
})
