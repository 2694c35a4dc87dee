import { expect, test } from '@jest/globals'
import type { Facts, LactationStatement, PatientFacts } from '../../../src/facts/facts.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import type { LactationStatus } from '../../../src/assess/views.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  timelineFor,
  onDay,
  problem,
  problemSince,
  statement,
  unread,
  unreadable,
} from '../facts-of.js'

const born = (year: number): PatientFacts => ({
  source: 'Patient/p',
  gender: 'female',
  birth: onDay(`${year}-01-01`),
  deceased: false,
})

const discharge = { discharge: true }

const undated: LactationStatement = {
  source: 'Observation/undated',
  fromText: false,
  says: 'yes',
  discharge: false,
}

test.each<[string, Partial<Facts>, LactationStatus]>([
  ['nothing recorded', {}, 'unknown'],
  // step 1: statements
  ['yes today', { lactation: [statement('yes', hoursAgo(1))] }, 'lactating'],
  ['yes exactly 180 days ago', { lactation: [statement('yes', daysAgo(180))] }, 'lactating'],
  ['yes 181 days ago', { lactation: [statement('yes', daysAgo(181))] }, 'unknown'],
  ['an unknown statement today', { lactation: [statement('unknown', hoursAgo(1))] }, 'unknown'],
  [
    'an unknown statement does not hide an older yes',
    { lactation: [statement('unknown', hoursAgo(1)), statement('yes', daysAgo(5))] },
    'lactating',
  ],
  ['a statement without a date', { lactation: [undated] }, 'unknown'],
  [
    'yes newer than no',
    { lactation: [statement('no', daysAgo(2)), statement('yes', daysAgo(1))] },
    'lactating',
  ],
  [
    'yes and no at the same instant',
    { lactation: [statement('no', daysAgo(1)), statement('yes', daysAgo(1))] },
    'lactating',
  ],
  [
    'the same the other way round',
    { lactation: [statement('yes', daysAgo(1)), statement('no', daysAgo(1))] },
    'lactating',
  ],
  ['no alone', { lactation: [statement('no', daysAgo(1))] }, 'not-lactating'],
  ['no exactly 180 days ago', { lactation: [statement('no', daysAgo(180))] }, 'not-lactating'],
  ['no 181 days ago', { lactation: [statement('no', daysAgo(181))] }, 'unknown'],
  [
    'no after a yes of exactly 84 days ago',
    { lactation: [statement('no', daysAgo(1)), statement('yes', daysAgo(84))] },
    'recently-weaned',
  ],
  [
    'no after a yes of 85 days ago',
    { lactation: [statement('no', daysAgo(1)), statement('yes', daysAgo(85))] },
    'not-lactating',
  ],
  [
    'no, delivered exactly 84 days ago',
    { lactation: [statement('no', daysAgo(1))], births: [birth('delivery', daysAgo(84))] },
    'recently-weaned',
  ],
  [
    'no, delivered 85 days ago',
    { lactation: [statement('no', daysAgo(1))], births: [birth('delivery', daysAgo(85))] },
    'not-lactating',
  ],
  [
    'no from before the delivery is of another time',
    { lactation: [statement('no', daysAgo(10))], births: [birth('delivery', daysAgo(9))] },
    'probable',
  ],
  [
    'yes from before the delivery is of another time',
    { lactation: [statement('yes', daysAgo(100))], births: [birth('delivery', daysAgo(90))] },
    'unknown',
  ],
  [
    'no, and a puerperal diagnosis began after it',
    {
      lactation: [statement('no', daysAgo(3))],
      problems: [problemSince('mastitis-lactational', daysAgo(2))],
    },
    'unknown',
  ],
  [
    'no, and a puerperal diagnosis began before it',
    {
      lactation: [statement('no', daysAgo(2))],
      problems: [problemSince('mastitis-lactational', daysAgo(3))],
    },
    'not-lactating',
  ],
  [
    'no, and a mastitis of no kind began after it',
    { lactation: [statement('no', daysAgo(3))], problems: [problemSince('mastitis-nos', daysAgo(2))] },
    'not-lactating',
  ],
  [
    'breastfed at discharge exactly 42 days ago',
    { lactation: [statement('yes', daysAgo(42), discharge)] },
    'lactating',
  ],
  [
    'breastfed at discharge 43 days ago',
    { lactation: [statement('yes', daysAgo(43), discharge)] },
    'unknown',
  ],
  ['not breastfed at discharge', { lactation: [statement('no', daysAgo(5), discharge)] }, 'unknown'],
  // step 2: conditions of lactation and weaning
  [
    'a condition of lactation exactly 180 days ago',
    { problems: [problemSince('lactation-condition', daysAgo(180))] },
    'lactating',
  ],
  [
    'a condition of lactation 181 days ago',
    { problems: [problemSince('lactation-condition', daysAgo(181))] },
    'unknown',
  ],
  [
    'a resolved condition of lactation',
    { problems: [problemSince('lactation-condition', daysAgo(5), { active: false })] },
    'unknown',
  ],
  ['weaned exactly 84 days ago', { problems: [problemSince('weaned', daysAgo(84))] }, 'recently-weaned'],
  ['weaned 85 days ago', { problems: [problemSince('weaned', daysAgo(85))] }, 'unknown'],
  [
    'weaned after a condition of lactation',
    { problems: [problemSince('weaned', daysAgo(3)), problemSince('lactation-condition', daysAgo(4))] },
    'recently-weaned',
  ],
  [
    'weaned at the same instant as a condition of lactation',
    { problems: [problemSince('weaned', daysAgo(3)), problemSince('lactation-condition', daysAgo(3))] },
    'lactating',
  ],
  [
    'weaned before a condition of lactation',
    { problems: [problemSince('weaned', daysAgo(4)), problemSince('lactation-condition', daysAgo(3))] },
    'lactating',
  ],
  // step 3: puerperal diagnoses
  [
    'lactational mastitis exactly 90 days ago',
    { problems: [problemSince('mastitis-lactational', daysAgo(90))] },
    'lactating',
  ],
  [
    'lactational mastitis 91 days ago',
    { problems: [problemSince('mastitis-lactational', daysAgo(91))] },
    'unknown',
  ],
  ['lactational abscess', { problems: [problemSince('abscess-lactational', daysAgo(1))] }, 'lactating'],
  ['engorgement', { problems: [problemSince('engorgement', daysAgo(1))] }, 'lactating'],
  ['lactational mastitis without a date', { problems: [problem('mastitis-lactational')] }, 'unknown'],
  [
    'lactational mastitis at 60 years',
    { patient: born(1966), problems: [problemSince('mastitis-lactational', daysAgo(1))] },
    'lactating',
  ],
  [
    'lactational mastitis at 61 years is no evidence',
    { patient: born(1965), problems: [problemSince('mastitis-lactational', daysAgo(1))] },
    'unknown',
  ],
  // step 4: delivery
  ['delivered exactly 84 days ago', { births: [birth('delivery', daysAgo(84))] }, 'probable'],
  ['delivered 85 days ago', { births: [birth('delivery', daysAgo(85))] }, 'unknown'],
  ['a living infant is a delivery', { births: [birth('living-infant', daysAgo(3))] }, 'probable'],
  ['some infants lost is a delivery', { births: [birth('some-infants-lost', daysAgo(3))] }, 'probable'],
  ['a loss is no delivery', { births: [birth('infant-loss', daysAgo(3))] }, 'unknown'],
  ['delivered at 61 years', { patient: born(1965), births: [birth('delivery', daysAgo(3))] }, 'unknown'],
  [
    'of two deliveries the later counts',
    { births: [birth('delivery', daysAgo(400)), birth('delivery', daysAgo(30))] },
    'probable',
  ],
])('%s: %s', (_, facts, status) => {
  const { lactation } = patientView(timelineFor(facts))

  expect(lactation.status).toBe(status)
  expect(lactation.because).not.toBe('')
  expect(lactation.unsettled).toBeUndefined()
})

