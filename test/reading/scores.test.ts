import { describe, expect, test } from '@jest/globals'
import { readText } from '../../src/terminology/text/read-text.js'
import { corpora, corpusScores } from './corpora.js'
import { linesIn } from './labels.js'
import { textWords } from './word-files.js'

describe.each(corpora.filter(({ notYet }) => notYet))('the lines of $name', (corpus) => {
  test('those that are read wrongly are the ones that are known to be', () => {
    const wrong = corpusScores(corpus).filter(({ verdict }) => verdict !== 'right')

    expect(wrong.map(({ line }) => line.id).sort()).toEqual([...(corpus.notYet ?? [])].sort())
  })
})

describe.each(corpora.filter(({ notYet }) => !notYet))('the lines of $name', (corpus) => {
  const scores = corpusScores(corpus)

  test('none is a false alarm', () => {
    expect(scores.filter(({ verdict }) => verdict === 'false alarm').map(({ line }) => line.id)).toEqual([])
  })

  test('97 of 100 are read rightly', () => {
    const right = scores.filter(({ verdict }) => verdict === 'right').length

    expect(right / scores.length).toBeGreaterThanOrEqual(0.97)
  })
})

test('where German is not read, no German sign is passed over in silence', () => {
  const words = textWords(['en'])
  const silent = linesIn('test/reading/corpus/german')
    .filter(({ expect: labels }) => labels.some(({ state }) => state === 'present'))
    .map((line) => ({ line, read: readText(line, words) }))
    .filter(({ read }) => read.unread.length === 0 && read.readings.length === 0)

  expect(silent.map(({ line }) => line.text)).toEqual([])
})

test('of a text in two languages each sentence is read in its own', () => {
  const { readings } = readText(
    { kind: 'exam', text: 'Left breast red. Linke Brust hat Orangenhaut. No fever.' },
    textWords(['en', 'de']),
  )

  expect(readings.map(({ term, state }) => `${term} ${state}`).sort()).toEqual([
    'erythema present',
    'fever absent',
    'peau-d-orange present',
  ])
})
