import { expect, test } from '@jest/globals'
import { assessed, verdictOn, type Row } from '../assessed.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  minutesAgo,
  problemSince,
  statement,
  unread,
  unreadable,
} from '../facts-of.js'

test.each<Row>([
  [
    'an infant elsewhere without a date leaves a loss in doubt',
    { births: [birth('infant-elsewhere')] },
    'unspecified',
    'after-loss',
    'cannot-tell',
  ],
  [
    'an infant at risk without a date does not',
    { births: [birth('living-infant', hoursAgo(12)), birth('infant-at-risk-text')] },
    'unspecified',
    'after-loss',
    'absent',
  ],
  [
    'an unreadable entry about an infant elsewhere does',
    { unreadable: [unreadable('infant-elsewhere', 'date could not be read')] },
    'unspecified',
    'after-loss',
    'cannot-tell',
  ],
  [
    'an infant whose birth lies ahead ends no loss',
    { births: [birth('living-infant', minutesAgo(-15)), birth('infant-loss', hoursAgo(48))] },
    'unspecified',
    'after-loss',
    'present',
  ],
  [
    'a later birth of which some infants live ends it',
    { births: [birth('infant-loss', daysAgo(84)), birth('some-infants-lost', daysAgo(25))] },
    'unspecified',
    'after-loss',
    'absent',
  ],
  [
    'a birth now is a delivery',
    { births: [birth('living-infant', hoursAgo(0))] },
    'unspecified',
    'probably-lactating',
    'present',
  ],
  [
    'the latest of two deliveries counts, in whatever order they stand',
    {
      births: [birth('delivery', hoursAgo(3)), birth('some-infants-lost', hoursAgo(105))],
      problems: [problemSince('mastitis-pregnancy', hoursAgo(73))],
    },
    'unspecified',
    'pregnant',
    'absent',
  ],
  [
    'a statement of the moment of birth counts',
    { births: [birth('delivery', hoursAgo(48))], lactation: [statement('yes', hoursAgo(48))] },
    'unspecified',
    'lactating',
    'present',
  ],
  [
    'conditions unread leave a diagnosis that says lactating as it is',
    {
      problems: [problemSince('mastitis-lactational', hoursAgo(80), { saysLactation: true })],
      reads: unread('conditions'),
    },
    'unspecified',
    'lactating',
    'present',
  ],
  [
    'a statement that could not be read, of no date, leaves the status in doubt',
    { unreadable: [unreadable('lactation', 'value could not be read')] },
    'unspecified',
    'lactating',
    'cannot-tell',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

test('a birth now, with all infants living, ends the question after those lost before', () => {
  const births = [birth('some-infants-lost', minutesAgo(30)), birth('living-infant', hoursAgo(0))]

  expect(assessed({ births }).additions).toEqual([])
})

test('a man who stopped breastfeeding lately is in scope', () => {
  const patient = { source: 'Patient/p', gender: 'male', deceased: false } as const
  const lactation = [statement('yes', hoursAgo(169)), statement('no', hoursAgo(68))]

  expect(assessed({ patient, lactation }).inScope.verdict).toBe('present')
})

test('a patient out of scope gets no sentence and no criterion', () => {
  const nobody = assessed({ patient: { source: 'Patient/p', gender: 'female', deceased: true } })

  expect([nobody.additions, nobody.sepsisCriteria, nobody.scopes]).toEqual([[], [], []])
})
