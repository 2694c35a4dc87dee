import { expect, test } from '@jest/globals'
import type { AnswerValue } from '../../src/check/answers.js'
import { extract } from '../../src/check/extract.js'
import { nameOf, noteOf, sinceOf, valueOf } from '../../web/src/smart/check/findings.js'
import { isSign, openIn, optionsOf, questionsIn, scaleOf } from '../../web/src/smart/check/items.js'
import { responseFrom } from '../../web/src/smart/check/response.js'
import { testQuestionnaire } from '../check/test-questionnaire.js'

const questionnaire = testQuestionnaire()
const all = (items = questionsIn(questionnaire)): typeof items =>
  items.flatMap((each) => [each, ...all(questionsIn(each))])
const item = (linkId: string) => {
  const found = all().find((each) => each.linkId === linkId)
  if (!found) throw new Error(`no item ${linkId}`)
  return found
}
const option = (linkId: string, display: string): AnswerValue => {
  const found = optionsOf(item(linkId)).find((each) => each.display === display)
  if (!found) throw new Error(`${linkId} has no ${display}`)
  return found
}
const who = {
  patientId: 'p',
  user: 'Practitioner/m',
  encounter: 'e',
  authored: '2026-03-03T09:00:00Z',
  id: 'u',
}
const findingsOf = (entries: ReadonlyMap<string, AnswerValue>) =>
  extract(questionnaire, { ...responseFrom(questionnaire, entries, who) })

test('the form makes rows of signs, and a scale of pain', () => {
  expect(all().filter(isSign)).toHaveLength(13)
  expect(scaleOf(item('pain'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(scaleOf(item('heart-rate'))).toBeUndefined()
})

test('what the form answers is read back, with its onset, its user and its encounter', () => {
  const { resources, problems } = findingsOf(
    new Map<string, AnswerValue>([
      ['side', option('side', 'Left breast')],
      ['lump', option('lump', 'Yes')],
      [
        'lump-since',
        { value: 3, unit: { system: 'http://unitsofmeasure.org', code: 'wk', display: 'weeks' } },
      ],
      ['redness', option('redness', 'A third or more')],
      ['systolic', 92],
      ['diastolic', 58],
    ]),
  )

  expect(problems).toEqual([])
  expect(resources.map((each) => [nameOf(each), valueOf(each), sinceOf(each) === 'now'])).toEqual([
    ['Redness or change of colour of the breast, left breast', '40 %', true],
    ['Breast lump, left breast', 'Yes', false],
    ['Blood pressure panel', '92 / 58 mmHg', true],
  ])
  expect(resources[1]).toMatchObject({
    performer: [{ reference: 'Practitioner/m' }],
    encounter: { reference: 'Encounter/e' },
    identifier: [{ value: 'urn:uuid:u#lump' }],
  })
  expect(noteOf(resources)).toContain('Breast lump, left breast: Yes, since')
})

test('a question that another answer closes is not counted as open', () => {
  const open = (entries: ReadonlyMap<string, AnswerValue>) =>
    openIn(questionnaire, entries).map(({ linkId }) => linkId)

  expect(open(new Map())).toContain('feeding')
  expect(open(new Map([['baby', option('baby', 'Infant died')]]))).not.toContain('feeding')
  expect(open(new Map())).not.toContain('course')
  expect(open(new Map([['treated', true]]))).toContain('course')
})
