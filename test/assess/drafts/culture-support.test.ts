import { expect, test } from '@jest/globals'
import type { CultureResult, Facts } from '../../../src/facts/facts.js'
import { verdictOn, type Row } from '../assessed.js'
import {
  antibiotic,
  culture,
  daysAgo,
  draft,
  hoursAgo,
  left,
  medicineDraft,
  order,
  problemSince,
  ultrasoundResult,
  unreadable,
} from '../facts-of.js'

const clindamycin = medicineDraft({ ingredients: ['clindamycin'], cover: 'appropriate' })
const resistant = (when: CultureResult['when'], given: Partial<CultureResult> = {}): CultureResult =>
  culture(when ?? hoursAgo(1), {
    susceptibilities: [
      { ingredient: 'dicloxacillin', verdict: 'R' },
      { ingredient: 'clindamycin', verdict: 'S' },
    ],
    ...given,
  })
const treated = (days: number, given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', daysAgo(days), left)],
  medicines: [antibiotic(daysAgo(days - 0.1), { supplyDays: 45 })],
  drafts: [clindamycin],
  ...given,
})
const { when: _when, ...undated } = resistant(hoursAgo(1))

test.each<Row>([
  [
    'a culture of this episode',
    treated(2, { results: [resistant(hoursAgo(20))] }),
    'left',
    'culture-supports-draft',
    'present',
  ],
  [
    'one of long before it',
    treated(2, { results: [resistant(daysAgo(28))] }),
    'left',
    'culture-supports-draft',
    'absent',
  ],
  ['one without a date', treated(2, { results: [undated] }), 'left', 'culture-supports-draft', 'absent'],
  [
    '30 days old, in a longer episode',
    treated(40, { results: [resistant(daysAgo(30))] }),
    'left',
    'culture-supports-draft',
    'present',
  ],
  [
    '31 days old, in a longer episode',
    treated(40, { results: [resistant(daysAgo(31))] }),
    'left',
    'culture-supports-draft',
    'absent',
  ],
  [
    'susceptible to the first drug as well',
    treated(2, {
      medicines: [order('clindamycin', daysAgo(1.9), { cover: 'appropriate', reason: 'breast' })],
      results: [resistant(hoursAgo(20))],
    }),
    'left',
    'culture-supports-draft',
    'absent',
  ],
  [
    'an ultrasound is no culture',
    treated(2, { results: [ultrasoundResult('normal', hoursAgo(5), left)] }),
    'left',
    'culture-supports-draft',
    'absent',
  ],
  [
    'a sign that could not be read is no result',
    treated(2, { unreadable: [unreadable('oxygen-need', 'date could not be read', { when: hoursAgo(30) })] }),
    'left',
    'culture-supports-draft',
    'absent',
  ],
  // what else a draft is
  [
    'an order for an incision is no suppressant',
    { drafts: [draft({ needs: ['incision'] })] },
    'unspecified',
    'draft-suppressant-unsafe',
    'absent',
  ],
  [
    'nor an antibiotic',
    { drafts: [draft({ needs: ['incision'], breastReason: true })] },
    'unspecified',
    'draft-antibiotic',
    'absent',
  ],
  [
    'it gives its reason',
    { drafts: [draft({ needs: ['incision'], breastReason: true })] },
    'unspecified',
    'draft-for-breast',
    'present',
  ],
  [
    '22 days of clindamycin are no tetracycline',
    { drafts: [medicineDraft({ ingredients: ['clindamycin'], cover: 'appropriate', durationDays: 22 })] },
    'unspecified',
    'draft-long-tetracycline',
    'absent',
  ],
  [
    'a drafted medicine is no ultrasound',
    { drafts: [clindamycin] },
    'unspecified',
    'ultrasound-drafted',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
