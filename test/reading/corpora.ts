import { join } from 'node:path'
import { readText } from '../../src/terminology/text/read-text.js'
import { linesIn } from './labels.js'
import { scoresOf, type Score } from './score.js'
import { textWords } from './word-files.js'

/** A set of labelled lines, with the languages that a site reads them in. */
export interface Corpus {
  name: string
  languages: readonly string[]
  /** The lines of a set that are known to be read wrongly; left out where the set has a share to reach. */
  notYet?: readonly string[]
}

const ids = (prefix: string, families: string): readonly string[] =>
  families.split(' ').map((family) => `${prefix}${family}`)

/** All sets of labelled lines. */
export const corpora: readonly Corpus[] = [
  { name: 'handed', languages: ['en'] },
  { name: 'product', languages: ['en'] },
  { name: 'roles', languages: ['en'] },
  { name: 'fresh', languages: ['en'] },
  { name: 'fresh-2', languages: ['en'] },
  {
    name: 'fresh-3',
    languages: ['en'],
    notYet: ids('f3-', 'C306-03 E301-03 E307-02 E307-03 E315-02 E321-02'),
  },
  {
    name: 'fresh-4',
    languages: ['en'],
    notYet: ids(
      'f4-',
      'E403-03 E406-02 E410-01 E410-02 E412-02 E412-03 E412-04 E415-01 E416-02 E417-02 R402-02 R403-01 R404-01',
    ),
  },
  { name: 'german', languages: ['en', 'de'] },
]

/** How every line of a set is read by the words of `cards/words/`. */
export function corpusScores({ name, languages }: Corpus): readonly Score[] {
  const words = textWords(languages)
  return scoresOf(linesIn(join('test/reading/corpus', name)), (line) => readText(line, words))
}
