import { expect, test } from '@jest/globals'
import type { Facts, Sign } from '../../../../src/facts/facts.js'
import { assessed, verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  birth,
  both,
  culture,
  daysAgo,
  hoursAgo,
  left,
  measure,
  problem,
  problemSince,
  right,
  seen,
  sign,
  statement,
  temperature,
  thisMonth,
  ultrasoundResult,
  unread,
  unreadable,
} from '../../facts-of.js'

const undated = (name: Sign['sign'], given: Partial<Sign> = {}): Sign => {
  const { when: _when, ...rest } = seen(name, 1, given)
  return rest
}
const unknown = { state: 'unknown' } as const
const gone = { state: 'absent' } as const

test.each<Row>([
  // recorded as unknown
  [
    'unknown 72 h ago is still a doubt',
    { signs: [seen('erythema', 72, unknown)], problems: [problemSince('engorgement', hoursAgo(86), left)] },
    'left',
    'stage-engorgement',
    'cannot-tell',
  ],
  [
    'unknown 73 h ago is none',
    { signs: [seen('erythema', 73, unknown)], problems: [problemSince('engorgement', hoursAgo(86), left)] },
    'left',
    'stage-engorgement',
    'present',
  ],
  [
    'a phlegmon unknown 84 days ago is none',
    { signs: [sign('phlegmon-text', daysAgo(84), unknown)] },
    'unspecified',
    'stage-phlegmon',
    'absent',
  ],
  // a value that could not be read
  [
    'of before a readable one is no doubt',
    {
      signs: [sign('peau-d-orange', hoursAgo(55), gone)],
      unreadable: [unreadable('peau-d-orange', 'value could not be read', { when: hoursAgo(697) })],
    },
    'unspecified',
    'ibc-r1',
    'absent',
  ],
  [
    'of the same moment as a readable one is',
    {
      signs: [sign('peau-d-orange', hoursAgo(55), gone)],
      unreadable: [unreadable('peau-d-orange', 'value could not be read', { when: hoursAgo(55) })],
    },
    'unspecified',
    'ibc-r1',
    'cannot-tell',
  ],
  [
    'exactly as old as the window is a doubt',
    {
      unreadable: [unreadable('fluctuance', 'value could not be read', { when: hoursAgo(72) })],
      signs: [sign('breast-pain', hoursAgo(1))],
    },
    'unspecified',
    'fluctuance',
    'cannot-tell',
  ],
  [
    'an hour older is none',
    {
      unreadable: [unreadable('fluctuance', 'value could not be read', { when: hoursAgo(73) })],
      signs: [sign('breast-pain', hoursAgo(1))],
    },
    'unspecified',
    'fluctuance',
    'absent',
  ],
  [
    'the newest of two decides, in whatever order they stand',
    {
      reads: unread('conditions'),
      unreadable: [
        unreadable('temperature', 'no unit', { when: hoursAgo(36) }),
        unreadable('temperature', 'no unit', { when: hoursAgo(84) }),
      ],
    },
    'unspecified',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  // without a date
  [
    "peau d'orange without a date casts no doubt on fluctuance",
    { signs: [undated('peau-d-orange', right)] },
    'right',
    'fluctuance',
    'absent',
  ],
  ['but on itself', { signs: [undated('peau-d-orange', right)] }, 'right', 'ibc-r1', 'cannot-tell'],
  [
    'recorded absent without a date casts none',
    { signs: [undated('peau-d-orange', gone)] },
    'left',
    'ibc-r1',
    'absent',
  ],
  [
    'of the other breast neither',
    { signs: [undated('peau-d-orange', right), seen('lump', 1)] },
    'left',
    'ibc-r1',
    'absent',
  ],
  // lists that could not be read
  [
    'conditions unread, a lump recorded absent since',
    { reads: unread('conditions'), signs: [seen('skin-thickening', 96), seen('lump', 20, gone)] },
    'left',
    'persistent-lump',
    'absent',
  ],
  [
    'conditions unread, fluctuance not spoken of',
    { reads: unread('conditions'), signs: [seen('skin-thickening', 96), seen('lump', 20, gone)] },
    'left',
    'fluctuance',
    'cannot-tell',
  ],
  [
    'conditions unread, fluctuance recorded absent 72 h ago',
    { reads: unread('conditions'), signs: [seen('skin-thickening', 96), seen('fluctuance', 72, gone)] },
    'left',
    'fluctuance',
    'absent',
  ],
  [
    'recorded absent 73 h ago',
    { reads: unread('conditions'), signs: [seen('skin-thickening', 96), seen('fluctuance', 73, gone)] },
    'left',
    'fluctuance',
    'cannot-tell',
  ],
  [
    'breast signs unread leave fever in words in doubt',
    { reads: unread('breastSigns'), problems: [problemSince('blocked-duct', hoursAgo(12), both)] },
    'left',
    'both-breasts-febrile',
    'cannot-tell',
  ],
  [
    'and a lump that may persist',
    {
      reads: unread('breastSigns'),
      problems: [
        problem('blocked-duct', {
          ...right,
          when: hoursAgo(600),
          onset: hoursAgo(600),
          recorded: hoursAgo(1),
        }),
      ],
    },
    'right',
    'persistent-lump',
    'cannot-tell',
  ],
  [
    'temperatures unread leave fever in doubt',
    { reads: unread('temperatures'), signs: [sign('breast-pain', hoursAgo(9), both)] },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  [
    'a readable temperature does not end the doubt of one without a date',
    {
      measures: [temperature(37.9, 7)],
      unreadable: [unreadable('temperature', 'time could not be read')],
      signs: [seen('breast-pain', 1)],
    },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  // fever and malaise in words
  [
    'fever recorded as unknown, in a month that may be now',
    { signs: [seen('lump', 21), sign('fever-finding', thisMonth, unknown)] },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  [
    'malaise recorded as unknown 73 h ago',
    { signs: [seen('lump', 1), sign('malaise', hoursAgo(73), unknown)] },
    'left',
    'stage-bacterial-mastitis',
    'absent',
  ],
  [
    'malaise recorded as unknown 72 h ago',
    { signs: [seen('lump', 1), sign('malaise', hoursAgo(72), unknown)] },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  [
    'fever in words that could not be read 72 h ago',
    {
      signs: [seen('lump', 1)],
      unreadable: [unreadable('fever-finding', 'value could not be read', { when: hoursAgo(72) })],
    },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  [
    'malaise that could not be read 73 h ago',
    {
      signs: [seen('lump', 1)],
      unreadable: [unreadable('malaise', 'value could not be read', { when: hoursAgo(73) })],
    },
    'left',
    'stage-bacterial-mastitis',
    'absent',
  ],
  // a side that is recorded
  [
    'fever and warmth exactly 72 h old with a side',
    { measures: [temperature(38.5, 12)], signs: [seen('warmth', 72)] },
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  [
    'older pain of that side does not take the side from the newer',
    {
      signs: [seen('breast-pain', 12), seen('breast-pain', 601)],
      unreadable: [unreadable('temperature', 'no unit', { when: hoursAgo(54) })],
    },
    'left',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  [
    'no current pain, only a fever in doubt',
    {
      signs: [seen('breast-pain', 80)],
      unreadable: [unreadable('temperature', 'no unit', { when: hoursAgo(1) })],
    },
    'unspecified',
    'both-breasts-febrile',
    'absent',
  ],
  [
    'a redness in doubt with a fever',
    {
      measures: [temperature(38.4, 3)],
      unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(5) })],
    },
    'unspecified',
    'stage-bacterial-mastitis',
    'cannot-tell',
  ],
  // fullness
  [
    'pain without side is fullness of neither breast',
    {
      births: [birth('living-infant', hoursAgo(49))],
      measures: [measure('pain', 10, hoursAgo(13), { aboutBreast: true })],
    },
    'unspecified',
    'stage-engorgement',
    'absent',
  ],
  [
    'pain of both breasts 72 h ago, moderate, after a birth',
    { births: [birth('living-infant', hoursAgo(49))], measures: [measure('pain', 10, hoursAgo(72), both)] },
    'left',
    'stage-engorgement',
    'present',
  ],
  [
    '73 h ago it is over',
    {
      births: [birth('living-infant', hoursAgo(49))],
      measures: [measure('pain', 10, hoursAgo(73), both)],
      signs: [sign('nipple-retraction', hoursAgo(20), both)],
    },
    'left',
    'stage-engorgement',
    'absent',
  ],
  // stages
  [
    'a blocked duct of a woman who has just delivered',
    {
      births: [birth('living-infant', hoursAgo(80))],
      problems: [problemSince('blocked-duct', hoursAgo(57), left)],
    },
    'left',
    'stage-blocked-duct',
    'present',
  ],
  [
    'a lower stage in doubt is not told beside the one reached',
    { reads: unread('breastSigns'), problems: [problemSince('mastitis-lactational', hoursAgo(12), left)] },
    'left',
    'stage-blocked-duct',
    'absent',
  ],
  [
    'a normal scan after mastitis leaves no abscess in doubt',
    {
      reads: unread('breastSigns'),
      problems: [
        problem('mastitis-lactational', {
          ...left,
          when: hoursAgo(609),
          onset: hoursAgo(609),
          recorded: hoursAgo(12),
        }),
      ],
      results: [ultrasoundResult('normal', hoursAgo(225))],
    },
    'left',
    'stage-abscess',
    'absent',
  ],
  [
    'a normal scan, then a collection in mastitis',
    {
      problems: [problemSince('mastitis-lactational', hoursAgo(74), left)],
      results: [
        ultrasoundResult('normal', hoursAgo(480), both),
        ultrasoundResult('collection', hoursAgo(1), left),
      ],
    },
    'left',
    'stage-abscess',
    'present',
  ],
  [
    'an abscess and a normal scan of one moment',
    {
      results: [
        ultrasoundResult('abscess', hoursAgo(609), left),
        ultrasoundResult('normal', hoursAgo(609), left),
      ],
    },
    'left',
    'stage-abscess',
    'present',
  ],
  [
    'a positive culture 30 days old in a mastitis of hours',
    { problems: [problemSince('mastitis-nos', hoursAgo(5), left)], results: [culture(daysAgo(30), left)] },
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  [
    'a diagnosis of two sets, one of them mastitis',
    { problems: [problemSince(['breast-cancer', 'mastitis-nos'], hoursAgo(225), left)] },
    'left',
    'stage-bacterial-mastitis',
    'present',
  ],
  // what could raise an alarm
  [
    'a laboratory unread beside an abscess',
    { reads: unread('laboratory'), problems: [problemSince('abscess-nos', hoursAgo(8), left)] },
    'left',
    'red-flag-unreadable',
    'present',
  ],
  [
    'beside a blocked duct',
    { reads: unread('breastSigns'), problems: [problemSince('blocked-duct', hoursAgo(8), right)] },
    'right',
    'red-flag-unreadable',
    'present',
  ],
  [
    'beside mastitis of one breast and only a culture of the other',
    {
      reads: unread('medicationRequests'),
      problems: [problem('mastitis-lactational', { ...left, when: thisMonth })],
      results: [culture(hoursAgo(60), right)],
    },
    'right',
    'red-flag-unreadable',
    'present',
  ],
  [
    'a swelling that could not be read leaves known breast cancer as it is',
    { unreadable: [unreadable('swelling', 'value could not be read')] },
    'unspecified',
    'known-ibc',
    'absent',
  ],
  // what the status allows
  [
    'not lactating, with nothing of a flag',
    { lactation: [statement('no', hoursAgo(96))] },
    'unspecified',
    'ultrasound-allowed',
    'absent',
  ],
  [
    'not lactating, with a flag in doubt',
    {
      lactation: [statement('no', hoursAgo(10))],
      signs: [seen('axillary-node', 1, unknown)],
      results: [ultrasoundResult('suspicious', hoursAgo(84))],
    },
    'left',
    'ultrasound-allowed',
    'cannot-tell',
  ],
  [
    'lactating, with a flag in doubt',
    {
      lactation: [statement('yes', hoursAgo(10))],
      signs: [seen('axillary-node', 1, unknown)],
      results: [ultrasoundResult('suspicious', hoursAgo(84))],
    },
    'left',
    'ultrasound-allowed',
    'present',
  ],
  [
    'status unknown, mastitis of one of two breasts',
    {
      signs: [sign('bloody-discharge', hoursAgo(5), both)],
      problems: [problemSince('mastitis-nos', hoursAgo(225), left)],
    },
    'right',
    'lactation-to-document',
    'present',
  ],
  // MRSA and the window
  [
    'conditions unread and a culture before any antibiotic',
    {
      reads: unread('conditions'),
      results: [
        culture(hoursAgo(60), { ...left, susceptibilities: [{ ingredient: 'dicloxacillin', verdict: 'R' }] }),
      ],
    },
    'left',
    'cover-may-miss-mrsa',
    'absent',
  ],
  [
    'medicines unread, late or not, leave worse in doubt',
    {
      reads: unread('medicationRequests'),
      problems: [problemSince('mastitis-lactational', hoursAgo(5), left)],
    },
    'left',
    'response-worse',
    'cannot-tell',
  ],
  [
    'an untested clindamycin beside a medicine in doubt, no MRSA',
    {
      reads: unread('conditions'),
      signs: [sign('breast-pain', hoursAgo(36), both)],
      medicines: [antibiotic(hoursAgo(37))],
      unreadable: [unreadable('medicine', 'start is not recorded')],
    },
    'left',
    'clindamycin-untested',
    'absent',
  ],
] satisfies readonly Row[])('%s', (_, facts: Partial<Facts>, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test('a blocked duct without a date never persists', () => {
  const facts = { signs: [seen('lump', 60)], problems: [problem(['prolactinoma', 'blocked-duct'], left)] }

  expect(verdictOn(facts, 'left', 'persistent-lump')).toBe('absent')
})

test('a strong sign that is over has no first record', () => {
  expect(
    assessed({ signs: [seen('peau-d-orange', 60), seen('peau-d-orange', 1, gone)] }).strongSince,
  ).toBeUndefined()
})