test('a delivery known to the month counts from the first of it', () => {
  const month = {
    earliest: Date.parse('2026-01-01T00:00:00Z'),
    latest: Date.parse('2026-01-31T23:59:59.999Z'),
  }

  expect(patientView(timelineFor({ births: [birth('delivery', month)] })).deliveredAt).toBe(month.earliest)
})

test('a status inferred from a diagnosis says so', () => {
  const view = patientView(timelineFor({ problems: [problemSince('mastitis-lactational', daysAgo(1))] }))

  expect(view.lactation.because).toBe('inferred from the diagnosis code')
  expect(view.lactation.evidence.map(({ what }) => what)).toEqual(['lactational mastitis'])
})

test.each<[string, Partial<Facts>, LactationStatus]>([
  ['statements unread, nothing else', { reads: unread('lactationStatus') }, 'unknown'],
  [
    'statements unread, a condition of lactation',
    { reads: unread('lactationStatus'), problems: [problemSince('lactation-condition', daysAgo(3))] },
    'probable',
  ],
  [
    'statements unread, a puerperal diagnosis',
    { reads: unread('lactationStatus'), problems: [problemSince('mastitis-lactational', daysAgo(3))] },
    'probable',
  ],
  [
    'statements partly read, a yes',
    { reads: unread('lactationStatus'), lactation: [statement('yes', daysAgo(3))] },
    'probable',
  ],
  [
    'statements partly read, a no',
    { reads: unread('lactationStatus'), lactation: [statement('no', daysAgo(3))] },
    'unknown',
  ],
  [
    'statements unread, weaned',
    { reads: unread('lactationStatus'), problems: [problemSince('weaned', daysAgo(3))] },
    'recently-weaned',
  ],
  ['conditions unread, nothing else', { reads: unread('conditions') }, 'unknown'],
  [
    'conditions unread, a no',
    { reads: unread('conditions'), lactation: [statement('no', daysAgo(3))] },
    'unknown',
  ],
  [
    'conditions unread, delivered',
    { reads: unread('conditions'), births: [birth('delivery', daysAgo(3))] },
    'probable',
  ],
  [
    'a statement that could not be read',
    { unreadable: [unreadable('lactation', 'breastfeeding status has no value', { when: daysAgo(1) })] },
    'unknown',
  ],
  [
    'a puerperal diagnosis that could not be read',
    { unreadable: [unreadable('mastitis-lactational', 'onset could not be read')] },
    'unknown',
  ],
])('unsettled: %s: %s', (_, facts, status) => {
  const { lactation } = patientView(timelineFor(facts))

  expect(lactation.status).toBe(status)
  expect(lactation.unsettled).toBeDefined()
})

test.each<[string, Partial<Facts>]>([
  [
    'a yes stands when conditions were not read',
    { reads: unread('conditions'), lactation: [statement('yes', daysAgo(3))] },
  ],
  [
    'a yes stands beside an older statement that could not be read',
    {
      lactation: [statement('yes', daysAgo(3))],
      unreadable: [unreadable('lactation', 'no value', { when: daysAgo(4) })],
    },
  ],
  [
    'a yes stands beside a diagnosis that could not be read',
    {
      lactation: [statement('yes', daysAgo(3))],
      unreadable: [unreadable('mastitis-lactational', 'onset could not be read')],
    },
  ],
])('settled: %s', (_, facts) => {
  const { lactation } = patientView(timelineFor(facts))

  expect(lactation).toMatchObject({ status: 'lactating' })
  expect(lactation.unsettled).toBeUndefined()
})
