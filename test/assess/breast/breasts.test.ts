import { expect, test } from '@jest/globals'
import type { BreastSide } from '../../../src/assess/views.js'
import type { Facts } from '../../../src/facts/facts.js'
import { assessed, sidesOf, verdictOn, type Row } from '../assessed.js'
import {
  antibiotic,
  both,
  care,
  culture,
  daysAgo,
  done,
  hoursAgo,
  left,
  measure,
  problem,
  problemSince,
  right,
  sign,
  ultrasoundResult,
  unreadable,
} from '../facts-of.js'

const { when: _when, ...undatedPhlegmon } = sign('phlegmon-text', hoursAgo(1), both)
const { when: _time, ...undatedPeau } = sign('peau-d-orange', hoursAgo(1), right)

test.each<[string, Partial<Facts>, readonly BreastSide[]]>([
  [
    'a biopsy being done is no illness of its side',
    { care: [care('skin-biopsy', hoursAgo(9), { ...done, ...left })] },
    ['unspecified'],
  ],
  [
    'a drainage only ordered is none either',
    { care: [care('drainage', hoursAgo(9), left)] },
    ['unspecified'],
  ],
  [
    'a drainage done 90 days ago is',
    { care: [care('drainage', daysAgo(90), { ...done, ...left })] },
    ['left'],
  ],
  [
    'a drainage done 91 days ago is not',
    { care: [care('drainage', daysAgo(91), { ...done, ...left })] },
    ['unspecified'],
  ],
  [
    'an incision of one breast beside pain of the other',
    {
      care: [care('incision', hoursAgo(71), { ...done, ...right })],
      signs: [sign('breast-pain', hoursAgo(6), left)],
    },
    ['left', 'right'],
  ],
  [
    'a drainage planned for later',
    { care: [care('drainage', hoursAgo(-72), { ...done, ...left })] },
    ['unspecified'],
  ],
  ['a positive culture 30 days old', { results: [culture(daysAgo(30), left)] }, ['left']],
  ['a positive culture 31 days old', { results: [culture(daysAgo(31), left)] }, ['unspecified']],
  [
    'a culture without growth',
    {
      results: [
        culture(hoursAgo(1), { ...left, positive: false }),
        ultrasoundResult('abscess', hoursAgo(5), right),
      ],
    },
    ['right'],
  ],
  ['a positive culture of both sides', { results: [culture(hoursAgo(60), both)] }, ['left', 'right']],
  [
    'a normal scan of both breasts beside mastitis of one',
    {
      results: [ultrasoundResult('normal', daysAgo(2), both)],
      problems: [problemSince('mastitis-lactational', hoursAgo(74), left)],
    },
    ['left'],
  ],
  [
    'a scan that shows nothing certain',
    { results: [ultrasoundResult('indeterminate', daysAgo(2), both)] },
    ['unspecified'],
  ],
  [
    'a suspicious scan 180 days old',
    { results: [ultrasoundResult('suspicious', daysAgo(180), left)] },
    ['left'],
  ],
  [
    'a suspicious scan 181 days old',
    { results: [ultrasoundResult('suspicious', daysAgo(181), left)] },
    ['unspecified'],
  ],
  [
    'redness of both breasts two weeks ago, a lump of one now',
    { signs: [sign('erythema', daysAgo(14), both), sign('lump', hoursAgo(5), left)] },
    ['left'],
  ],
  [
    'a sign that has gone since',
    {
      signs: [
        sign('bloody-discharge', hoursAgo(47), left),
        sign('bloody-discharge', hoursAgo(1), { ...left, state: 'absent' }),
      ],
    },
    ['unspecified'],
  ],
  [
    'a resolved diagnosis of the other breast',
    {
      problems: [
        problem('phlegmon', left),
        problemSince('mastitis-nos', hoursAgo(1), { ...right, active: false }),
      ],
    },
    ['left'],
  ],
  ['a phlegmon written without a date', { signs: [undatedPhlegmon] }, ['unspecified']],
  ["peau d'orange written without a date", { signs: [undatedPeau] }, ['right']],
  [
    'a pain score that names no breast, beside lumps of both',
    { measures: [measure('pain', 7, hoursAgo(2))], signs: [sign('lump', hoursAgo(2), both)] },
    ['left', 'right'],
  ],
  [
    'a pain score beside a breast pain recorded apart from it',
    { measures: [measure('pain', 7, hoursAgo(2))], signs: [sign('breast-pain', hoursAgo(2), left)] },
    ['left'],
  ],
  // what has no side joins the breast with more evidence, else it stands alone
  [
    'a lump without side joins a new diagnosis rather than an old scan',
    {
      problems: [problemSince('phlegmon', hoursAgo(73), right)],
      results: [ultrasoundResult('abscess', daysAgo(81), both)],
      signs: [sign('lump', hoursAgo(5))],
    },
    ['right', 'left'],
  ],
  [
    'a lump without side joins a scan 30 days old rather than an old diagnosis',
    {
      problems: [problemSince('mastitis-nos', daysAgo(20), right)],
      results: [ultrasoundResult('abscess', daysAgo(30), left)],
      signs: [sign('nipple-fissure', hoursAgo(5))],
    },
    ['left', 'right'],
  ],
  [
    'a diagnosis of 14 days weighs as much as a sign of the other breast',
    {
      problems: [problemSince('mastitis-nos', daysAgo(14), right)],
      signs: [sign('bloody-discharge', hoursAgo(1), left), sign('nipple-fissure', hoursAgo(1))],
    },
    ['right', 'left', 'unspecified'],
  ],
  [
    'a diagnosis of 15 days weighs less',
    {
      problems: [problemSince('mastitis-nos', daysAgo(15), right)],
      signs: [sign('bloody-discharge', hoursAgo(1), left), sign('nipple-fissure', hoursAgo(1))],
    },
    ['left', 'right'],
  ],
  [
    'the breast whose illness the antibiotic belongs to comes first',
    {
      signs: [
        sign('fluctuance', hoursAgo(9), { ...left, state: 'unknown' }),
        sign('warmth', hoursAgo(48), right),
      ],
      medicines: [antibiotic(hoursAgo(6), { reason: 'none' })],
    },
    ['right', 'left'],
  ],
])('%s', (_, facts, sides) => {
  expect(sidesOf(facts)).toEqual(sides)
})

