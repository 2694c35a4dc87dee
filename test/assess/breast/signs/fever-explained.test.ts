import { expect, test } from '@jest/globals'
import type { Facts, Sign } from '../../../../src/facts/facts.js'
import { leadingScope } from '../../assessed.js'
import {
  both,
  daysAgo,
  hoursAgo,
  left,
  problemSince,
  right,
  sign,
  temperature,
  ultrasoundResult,
  unread,
} from '../../facts-of.js'

const influenza = problemSince('influenza', daysAgo(1))
const pain = (given: Partial<Sign> = both): Sign => sign('breast-pain', hoursAgo(2), given)
/** Influenza, 39.3 °C, both breasts tender and swollen. */
const flu = (given: Partial<Facts> = {}): Partial<Facts> => ({
  problems: [influenza],
  measures: [temperature(39.3, 1)],
  signs: [pain(), sign('swelling', hoursAgo(2), both)],
  ...given,
})
const withSign = (...signs: Facts['signs']): Partial<Facts> =>
  flu({ signs: [...(flu().signs ?? []), ...signs] })

test.each<[string, Partial<Facts>, string, string]>([
  ['both breasts tender', flu(), '', 'absent'],
  ['without the influenza', flu({ problems: [] }), 'Possible mastitis', 'present'],
  [
    'influenza exactly 14 days ago',
    flu({ problems: [problemSince('influenza', daysAgo(14))] }),
    '',
    'absent',
  ],
  [
    'influenza 15 days ago',
    flu({ problems: [problemSince('influenza', daysAgo(15))] }),
    'Possible mastitis',
    'present',
  ],
  ['tender on both sides, each charted', flu({ signs: [pain(left), pain(right)] }), '', 'absent'],
  ['pain of the left breast only', flu({ signs: [pain(left)] }), 'Possible mastitis', 'absent'],
  [
    'both painful, the left swollen',
    flu({ signs: [pain(), sign('swelling', hoursAgo(2), left)] }),
    'Possible mastitis',
    'present',
  ],
  ...(['erythema', 'colour-change', 'warmth', 'lump'] as const).map(
    (name): [string, Partial<Facts>, string, string] => [
      `${name} of the left breast`,
      withSign(sign(name, hoursAgo(2), left)),
      'Possible mastitis',
      'present',
    ],
  ),
  [
    'redness recorded as unknown',
    withSign(sign('erythema', hoursAgo(2), { ...left, state: 'unknown' })),
    'Possible mastitis',
    'present',
  ],
  [
    'a diagnosis of mastitis',
    flu({ problems: [influenza, problemSince('mastitis-lactational', daysAgo(1), left)] }),
    'Mastitis',
    'present',
  ],
  [
    'conditions that could not be read',
    flu({ problems: [], reads: unread('conditions') }),
    'Possible mastitis',
    'present',
  ],
])('fever of another infection makes no mastitis: %s', (_what, facts, stage, bothFebrile) => {
  const { values, findings } = leadingScope(facts)

  expect(values.Stage).toBe(stage)
  expect(findings.get('both-breasts-febrile')?.verdict).toBe(bothFebrile)
})

const inflamed: Partial<Facts> = { signs: [pain(left), sign('erythema', hoursAgo(2), left)] }
const diagnosis = (set: Parameters<typeof problemSince>[0], days: number) =>
  problemSince(set, daysAgo(days), left)

test.each<[string, Partial<Facts>, string]>([
  ['signs alone', inflamed, 'Possible mastitis'],
  ['a mastitis on record', { ...inflamed, problems: [diagnosis('mastitis-nos', 1)] }, 'Mastitis'],
  [
    'an old mastitis beside the signs',
    { ...inflamed, problems: [diagnosis('mastitis-nos', 60)] },
    'Mastitis',
  ],
  [
    'a blocked duct on record',
    { ...inflamed, problems: [diagnosis('blocked-duct', 1)] },
    'Possible mastitis',
  ],
  [
    'a resolved mastitis',
    { ...inflamed, problems: [{ ...diagnosis('mastitis-nos', 1), active: false }] },
    'Possible mastitis',
  ],
  [
    'an abscess cleared by a newer scan',
    {
      ...inflamed,
      problems: [diagnosis('abscess-lactational', 3)],
      results: [ultrasoundResult('normal', hoursAgo(3), left)],
    },
    'Mastitis',
  ],
  [
    'an abscess on a scan',
    { ...inflamed, results: [ultrasoundResult('abscess', hoursAgo(3), left)] },
    'Breast abscess',
  ],
])('a stage by signs alone is "possible": %s', (_what, facts, stage) => {
  expect(leadingScope(facts).values.Stage).toBe(stage)
})
