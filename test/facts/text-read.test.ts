import { expect, test } from '@jest/globals'
import { mostTexts, textRead } from '../../src/facts/text-read.js'
import { textLines } from '../../src/cli/explain-texts.js'
import { factsIn, observation, request } from './reading.js'

const exam = (valueString: string, id = 'o') =>
  observation({ text: 'Breast examination' }, { id, valueString })

test('a text is told by term, state, side, place and rule, without its words', () => {
  const { texts } = factsIn([exam("Left breast red, no fluctuance. Peau d'orange: ___")])

  expect(texts).toMatchObject([
    {
      source: 'Observation/o',
      kind: 'exam',
      found: [
        { term: 'erythema', state: 'present', side: 'left', from: 12, to: 15 },
        { term: 'fluctuance', state: 'absent', rule: 'denied-before' },
        { term: 'peau-d-orange', state: 'unreadable', rule: 'value-not-understood' },
      ],
    },
  ])
  expect(JSON.stringify(texts)).not.toMatch(/red, no|___/)
})

test('a sentence in another language is told as not understood, with its place', () => {
  const [text] = factsIn([exam('Left breast red. Le sein gauche est rouge et douloureux.')]).texts

  expect(text?.unread).toMatchObject([{ from: 17, why: expect.stringContaining('another language') }])
})

test('a text that says nothing of ours, and the name of a medicine, are not told', () => {
  expect(factsIn([exam('Weight 64 kg.'), request()]).texts).toEqual([])
})

test(`the first ${mostTexts} texts are told, and no more`, () => {
  const exams = (count: number) =>
    factsIn(Array.from({ length: count }, (_, at) => exam('Left breast red.', `o${at}`)))

  expect(exams(mostTexts).texts).toHaveLength(mostTexts)
  expect(exams(mostTexts + 1).texts).toHaveLength(mostTexts)
  expect(exams(mostTexts + 1).signs).toHaveLength(mostTexts + 1)
})

test.each([
  [20, undefined],
  [21, true],
])('of %i findings of one text at most 20 are told, and whether there are more', (count, cut) => {
  const reading = { term: 'erythema', state: 'present' } as const
  const said = { readings: Array.from({ length: count }, () => reading), unread: [], partial: false }
  const text = textRead('Observation/o', 'exam', { ...said, language: 'en' })

  expect(text?.found).toHaveLength(20)
  expect(text?.cut).toBe(cut)
})

test('the explanation tells each text in lines', () => {
  const lines = textLines(factsIn([exam('No redness.')]))

  expect(lines).toEqual(['  Observation/o, read as exam', '    erythema: absent at 3-10, by denied-before'])
})
