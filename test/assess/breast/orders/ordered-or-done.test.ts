import { expect, test } from '@jest/globals'
import type { BiopsyResult, CareItem, Facts } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  biopsyResult,
  both,
  care,
  hoursAgo,
  left,
  measure,
  problem,
  problemSince,
  right,
  seen,
  sign,
  thisMonth,
  ultrasoundResult,
} from '../../facts-of.js'

const biopsy = (reading: 'benign' | 'reported', when = thisMonth, given: Partial<BiopsyResult> = {}) =>
  biopsyResult(reading, when, { source: `DiagnosticReport/biopsy-${reading}`, ...given })
const procedure = (need: CareItem['need'], hours: number, given: Partial<CareItem> = {}): CareItem =>
  care(need, hoursAgo(hours), { kind: 'procedure', status: 'completed', ...left, ...given })

test.each<Row>([
  [
    "peau d'orange dated in the same month as the benign biopsy is not newer",
    { signs: [sign('peau-d-orange', thisMonth, left)], results: [biopsy('benign')] },
    'left',
    'biopsy-benign',
    'present',
  ],
  [
    'a biopsy reported after the benign one counts',
    {
      signs: [seen('skin-thickening', 609)],
      results: [biopsy('benign', hoursAgo(24)), biopsy('reported', hoursAgo(17))],
    },
    'left',
    'biopsy-ordered',
    'present',
  ],
  [
    'of one instant with it, it does not',
    {
      signs: [seen('skin-thickening', 609)],
      results: [biopsy('benign', hoursAgo(24)), biopsy('reported', hoursAgo(24))],
    },
    'left',
    'biopsy-ordered',
    'absent',
  ],
  [
    'a temperature higher than before at the moment of the benign biopsy is not worse since',
    {
      problems: [problemSince('mastitis-nos', hoursAgo(130), left)],
      measures: [measure('temperature', 37.5, hoursAgo(125)), measure('temperature', 38.4, hoursAgo(5))],
      medicines: [antibiotic(hoursAgo(120))],
      results: [biopsy('benign', hoursAgo(5))],
    },
    'left',
    'biopsy-benign',
    'present',
  ],
  [
    'later than the biopsy it is',
    {
      problems: [problemSince('mastitis-nos', hoursAgo(130), left)],
      measures: [measure('temperature', 37.5, hoursAgo(125)), measure('temperature', 38.4, hoursAgo(5))],
      medicines: [antibiotic(hoursAgo(120))],
      results: [biopsy('benign', hoursAgo(6))],
    },
    'left',
    'biopsy-benign',
    'absent',
  ],
  // ordered or done
  [
    'a drainage ordered and completed, a normal ultrasound since',
    {
      care: [care('drainage', hoursAgo(113), { status: 'completed' })],
      results: [ultrasoundResult('normal', hoursAgo(9))],
    },
    'unspecified',
    'drainage-ordered',
    'present',
  ],
  [
    'ordered only, there is nothing to look at again',
    {
      care: [care('drainage', hoursAgo(113), { status: 'completed' })],
      results: [ultrasoundResult('normal', hoursAgo(9))],
    },
    'unspecified',
    'ultrasound-since-drainage',
    'absent',
  ],
  [
    'an incision on hold, an abscess seen since',
    {
      care: [care('incision', hoursAgo(192), { ...left, status: 'on-hold' })],
      results: [ultrasoundResult('abscess', hoursAgo(0.5), left)],
    },
    'left',
    'drainage-ordered',
    'present',
  ],
  [
    'a drainage done before a new collection was seen',
    { care: [procedure('drainage', 192)], results: [ultrasoundResult('collection', hoursAgo(1), left)] },
    'left',
    'drainage-ordered',
    'absent',
  ],
  [
    'a drainage at the moment of the ultrasound',
    { care: [procedure('drainage', 192)], results: [ultrasoundResult('abscess', hoursAgo(192), left)] },
    'left',
    'drainage-ordered',
    'present',
  ],
  [
    'it was drained since',
    { care: [procedure('drainage', 192)], results: [ultrasoundResult('abscess', hoursAgo(192), left)] },
    'left',
    'drained-since-ultrasound',
    'present',
  ],
  [
    'a drainage done, no ultrasound on record',
    {
      problems: [problemSince('abscess-lactational', hoursAgo(100), left)],
      care: [procedure('incision', 90)],
    },
    'left',
    'drainage-ordered',
    'present',
  ],
  [
    'an ultrasound of the left breast is none of the right',
    {
      problems: [problemSince('abscess-lactational', hoursAgo(48), both)],
      results: [ultrasoundResult('normal', hoursAgo(5), left)],
    },
    'right',
    'ultrasound-ordered',
    'absent',
  ],
  [
    'nor a culture',
    {
      results: [
        ultrasoundResult('abscess', hoursAgo(5), right),
        {
          source: 'DiagnosticReport/c',
          fromText: false,
          result: 'culture',
          positive: false,
          susceptibilities: [],
          when: hoursAgo(1),
          ...left,
        },
      ],
    },
    'right',
    'culture-ordered',
    'absent',
  ],
  [
    'a culture reported 72 h before the illness belongs to it',
    {
      signs: [sign('breast-pain', hoursAgo(33), right)],
      results: [
        {
          source: 'DiagnosticReport/c',
          fromText: false,
          result: 'culture',
          positive: true,
          susceptibilities: [],
          when: hoursAgo(105),
          ...right,
        },
      ],
    },
    'right',
    'culture-ordered',
    'present',
  ],
  [
    'reported 73 h before it does not',
    {
      signs: [sign('breast-pain', hoursAgo(33), right)],
      results: [
        {
          source: 'DiagnosticReport/c',
          fromText: false,
          result: 'culture',
          positive: true,
          susceptibilities: [],
          when: hoursAgo(106),
          ...right,
        },
      ],
    },
    'right',
    'culture-ordered',
    'absent',
  ],
  [
    'a culture taken at the moment its order was written is answered',
    {
      signs: [sign('breast-pain', hoursAgo(33), right)],
      care: [care('culture', hoursAgo(20), right)],
      results: [
        {
          source: 'DiagnosticReport/c',
          fromText: false,
          result: 'culture',
          positive: true,
          susceptibilities: [],
          when: hoursAgo(20),
          ...right,
        },
      ],
    },
    'right',
    'culture-pending',
    'absent',
  ],
  [
    'a review that was done is no order',
    { care: [procedure('review', 1, both)] },
    'unspecified',
    'review-ordered',
    'absent',
  ],
  [
    'a diagnosis that began tomorrow does not hide the one of today',
    {
      problems: [
        problem('mastitis-lactational', { ...left, when: hoursAgo(-14), source: 'Condition/later' }),
        problemSince('mastitis-lactational', hoursAgo(10), left),
      ],
    },
    'left',
    'driving-diagnosis',
    'present',
  ],
] satisfies readonly Row[])('%s', (_, facts: Partial<Facts>, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
