import { join } from 'node:path'
import { readText } from '../../src/terminology/text/read-text.js'
import { linesIn } from './labels.js'
import { scoresOf, type Score } from './score.js'
import { textWords } from './word-files.js'

/** Sets of labelled lines, with the languages that a site reads them in. */
export const corpora = [
  { name: 'handed', languages: ['en'] },
  { name: 'product', languages: ['en'] },
  { name: 'roles', languages: ['en'] },
  { name: 'fresh', languages: ['en'] },
  { name: 'fresh-2', languages: ['en'] },
  { name: 'german', languages: ['en', 'de'] },
] as const
export type Corpus = (typeof corpora)[number]

/** How every line of a set is read by the words of `cards/words/`. */
export function corpusScores({ name, languages }: Corpus): readonly Score[] {
  const words = textWords(languages)
  return scoresOf(linesIn(join('test/reading/corpus', name)), (line) => readText(line, words))
}
