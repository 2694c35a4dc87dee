import { join } from 'node:path'
import { saysLoss } from '../../src/terminology/text/losses.js'
import { readText } from '../../src/terminology/text/read-text.js'
import type { TextReading } from '../../src/terminology/text/reading.js'
import type { TextWords } from '../../src/terminology/text/text-words.js'
import { linesIn, type LabelledLine } from './labels.js'
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
    notYet: ids('f3-', 'C306-03'),
  },
  {
    name: 'fresh-4',
    languages: ['en'],
    notYet: ids('f4-', 'E410-02 E416-02'),
  },
  {
    name: 'fresh-5',
    languages: ['en'],
    notYet: ids('f5-', 'E520-04 E525-01 E528-01 E531-02 R512-01 R512-02'),
  },
  {
    name: 'fresh-6',
    languages: ['en'],
    notYet: ids('f6-', 'E607-03 E608-02'),
  },
  { name: 'german', languages: ['en', 'de'] },
]

/** How every line of a set is read by the words of `cards/words/`. */
export function corpusScores({ name, languages }: Corpus): readonly Score[] {
  const words = textWords(languages)
  return scoresOf(linesIn(join('test/reading/corpus', name)), (line) => readLine(line, words))
}

/** The week of pregnancy from which a loss counts by the labels (`loss.minWeeks`). */
const lossFromWeek = 14

/** How a line is read, without the losses that count only with what else is on record. */
export function readLine(line: LabelledLine, words: TextWords): TextReading {
  const read = readText(line, words)
  const counts = read.readings.filter(
    (reading) => reading.value !== 'loss' || saysLoss(reading, read.gestation, lossFromWeek),
  )
  return { ...read, readings: counts }
}
