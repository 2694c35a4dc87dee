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
const inNote = { inNote: true } as const
const saysLactation = { saysLactation: true } as const
const puerperal = problemSince('mastitis-lactational', daysAgo(1))

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
  ...(['mastitis-lactational', 'abscess-lactational', 'engorgement'] as const).map(
    (set): [string, Partial<Facts>, LactationStatus] => [
      `${set}, whose name says no lactation`,
      { problems: [problemSince(set, daysAgo(1))] },
      'probable',
    ],
  ),
  [
    'puerperal mastitis exactly 90 days ago',
    { problems: [problemSince('mastitis-lactational', daysAgo(90))] },
    'probable',
  ],
  [
    'mastitis whose name says lactation exactly 90 days ago',
    { problems: [problemSince('mastitis-lactational', daysAgo(90), saysLactation)] },
    'lactating',
  ],
  [
    'mastitis whose name says lactation 91 days ago',
    { problems: [problemSince('mastitis-lactational', daysAgo(91), saysLactation)] },
    'unknown',
  ],
  [
    'abscess whose name says lactation, beside one of the puerperium',
    {
      problems: [
        problemSince('mastitis-lactational', daysAgo(1)),
        problemSince('abscess-lactational', daysAgo(1), saysLactation),
      ],
    },
    'lactating',
  ],
  [
    'puerperal mastitis, a living infant born exactly 180 days ago',
    { problems: [puerperal], births: [birth('living-infant', daysAgo(180))] },
    'lactating',
  ],
  [
    'puerperal mastitis, a living infant born 181 days ago',
    { problems: [puerperal], births: [birth('living-infant', daysAgo(181))] },
    'probable',
  ],
  [
    'puerperal mastitis, an infant charted as well',
    { problems: [puerperal], births: [birth('infant-well', daysAgo(2))] },
    'lactating',
  ],
  [
    'puerperal mastitis, a delivery that says nothing of the infant',
    { problems: [puerperal], births: [birth('delivery', daysAgo(5))] },
    'probable',
  ],
  [
    'puerperal mastitis, some infants lost',
    { problems: [puerperal], births: [birth('some-infants-lost', daysAgo(5))] },
    'probable',
  ],
  [
    'puerperal mastitis, a note of feeding exactly 72 hours before',
    { problems: [puerperal], lactation: [statement('yes', hoursAgo(96), inNote)] },
    'lactating',
  ],
  [
    'puerperal mastitis, a note of feeding 73 hours before',
    { problems: [puerperal], lactation: [statement('yes', hoursAgo(97), inNote)] },
    'probable',
  ],
  [
    'puerperal mastitis, a newer note of no feeding',
    {
      problems: [puerperal],
      lactation: [statement('yes', hoursAgo(3), inNote), statement('no', hoursAgo(2), inNote)],
    },
    'probable',
  ],
  ['a note of feeding alone', { lactation: [statement('yes', hoursAgo(3), inNote)] }, 'unknown'],
  [
    'a note of no feeding does not take the place of a charted yes',
    { lactation: [statement('yes', daysAgo(3)), statement('no', hoursAgo(3), inNote)] },
    'lactating',
  ],
  ['puerperal mastitis without a date', { problems: [problem('mastitis-lactational')] }, 'unknown'],
  ['puerperal mastitis at 60 years', { patient: born(1966), problems: [puerperal] }, 'probable'],
  [
    'puerperal mastitis at 61 years is no evidence',
    { patient: born(1965), problems: [puerperal] },
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

test.each<[string, Partial<Facts>, string, readonly string[]]>([
  [
    'by its name',
    { problems: [problemSince('mastitis-lactational', daysAgo(1), saysLactation)] },
    'inferred from the diagnosis code',
    ['lactational mastitis'],
  ],
  [
    'with a living infant',
    { problems: [puerperal], births: [birth('living-infant', daysAgo(5))] },
    'inferred from the diagnosis code and living infant',
    ['lactational mastitis', 'living infant'],
  ],
  [
    'alone',
    { problems: [puerperal] },
    'inferred from the diagnosis code, which proves no feeding',
    ['lactational mastitis'],
  ],
])('a status inferred from a diagnosis says so: %s', (_, facts, because, evidence) => {
  const { lactation } = patientView(timelineFor(facts))

  expect(lactation.because).toBe(because)
  expect(lactation.evidence.map(({ what }) => what)).toEqual(evidence)
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
    'notes unread, a puerperal diagnosis',
    { reads: unread('breastSigns'), problems: [puerperal] },
    'probable',
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
  [
    'notes unread, a diagnosis whose name says lactation',
    {
      reads: unread('breastSigns'),
      problems: [problemSince('mastitis-lactational', daysAgo(3), saysLactation)],
    },
  ],
])('settled: %s', (_, facts) => {
  const { lactation } = patientView(timelineFor(facts))

  expect(lactation).toMatchObject({ status: 'lactating' })
  expect(lactation.unsettled).toBeUndefined()
})
