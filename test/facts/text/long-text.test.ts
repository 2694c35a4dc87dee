import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { TextContext } from '../../../src/terminology/code-book.js'
import { sentencesOf, textLimit } from '../../../src/facts/text/tokens.js'
import { testCodeBook } from '../../terminology/test-code-book.js'
import { shortly } from './shortly.js'

const examination: TextContext = { aboutBreast: true, side: 'unspecified', imaging: false }
const read = (text: string) => testCodeBook().readText(text, examination)

test('text up to the limit is read whole', () => {
  const text = `Breast red.${' '.repeat(textLimit - 26)}Breast warm.   `
  expect(text.length).toBe(textLimit)
  expect(read(text)).toMatchObject({ signs: [{ sign: 'erythema' }, { sign: 'warmth' }] })
  expect(read(text).partial).toBeUndefined()
})

test('what follows the last whole sentence before the limit is not read, and the reading says so', () => {
  const padding = 'Breast red. '.repeat(textLimit / 12)
  const reading = read(`Breast red. ${padding}Breast warm.`)
  expect(shortly(reading)).toEqual(['+erythema'])
  expect(reading.partial).toBe(true)
})

test('sentences without a word of ours are passed over, however long they are together', () => {
  const padding = 'Seen today. '.repeat(textLimit / 12)
  const reading = read(`Breast red. ${padding}Breast warm.`)
  expect(shortly(reading)).toEqual(['+erythema', '+warmth'])
  expect(reading.partial).toBeUndefined()
})

test('a sentence cut by the limit is not read, since its end could deny it', () => {
  const reading = read(`${'x '.repeat(textLimit / 2 - 10)}fever and redness have resolved`)
  expect(reading).toEqual({ signs: [], course: [], concepts: [], partial: true })
})

const hostile = [
  'red ',
  'red, ',
  'red and ',
  'no ',
  'not red ',
  'red of the left ',
  'breast the the ',
  'red? no ',
  'red or ',
  'abscess of the left ',
  'x',
  '1.1',
  "n't ",
  "'",
  'mastitis lactational ',
  'persist ',
  'e\u0301\u0301',
  'red absent ',
  'red no longer ',
  'mild red ',
  'new the the breast ',
  'r/o',
  'history of 3 ',
  '.,?:;!',
]

test.each(hostile)('100 KiB of %j give a short answer from a bounded number of words', (piece) => {
  const text = piece.repeat(Math.ceil((100 * 1024) / piece.length))
  const { sentences, partial } = sentencesOf(text)
  const { signs, course, concepts } = read(text)

  expect(partial).toBe(true)
  expect(sentences.flat().length).toBeLessThanOrEqual(textLimit)
  expect(signs.length + course.length + concepts.length).toBeLessThan(10)
})

/** Counts how often words of a sentence are looked at while it is read. */
function looksAt(words: readonly string[], reader: (sentence: readonly string[]) => void): number {
  let looks = 0
  const counted = new Proxy(words, {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++
      return Reflect.get(target, key) as unknown
    },
  })
  reader(counted)
  return looks
}

test.each(hostile)('work grows with the length, not its square: %j', async (piece) => {
  const { lexiconOf } = await import('../../../src/facts/text/lexicon.js')
  const { readSentence } = await import('../../../src/facts/text/read-sentence.js')
  const { readCodeFiles } = await import('../../../src/terminology/read-code-files.js')
  const { codeFilesOnDisk } = await import('../../terminology/test-code-book.js')
  const lexicon = lexiconOf(readCodeFiles(codeFilesOnDisk()).sets)
  const looksFor = (times: number): number => {
    const words = sentencesOf(piece.repeat(times)).sentences.flat()
    return looksAt(words, (sentence) => readSentence(sentence, lexicon))
  }

  expect(looksFor(400)).toBeLessThanOrEqual(5 * looksFor(100) + 100)
})

test('any text at all is read without an exception, and without its words in the answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const reading = read(`Zzcanary ${text}`)
      expect(JSON.stringify(reading).toLowerCase()).not.toContain('zzcanary')
    }),
    { numRuns: 300 },
  )
})

test('words in any order never throw and read the same twice', () => {
  const word = fc.constantFrom(
    ...'no not red hot breast left , ? : . and or but resolved absent history of 3 days fever mastitis possible if you better worse'.split(
      ' ',
    ),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 25 }), (words) => {
      expect(read(words.join(' '))).toEqual(read(words.join(' ')))
    }),
    { numRuns: 500 },
  )
})
