import { expect, test } from '@jest/globals'
import type { Facts, PregnancyFact, Span } from '../../../src/facts/facts.js'
import { verdictOn, type Row } from '../assessed.js'
import { birth, daysAgo, hoursAgo, onDay, unreadable } from '../facts-of.js'

const status = (pregnant: boolean, when: Span): PregnancyFact => ({
  source: `Observation/pregnancy-${pregnant}-${when.latest}`,
  fromText: false,
  pregnant,
  when,
})
const of = (...pregnancy: readonly PregnancyFact[]): Partial<Facts> => ({ pregnancy })
const today = onDay('2026-03-03')

test.each<Row>([
  [
    'the newest status decides',
    of(status(false, daysAgo(7)), status(true, daysAgo(30))),
    'unspecified',
    'pregnant',
    'absent',
  ],
  [
    'also when it stands last',
    of(status(true, daysAgo(30)), status(false, daysAgo(7))),
    'unspecified',
    'pregnant',
    'absent',
  ],
  [
    'of two of one instant, pregnant',
    of(status(true, today), status(false, today)),
    'unspecified',
    'pregnant',
    'present',
  ],
  [
    'the same the other way round',
    of(status(false, today), status(true, today)),
    'unspecified',
    'pregnant',
    'present',
  ],
  [
    'a status of the moment of birth speaks of the pregnancy that ended',
    { ...of(status(true, hoursAgo(5))), births: [birth('living-infant', hoursAgo(5))] },
    'unspecified',
    'pregnant',
    'absent',
  ],
  [
    'a breast sign that could not be read says nothing of pregnancy',
    { unreadable: [unreadable('swelling', 'value of the sign could not be read')] },
    'unspecified',
    'pregnant',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})
