import { expect, test } from '@jest/globals'
import { join } from 'node:path'
import { readText } from '../../../src/terminology/text/read-text.js'
import { corpora } from '../../reading/corpora.js'
import { linesIn } from '../../reading/labels.js'
import { textWords } from '../../reading/word-files.js'

const english = textWords()
const kindsIn = (text: string): readonly string[] => [...english.look.kindsIn(text)].sort()

test.each(corpora)(
  'the look finds every text of $name in which the reader of its kind reads anything',
  ({ name, languages }) => {
    const words = textWords(languages)
    const missed = linesIn(join('test/reading/corpus', name)).filter((line) => {
      const { readings, unread } = readText(line, words)
      const says = readings.some(({ rule }) => rule !== undefined) || unread.length > 0
      const looked = [line.text, line.about ?? ''].some((text) => words.look.kindsIn(text).has(line.kind))
      // a category alone is a result of a report, so reports are read without a look
      return line.kind !== 'report' && says && !looked
    })
    expect(missed.map(({ id }) => id)).toEqual([])
  },
)

test('a text that holds none of the words concerns no kind of text', () => {
  expect(kindsIn('Sodium 141 mmol/l. Knee replaced in March; walks well with two sticks.')).toEqual([])
})

test('the look passes over the end of a line within a phrase, and over a slip of the pen', () => {
  expect(kindsIn("skin like peau\nd'orange")).toContain('exam')
  expect(kindsIn('feverr')).toContain('exam')
})

test('a word of a language that is not read concerns every kind of text', () => {
  expect(kindsIn('Die Brust ist nicht gerötet')).toContain('order')
})
