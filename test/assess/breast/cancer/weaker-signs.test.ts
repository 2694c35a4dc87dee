import { expect, test } from '@jest/globals'
import type { BiopsyResult, Facts } from '../../../../src/facts/facts.js'
import { verdictOn, type Row } from '../../assessed.js'
import {
  antibiotic,
  biopsyResult,
  both,
  care,
  daysAgo,
  draft,
  hoursAgo,
  left,
  medicineDraft,
  problemSince,
  right,
  seen,
  statement,
  thisMonth,
  ultrasoundResult,
  unreadable,
} from '../../facts-of.js'

const biopsy = (reading: 'benign' | 'reported', when = thisMonth, given: Partial<BiopsyResult> = {}) =>
  biopsyResult(reading, when, { source: `DiagnosticReport/biopsy-${reading}`, ...given })
const lactating = { lactation: [statement('yes', hoursAgo(49))] }
const dicloxacillin = (hours: number) => antibiotic(hoursAgo(hours), { reason: 'none' })

test.each<Row>([
  // R2: two weaker signs
  [
    'one sign and one in doubt',
    {
      signs: [seen('bloody-discharge', 5)],
      unreadable: [unreadable('axillary-node', 'value could not be read')],
    },
    'left',
    'ibc-r2',
    'cannot-tell',
  ],
  [
    'a breast suddenly larger counts beside one other sign',
    { signs: [seen('bloody-discharge', 200), seen('bloody-discharge', 11), seen('enlarged', 2)] },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'a breast suddenly larger alone is no two signs',
    { signs: [seen('enlarged', 200), seen('enlarged', 2)] },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'a breast that is not larger counts for nothing',
    {
      signs: [
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 11),
        seen('enlarged', 2, { state: 'absent' }),
      ],
    },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'no sign and one in doubt',
    { signs: [seen('erythema', 72, { side: 'unspecified', state: 'unknown' })] },
    'unspecified',
    'ibc-r2',
    'absent',
  ],
  [
    'an old breast cancer counts from its own date',
    {
      signs: [seen('bloody-discharge', 1, both)],
      problems: [problemSince(['breast-cancer', 'mastitis-nos'], daysAgo(8), left)],
    },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'one that is new does not make the signs old',
    {
      signs: [seen('bloody-discharge', 1, both)],
      problems: [problemSince(['breast-cancer', 'mastitis-nos'], daysAgo(7), left)],
    },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'retraction of the other breast long ago',
    {
      signs: [
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 11),
        seen('nipple-retraction', 48),
        seen('nipple-retraction', 2217, right),
      ],
    },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'retraction of the other breast 30 days ago',
    {
      signs: [
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 11),
        seen('nipple-retraction', 48),
        seen('nipple-retraction', 720, right),
      ],
    },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'retraction recorded absent long ago, and new now',
    {
      signs: [
        seen('bloody-discharge', 200),
        seen('bloody-discharge', 11),
        seen('nipple-retraction', 5000, { state: 'absent' }),
        seen('nipple-retraction', 48),
      ],
    },
    'left',
    'ibc-r2',
    'present',
  ],
  [
    'a node that is over lends its age to nothing',
    {
      signs: [seen('axillary-node', 489), seen('bloody-discharge', 13)],
      results: [ultrasoundResult('suspicious', hoursAgo(92), left)],
    },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'the share of the breast that was red a week ago is not the share now',
    { signs: [seen('erythema', 169, { share: 0.34 }), seen('nipple-retraction', 239), seen('erythema', 1)] },
    'left',
    'ibc-r2',
    'absent',
  ],
  [
    'of the records that count the newest that gives a share',
    { signs: [seen('erythema', 24, { share: 0.34 }), seen('nipple-retraction', 239), seen('erythema', 1)] },
    'left',
    'ibc-r2',
    'present',
  ],
  // R1 critical
  [
    'a drafted antibiotic of any kind, when the next is due',
    {
      signs: [seen('peau-d-orange', 167)],
      medicines: [antibiotic(hoursAgo(57))],
      drafts: [medicineDraft({ ingredients: ['doxycycline'], cover: 'other' })],
    },
    'left',
    'ibc-r1-critical',
    'present',
  ],
  [
    'without any draft',
    { signs: [seen('peau-d-orange', 167)], medicines: [antibiotic(hoursAgo(57))] },
    'left',
    'ibc-r1-critical',
    'absent',
  ],
  [
    'with a draft that is no medicine',
    { signs: [seen('peau-d-orange', 36)], drafts: [draft({ needs: ['incision'] })] },
    'left',
    'ibc-r1-critical',
    'absent',
  ],
  [
    'first known from text, then coded',
    { signs: [seen('skin-thickening', 241, { fromText: true }), seen('skin-thickening', 3)] },
    'left',
    'ibc-r1-critical',
    'present',
  ],
  [
    'known from text alone, with a drafted antibiotic',
    {
      signs: [seen('peau-d-orange', 1, { fromText: true })],
      medicines: [dicloxacillin(96)],
      drafts: [medicineDraft({ ingredients: ['clindamycin'], cover: 'appropriate' })],
    },
    'left',
    'ibc-r1-critical',
    'absent',
  ],
  // R3 critical: coded words on the course
  [
    'no better, in coded words, with a retraction',
    {
      signs: [seen('nipple-retraction', 71, { fromText: true })],
      course: [
        {
          source: 'Observation/course',
          fromText: false,
          says: 'not-improved',
          when: hoursAgo(6),
          side: 'both',
        },
      ],
      problems: [problemSince('mastitis-lactational', hoursAgo(100), { ...left, fromText: true })],
      medicines: [antibiotic(hoursAgo(99), { fromText: true })],
    },
    'left',
    'ibc-r3-critical',
    'present',
  ],
  [
    'the same in words of the note',
    {
      signs: [seen('nipple-retraction', 71, { fromText: true })],
      course: [
        {
          source: 'Observation/course',
          fromText: true,
          says: 'not-improved',
          when: hoursAgo(6),
          side: 'both',
        },
      ],
      problems: [problemSince('mastitis-lactational', hoursAgo(100), { ...left, fromText: true })],
      medicines: [antibiotic(hoursAgo(99), { fromText: true })],
    },
    'left',
    'ibc-r3-critical',
    'absent',
  ],
  // R6: suspicious imaging
  [
    'a benign category',
    { ...lactating, results: [ultrasoundResult('normal', daysAgo(90), { ...left, birads: 3 })] },
    'unspecified',
    'ibc-r6',
    'absent',
  ],
  [
    'imaging 181 days old',
    {
      ...lactating,
      problems: [problemSince('blocked-duct', daysAgo(3), both)],
      results: [ultrasoundResult('suspicious', daysAgo(181), { ...left, birads: 5 })],
    },
    'left',
    'ibc-r6',
    'absent',
  ],
  [
    'an ultrasound of an abscess in category 1',
    { ...lactating, results: [ultrasoundResult('abscess', daysAgo(90), { ...left, birads: 1 })] },
    'left',
    'ibc-r6',
    'absent',
  ],
  [
    'a biopsy dated in the same month as the imaging answers it',
    { results: [ultrasoundResult('abscess', thisMonth, { ...left, birads: 5 }), biopsy('benign')] },
    'left',
    'ibc-r6',
    'absent',
  ],
  [
    'a referral without a date answers nothing',
    {
      care: [
        {
          source: 'ServiceRequest/referral',
          fromText: false,
          need: 'referral',
          kind: 'order',
          status: 'active',
          ...right,
        },
      ],
    },
    'unspecified',
    'referral-active',
    'absent',
  ],
  [
    'a drainage ordered is no referral',
    { care: [care('drainage', hoursAgo(5), left)] },
    'unspecified',
    'referral-active',
    'absent',
  ],
] satisfies readonly Row[])('%s', (_, facts: Partial<Facts>, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