test.each<Row>([
  [
    'an abscess without side is the abscess of the one breast with a sign',
    {
      signs: [sign('axillary-node', hoursAgo(23), right)],
      problems: [problemSince('abscess-lactational', hoursAgo(48))],
    },
    'right',
    'stage-abscess',
    'present',
  ],
  [
    'a sign without side does not begin the illness of a breast that it has not joined',
    {
      problems: [problemSince('engorgement', hoursAgo(47), right)],
      signs: [sign('nipple-retraction', hoursAgo(44)), sign('nipple-retraction', hoursAgo(57), left)],
    },
    'right',
    'no-antibiotic-24h',
    'absent',
  ],
  [
    'a scan of both breasts is none of a breast without side',
    { results: [ultrasoundResult('normal', hoursAgo(1), both)] },
    'unspecified',
    'current-imaging',
    'absent',
  ],
  [
    'a biopsy of one breast is done for the woman of whom nothing else is known',
    { care: [care('skin-biopsy', hoursAgo(9), { kind: 'procedure', status: 'in-progress', ...left })] },
    'unspecified',
    'biopsy-ordered',
    'present',
  ],
  [
    'a value that is not about the breast leaves a weaker sign in doubt no further than it reaches',
    {
      problems: [problemSince('engorgement', hoursAgo(47), right)],
      signs: [sign('nipple-retraction', hoursAgo(44)), sign('nipple-retraction', hoursAgo(57), left)],
      unreadable: [unreadable('swelling', 'value of the sign could not be read', { when: hoursAgo(0) })],
    },
    'left',
    'ibc-r2',
    'cannot-tell',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test('a drainage without side was done on either breast', () => {
  const [first, second] = assessed({
    problems: [problemSince('phlegmon', hoursAgo(73), right)],
    results: [ultrasoundResult('abscess', daysAgo(81), both)],
    care: [care('incision', daysAgo(25), done)],
  }).scopes

  expect([first?.values.D, second?.values.D]).toEqual(['25', '25'])
})
