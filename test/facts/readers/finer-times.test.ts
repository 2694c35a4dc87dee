import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, order, report, request } from '../reading.js'

const day = '2026-03-03'
const inThatDay = '2026-03-03T14:30:00Z'
const dayBefore = '2026-03-02T14:30:00Z'

const span = (earliest: string, latest = earliest) => ({
  earliest: Date.parse(earliest),
  latest: Date.parse(latest),
})
const wholeDay = span('2026-03-03T00:00:00Z', '2026-03-03T23:59:59.999Z')

const boundsFrom = (start: string) => ({
  dosageInstruction: [{ timing: { repeat: { boundsPeriod: { start } } } }],
})
const taken = (rest: Record<string, unknown>) =>
  request({ resourceType: 'MedicationStatement', authoredOn: undefined, intent: undefined, ...rest })
const dosesFrom = (start: string) => ({ dosage: [{ timing: { repeat: { boundsPeriod: { start } } } }] })

test.each([
  ['an order: the moment of writing within the day of its bounds', day, inThatDay, span(inThatDay)],
  ['an order: the moment of writing within the month of its bounds', '2026-03', inThatDay, span(inThatDay)],
  ['an order written the day before its bounds: the bounds', day, dayBefore, wholeDay],
  ['an order whose bounds are exact: the bounds', dayBefore, day, span(dayBefore)],
  ['an order with two dates of the same day: the day', day, day, wholeDay],
])('the start of %s', (_, start, authoredOn, expected) => {
  const { medicines, unreadable } = factsIn([request({ authoredOn, ...boundsFrom(start) })])
  expect(medicines.map((medicine) => medicine.start)).toEqual([expected])
  expect(unreadable).toEqual([])
})

test.each([
  ['the moment of the doses within the day of the statement', inThatDay, span(inThatDay)],
  ['the day of the statement, the doses being of another day', dayBefore, wholeDay],
])('the start of a medicine taken: %s', (_, start, expected) => {
  const { medicines } = factsIn([taken({ effectiveDateTime: day, ...dosesFrom(start) })])
  expect(medicines.map((medicine) => medicine.start)).toEqual([expected])
})

const mastitis = coded('icd', 'O91.23')

test.each([
  ['the moment of recording within the day of onset', day, inThatDay, span(inThatDay)],
  ['the day of onset, recorded later', day, '2026-03-04T08:00:00Z', wholeDay],
  ['the exact onset, recorded at another day', inThatDay, '2026-03-04', span(inThatDay)],
  ['the day of onset, the recording being malformed', day, 'noon', wholeDay],
])('a diagnosis began at %s', (_, onsetDateTime, recordedDate, expected) => {
  const { problems } = factsIn([condition(mastitis, { onsetDateTime, recordedDate })])
  expect(problems.map(({ onset, when }) => [onset, when])).toEqual([[expected, expected]])
})

test('a diagnosis without onset has none, whatever the date of recording', () => {
  const { problems } = factsIn([condition(mastitis, { onsetDateTime: undefined, recordedDate: inThatDay })])
  expect(problems.map(({ onset, when }) => [onset, when])).toEqual([[undefined, span(inThatDay)]])
})

const ultrasound = { text: 'Ultrasound of left breast' }

test.each([
  ['a report', report(ultrasound, 'No collection.', { effectiveDateTime: day, issued: inThatDay })],
  ['an order', order(ultrasound, { authoredOn: day, occurrenceDateTime: inThatDay })],
])('%s of a day has the exact moment that lies in the day', (_, resource) => {
  const { results, care } = factsIn([resource])
  expect(new Set([...results, ...care].map(({ when }) => JSON.stringify(when)))).toEqual(
    new Set([JSON.stringify(span(inThatDay))]),
  )
})
