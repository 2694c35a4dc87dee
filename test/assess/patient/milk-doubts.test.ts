import { expect, test } from '@jest/globals'
import type { Facts, Sign, Span } from '../../../src/facts/facts.js'
import { verdictOn, type Row } from '../assessed.js'
import {
  at,
  antibiotic,
  birth,
  hoursAgo,
  now,
  order,
  problem,
  problemSince,
  sign,
  unreadable,
} from '../facts-of.js'

const fissure = (state: Sign['state'], when: Span): Sign => sign('nipple-fissure', when, { state })
const { when: _when, ...undatedAbsent } = fissure('absent', hoursAgo(1))
const withHepatitis = (...signs: readonly Sign[]): Partial<Facts> => ({
  problems: [problem('hepatitis-c')],
  signs,
})
const methotrexate = { sets: ['contraindicated'] } as const

test.each<Row>([
  // F7: hepatitis C and a broken nipple
  [
    'hepatitis C and another sign',
    withHepatitis(sign('fluctuance', hoursAgo(1))),
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'the newest "healed" counts, in whatever order they stand',
    withHepatitis(
      fissure('absent', hoursAgo(10)),
      fissure('absent', hoursAgo(40)),
      fissure('present', hoursAgo(20)),
    ),
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'broken and healed at one instant: broken',
    withHepatitis(fissure('present', hoursAgo(10)), fissure('absent', hoursAgo(10))),
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    'a newer "unknown" does not heal',
    withHepatitis(fissure('present', hoursAgo(20)), fissure('unknown', hoursAgo(5))),
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    '"healed" without a date does not either',
    withHepatitis(fissure('present', hoursAgo(20)), undatedAbsent),
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  // F4: a medicine during which milk is not given
  [
    'ordered until a day that lies ahead',
    { medicines: [order('methotrexate', hoursAgo(50), { ...methotrexate, end: at(now + 86_400_000) })] },
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    'ordered until now',
    { medicines: [order('methotrexate', hoursAgo(50), { ...methotrexate, end: hoursAgo(0) })] },
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    'an order that starts now',
    { medicines: [order('methotrexate', hoursAgo(0), methotrexate)] },
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    'given, nobody knows when',
    {
      medicines: [
        {
          source: 'MedicationAdministration/undated',
          fromText: false,
          kind: 'administration',
          ingredients: ['methotrexate'],
          cover: 'none',
          mrsa: 'inactive',
          sets: ['contraindicated'],
          status: 'completed',
          reason: 'none',
          singleInstant: true,
        },
      ],
    },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'a medicine that could not be read is not the antibiotic that could',
    { medicines: [antibiotic(hoursAgo(288))], unreadable: [unreadable('medicine', 'drug is not known')] },
    'unspecified',
    'milk-caution-row',
    'cannot-tell',
  ],
  [
    'of the antibiotic that could be read only the start was missing',
    {
      medicines: [antibiotic(hoursAgo(288))],
      unreadable: [
        unreadable('medicine', 'start is not recorded', { source: 'MedicationRequest/dicloxacillin' }),
      ],
    },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'of one that is contraindicated the status was missing',
    {
      medicines: [order('methotrexate', hoursAgo(288), { ...methotrexate, status: 'stopped' })],
      unreadable: [
        unreadable('medicine', 'status is not known', { source: 'MedicationRequest/methotrexate' }),
      ],
    },
    'unspecified',
    'milk-caution-row',
    'cannot-tell',
  ],
  // F8 and F9
  [
    'opioid use in remission',
    { problems: [problem('substance-opioid', { remission: true })] },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'chickenpox of which only the recording is dated',
    {
      births: [birth('living-infant', hoursAgo(13))],
      problems: [problem('varicella', { when: hoursAgo(20), recorded: hoursAgo(20) })],
    },
    'unspecified',
    'milk-caution-row',
    'present',
  ],
  [
    'chickenpox of which nothing is dated',
    { births: [birth('living-infant', hoursAgo(13))], problems: [problem('varicella')] },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'chickenpox without any birth on record',
    { problems: [problemSince('varicella', hoursAgo(20))] },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
  [
    'a breast diagnosis is no reason for care with the milk',
    { problems: [problemSince('engorgement', hoursAgo(86))] },
    'unspecified',
    'milk-caution-row',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
