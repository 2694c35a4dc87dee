import { expect, test } from '@jest/globals'
import { coded, factsIn, observation } from '../reading.js'

const status = coded('ln', '63895-7')
const answerIn = (code: unknown, value: Record<string, unknown>) => factsIn([observation(code, value)])
const local = (code: string, display?: string) => ({
  valueCodeableConcept: {
    coding: [{ system: 'http://example.org/yes-no', code, ...(display !== undefined && { display }) }],
  },
})
const v2 = (code: string) => ({
  valueCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code }] },
})

test.each([
  ['LA29252-6', { valueCodeableConcept: coded('ln', 'LA29252-6') }, 'yes'],
  ['LA29253-4 without display', { valueCodeableConcept: coded('ln', 'LA29253-4') }, 'no'],
  ['LA4489-6', { valueCodeableConcept: coded('ln', 'LA4489-6') }, 'unknown'],
  ['exclusive breastfeeding', { valueCodeableConcept: coded('sct', '1258999009') }, 'yes'],
  ['breastfeeding with supplement', { valueCodeableConcept: coded('sct', '169743001') }, 'yes'],
  ['true', { valueBoolean: true }, 'yes'],
  ['false', { valueBoolean: false }, 'no'],
  ['v2-0136 Y', v2('Y'), 'yes'],
  ['v2-0136 N', v2('N'), 'no'],
  ['a local code false with display No', local('false', 'No'), 'no'],
  ['a local code true', local('true'), 'yes'],
  ['the word no', { valueString: 'No' }, 'no'],
  ['the word yes', { valueString: 'yes.' }, 'yes'],
  ['dataAbsentReason', { dataAbsentReason: { coding: [{ code: 'asked-declined' }] } }, 'unknown'],
  ['no value at all', {}, 'unknown'],
] as const)('breastfeeding status %s is read', (_, value, says) => {
  const { lactation, unreadable } = answerIn(status, value)
  expect(lactation).toEqual([expect.objectContaining({ says, discharge: false, source: 'Observation/o' })])
  expect(unreadable).toEqual([])
})

test.each([
  ['codes that contradict each other', local('false', 'Yes')],
  ['prose', { valueString: 'mostly at night' }],
  ['an unlisted SNOMED code', { valueCodeableConcept: coded('sct', '999') }],
  ['a number', { valueInteger: 1 }],
])('%s is unknown, and noted as not understood', (_, value) => {
  const { lactation, unreadable } = answerIn(status, value)
  expect(lactation.map(({ says }) => says)).toEqual(['unknown'])
  expect(unreadable.map(({ subject }) => subject)).toEqual(['feeding'])
})

test.each([
  ['Pumping exclusively', 'yes'],
  ['Breast and bottle', 'yes'],
  ['No problems breastfeeding', 'yes'],
  ['Breastfeeding stopped', 'no'],
  ['No longer pumping, formula only', 'no'],
  ['Formula fed', 'no'],
  ['Stopped breastfeeding, still pumping', 'yes'],
  ['Donor milk', 'unknown'],
  ['Bottle', 'unknown'],
  ['Plans to breastfeed', 'unknown'],
  ['see note', 'unknown'],
])('the words "%s" say %s', (text, says) => {
  for (const value of [{ valueString: text }, { valueCodeableConcept: { text } }])
    expect(answerIn(status, value).lactation.map((statement) => statement.says)).toEqual([says])
})

test('a status that tells of a death is a loss', () => {
  const { births, lactation } = answerIn(status, { valueString: 'Not breastfeeding, infant died' })
  expect(births.map(({ kind }) => kind)).toEqual(['infant-loss'])
  expect(lactation.map(({ says }) => says)).toEqual(['no'])
})

const both = { coding: [...(coded('sct', '413712001').coding ?? []), ...(status.coding ?? [])] }

test.each([
  [
    '413712001 with LA29253-4',
    coded('sct', '413712001'),
    { valueCodeableConcept: coded('ln', 'LA29253-4') },
    'no',
  ],
  ['413712001 beside 63895-7 with LA29253-4', both, { valueCodeableConcept: coded('ln', 'LA29253-4') }, 'no'],
  ['866041003 with false', coded('sct', '866041003'), { valueBoolean: false }, 'no'],
  ['1260078007 with v2 N', coded('sct', '1260078007'), v2('N'), 'no'],
  ['413712001 with true', coded('sct', '413712001'), { valueBoolean: true }, 'yes'],
  ['413712001 alone', coded('sct', '413712001'), {}, 'unknown'],
  ['866041003 alone', coded('sct', '866041003'), {}, 'unknown'],
  ['1260078007 alone', coded('sct', '1260078007'), {}, 'unknown'],
] as const)('the value decides, not the code: %s', (_, code, value, says) => {
  expect(answerIn(code, value).lactation.map((statement) => statement.says)).toEqual([says])
})

test.each([
  ['yes', { valueBoolean: true }, 'yes'],
  ['no means nothing', { valueBoolean: false }, 'unknown'],
  ['N means nothing', v2('N'), 'unknown'],
] as const)('status at discharge (73756-9): %s', (_, value, says) => {
  expect(answerIn(coded('ln', '73756-9'), value).lactation).toEqual([
    expect.objectContaining({ says, discharge: true }),
  ])
})

test('nothing is read when the answer was entered in error', () => {
  const said = answerIn(status, { valueBoolean: true, status: 'entered-in-error' })

  expect(said.lactation).toEqual([])
})

test.each([
  ['postpartum status', coded('sct', '249197004')],
  ['ability to breastfeed', coded('sct', '364826005')],
])('%s is no breastfeeding status', (_, code) => {
  expect(answerIn(code, { valueBoolean: true }).lactation).toEqual([])
})

test.each([
  ['SCT pregnant', { valueCodeableConcept: coded('sct', '77386006') }, [true]],
  ['SCT not pregnant', { valueCodeableConcept: coded('sct', '60001007') }, [false]],
  ['true', { valueBoolean: true }, [true]],
  ['unknown', { valueCodeableConcept: coded('ln', 'LA4489-6') }, []],
  ['no value', {}, []],
])('pregnancy status: %s', (_, value, expected) => {
  const { pregnancy, unreadable } = answerIn(coded('ln', '82810-3'), value)
  expect(pregnancy.map(({ pregnant }) => pregnant)).toEqual(expected)
  expect(unreadable).toHaveLength(expected.length === 0 ? 1 : 0)
})

const noted = (text: string) =>
  factsIn([observation({ text: 'Breast examination' }, { valueString: text })]).lactation

test('a note that says in passing that she feeds is a statement of its own kind', () => {
  expect(noted('Left breast red, she is nursing her baby')).toEqual([
    expect.objectContaining({ says: 'yes', inNote: true, fromText: true }),
  ])
  expect(noted('Left breast red, formula fed')).toEqual([
    expect.objectContaining({ says: 'no', inNote: true }),
  ])
})

test('a note about staff is no statement on feeding', () => {
  expect(noted('Nursing staff asked to review the left breast, which is red.')).toEqual([])
})
