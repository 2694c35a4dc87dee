import { expect, test } from '@jest/globals'
import type { Facts, Measure, Span } from '../../../src/facts/facts.js'
import { verdictOn, type Row } from '../assessed.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  measure,
  medicineDraft,
  minutesAgo,
  onDay,
  problem,
  statement,
  unreadable,
} from '../facts-of.js'

const bromocriptine = medicineDraft({
  ingredients: ['bromocriptine'],
  sets: ['suppressant', 'bromocriptine'],
})
const systolic = (value: number, when: Span): Measure =>
  measure('systolic', value, when, { source: `Observation/${value}` })
const afterBirth = (...measures: readonly Measure[]): Partial<Facts> => ({
  births: [birth('living-infant', hoursAgo(96))],
  drafts: [bromocriptine],
  measures,
})
const today = onDay('2026-03-03')

test.each<Row>([
  [
    'the newest pressure decides, wherever it stands',
    afterBirth(systolic(100, hoursAgo(15)), systolic(141, hoursAgo(42))),
    'unspecified',
    'draft-suppressant-unsafe',
    'absent',
  ],
  [
    'a high pressure now after a low one',
    afterBirth(systolic(140, minutesAgo(0)), systolic(89, hoursAgo(33))),
    'unspecified',
    'draft-suppressant-unsafe',
    'present',
  ],
  [
    'of two at one instant the higher',
    afterBirth(systolic(100, today), systolic(141, today)),
    'unspecified',
    'draft-suppressant-unsafe',
    'present',
  ],
  [
    'the same the other way round',
    afterBirth(systolic(141, today), systolic(100, today)),
    'unspecified',
    'draft-suppressant-unsafe',
    'present',
  ],
  [
    'another value as high is no pressure',
    afterBirth(measure('c-reactive-protein', 200, hoursAgo(5))),
    'unspecified',
    'draft-suppressant-unsafe',
    'absent',
  ],
  [
    'a phlegmon that could not be read is no doubt',
    {
      ...afterBirth(),
      unreadable: [unreadable('phlegmon', 'date could not be read', { when: hoursAgo(30) })],
    },
    'unspecified',
    'draft-suppressant-unsafe',
    'absent',
  ],
  ...(['hypertension-puerperium', 'cardiac', 'psychosis'] as const).map((subject): Row => [
    `a diagnosis of ${subject} that could not be read is one`,
    { ...afterBirth(), unreadable: [unreadable(subject, 'status could not be read', { when: daysAgo(30) })] },
    'unspecified',
    'draft-suppressant-unsafe',
    'cannot-tell',
  ]),
  [
    'heart disease, and a loss of which nobody wrote the date: she may just have delivered',
    { births: [birth('infant-loss')], problems: [problem('cardiac')], drafts: [bromocriptine] },
    'unspecified',
    'draft-suppressant-unsafe',
    'cannot-tell',
  ],
  [
    'lactating, delivery not on record, no reason against it',
    { lactation: [statement('yes', hoursAgo(5))], drafts: [bromocriptine] },
    'unspecified',
    'draft-suppressant-unsafe',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
