import { expect, test } from '@jest/globals'
import type { ConditionSet } from '../../../../src/terminology/concepts.js'
import type { Facts, Medicine, Problem, Span } from '../../../../src/facts/facts.js'
import { hoursOn, verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  at,
  daysAgo,
  hoursAgo,
  left,
  now,
  problem,
  problemSince,
  right,
  sign,
  temperature,
} from '../../facts-of.js'

/** A diagnosis of the left breast too old to drive by itself. */
const healed = (given: Partial<Problem> = {}): Problem =>
  problemSince('mastitis-lactational', daysAgo(40), { ...left, ...given })
/** An antibiotic without a reason, begun 50 h ago. */
const unexplained = (given: Partial<Medicine> = {}): Medicine =>
  antibiotic(hoursAgo(50), { reason: 'none', ...given })
const infection = (set: ConditionSet, when: Span): Problem =>
  problem(set, { when, onset: when, recorded: when })
const minute = 60_000
const fromStart = (days: number, minutes = 0): Span =>
  at(now - (50 + days * 24) * 60 * minute - minutes * minute)

const drives = (what: string, facts: Partial<Facts>, verdict: Row[4]): Row => [
  what,
  { medicines: [unexplained()], ...facts },
  'left',
  'driving-diagnosis',
  verdict,
]

test.each<Row>([
  drives('no sign and no onset near', { problems: [healed()] }, 'absent'),
  drives(
    'redness 72 h before',
    { problems: [healed()], signs: [sign('erythema', hoursAgo(122), left)] },
    'present',
  ),
  drives(
    'redness 73 h before',
    { problems: [healed()], signs: [sign('erythema', hoursAgo(123), left)] },
    'absent',
  ),
  drives(
    'redness of the right breast',
    { problems: [healed()], signs: [sign('erythema', hoursAgo(80), right)] },
    'absent',
  ),
  drives(
    'redness recorded absent',
    { problems: [healed()], signs: [sign('erythema', hoursAgo(80), { ...left, state: 'absent' })] },
    'absent',
  ),
  drives(
    'a new diagnosis of the same breast, since resolved',
    {
      problems: [
        healed(),
        problemSince('mastitis-nos', hoursAgo(52), { ...left, active: false, source: 'Condition/new' }),
      ],
    },
    'present',
  ),
  drives('a breast reason', { problems: [healed()], medicines: [antibiotic(hoursAgo(50))] }, 'present'),
  drives(
    'another reason, and redness',
    {
      problems: [healed()],
      signs: [sign('erythema', hoursAgo(80), left)],
      medicines: [unexplained({ reason: 'other', noExposure: 'other-reason' })],
    },
    'absent',
  ),
  // pain and swelling show nothing beside another infection
  ...(['breast-pain', 'swelling', 'nipple-fissure'] as const).flatMap((name) => [
    drives(`${name} alone`, { problems: [healed()], signs: [sign(name, hoursAgo(80), left)] }, 'present'),
    drives(
      `${name} beside pneumonia`,
      {
        problems: [healed(), infection('pneumonia', hoursAgo(60))],
        signs: [sign(name, hoursAgo(80), left)],
      },
      'absent',
    ),
  ]),
  drives(
    'pain and redness beside pneumonia',
    {
      problems: [healed(), infection('pneumonia', hoursAgo(60))],
      signs: [sign('breast-pain', hoursAgo(80), left), sign('erythema', hoursAgo(80), left)],
    },
    'present',
  ),
])(
  'an antibiotic wakes an old diagnosis only if it is for this breast: %s',
  (_what, facts, side, name, verdict) => {
    expect(verdictOn(facts, side, name)).toBe(verdict)
  },
)

test.each<[string, Problem, Row[4]]>([
  ['7 days before', infection('kidney-infection', fromStart(7)), 'absent'],
  ['a minute earlier', infection('kidney-infection', fromStart(7, 1)), 'present'],
  ['2 days after', infection('kidney-infection', fromStart(-2)), 'absent'],
  ['a minute later', infection('kidney-infection', fromStart(-2, -1)), 'present'],
  [
    'recorded then, begun earlier',
    { ...infection('influenza', fromStart(9)), recorded: fromStart(1) },
    'absent',
  ],
  ['resolved', { ...infection('influenza', fromStart(1)), active: false }, 'present'],
])('pain counts near an antibiotic unless another infection was recorded: %s', (_what, other, verdict) => {
  const facts = {
    problems: [healed(), other],
    signs: [sign('breast-pain', hoursAgo(80), left)],
    medicines: [unexplained()],
  }

  expect(verdictOn(facts, 'left', 'driving-diagnosis')).toBe(verdict)
})

const since = (hours: number): Problem => problemSince('mastitis-lactational', hoursAgo(hours), left)
const ended = (start: number, end: number): Medicine =>
  unexplained({ start: hoursAgo(start), end: hoursAgo(end) })
const changed = (start: number): Medicine =>
  unexplained({ start: hoursAgo(start), source: 'MedicationRequest/second', ingredients: ['clindamycin'] })

test.each<[string, Partial<Facts>, string]>([
  ['begun 72 h after the onset', { problems: [since(122)], medicines: [unexplained()] }, '50'],
  ['begun 73 h after the onset', { problems: [since(123)], medicines: [unexplained()] }, '0'],
  [
    'an onset long before, and recorded at the start',
    { problems: [{ ...since(200), recorded: hoursAgo(50) }], medicines: [unexplained()] },
    '50',
  ],
  ['one that takes over', { problems: [since(200)], medicines: [ended(199, 100), changed(100)] }, '199'],
  ['24 h after the first', { problems: [since(200)], medicines: [ended(199, 100), changed(76)] }, '199'],
  ['25 h after the first', { problems: [since(200)], medicines: [ended(199, 100), changed(75)] }, '99'],
  [
    'one that takes over, for the kidney',
    {
      problems: [since(200), infection('kidney-infection', hoursAgo(101))],
      medicines: [ended(199, 100), changed(100)],
    },
    '99',
  ],
])('the hours of cover hold the antibiotics for this breast: %s', (_what, facts, hours) => {
  expect(hoursOn(facts, 'left')).toBe(hours)
})

test('an antibiotic for the kidney is no answer to a healed breast, and no reason to ask for one', () => {
  const facts = {
    problems: [
      problemSince('mastitis-lactational', daysAgo(20), left),
      infection('kidney-infection', hoursAgo(52)),
    ],
    medicines: [unexplained()],
    measures: [temperature(38.4, 1)],
  }

  expect(verdictOn(facts, 'left', 'stage-bacterial-mastitis')).toBe('absent')
  expect(verdictOn(facts, 'left', 'no-antibiotic-24h')).toBe('absent')
})
