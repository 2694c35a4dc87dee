import { expect, test } from '@jest/globals'
import { readDocument } from '../../../src/terminology/text/read-document.js'
import { readWordFiles } from '../../../src/terminology/text/read-word-files.js'
import { englishWords } from '../../reading/word-files.js'

const file = (name: string, rest: object) => ({
  file: `cards/words/en/${name}.yaml`,
  content: { title: name, source: 'test', ...rest },
})
const files = readWordFiles([
  file('all', {
    lists: { doubt: { role: 'modifier', means: 'possible', words: ['likely', 'maybe'] } },
    targets: { redness: { title: 'Redness', groups: [{ words: ['redness'] }] } },
  }),
  file('report', { kinds: ['report'], lists: { certain: { role: 'pseudo', words: ['likely'] } } }),
])
const doubted = (text: string, kind: string): boolean | undefined =>
  readDocument(text, englishWords(kind, files)).mentions[0]?.assertion.possible

test('a list of a kind of text takes the place of a list for all kinds, for its phrases alone', () => {
  expect(doubted('Likely redness', 'report')).toBe(false)
  expect(doubted('Maybe redness', 'report')).toBe(true)
})

test('the lists of a kind of text change nothing for the other kinds', () => {
  expect(doubted('Likely redness', 'exam')).toBe(true)
})
