import type { Side } from '../../terminology/concepts.js'
import type { Reading } from '../../terminology/text/reading.js'
import { reportResults } from '../../terminology/text/report-result.js'
import type { ImagingReading, ImagingResult } from '../facts.js'
import type { CodedConclusion } from './report-text.js'

/** What one text of a report says of one side, or of the report as a whole. */
export interface WordedResult extends Pick<
  ImagingResult,
  'small' | 'doubt' | 'birads' | 'harmlessLesion' | 'sizeCm'
> {
  reading: ImagingReading
  side: Side
  malignant: boolean
  /** No finding decided the result, only a category. */
  byCategory: boolean
  /** The text is a conclusion of the report. */
  concluding: boolean
}

/** What a report comes to on one side. */
export type DecidedResult = Pick<
  ImagingResult,
  'reading' | 'small' | 'doubt' | 'birads' | 'harmlessLesion' | 'sizeCm' | 'malignantText' | 'fromText'
>

/** The rows of clinical 3.7, in their order. */
const rows = reportResults.filter((result) => result !== 'unreadable')
const pus: ReadonlySet<ImagingReading> = new Set(['abscess', 'collection', 'phlegmon'])

const firstRow = <Result extends { reading: ImagingReading }>(results: readonly Result[]) => {
  for (const row of rows) {
    const found = results.find(({ reading }) => reading === row)
    if (found) return found
  }
  return undefined
}

/** What one text of a report was read as, for each side that it tells apart. */
export function wordedResults(
  readings: readonly Reading[],
  own: Side,
  concluding: boolean,
): readonly WordedResult[] {
  return readings
    .filter(({ term }) => term === 'result')
    .map((reading): WordedResult => {
      const { state, value, side, small, doubt, malignant = false, lesion, sizeCm, rule } = reading
      const category = readings.find((other) => other.term === 'birads' && other.side === side)?.value
      const birads = category === undefined ? undefined : Number.parseInt(String(category), 10)
      return {
        reading: state === 'present' ? (value as ImagingReading) : 'unclassified',
        side: side ?? own,
        malignant,
        byCategory: rule === 'birads-category',
        concluding,
        ...(small && { small }),
        ...(doubt && { doubt }),
        ...(lesion && { harmlessLesion: true }),
        ...(birads !== undefined && { birads }),
        ...(sizeCm !== undefined && { sizeCm }),
      }
    })
}

const readingOfSet = (set: string): ImagingReading | undefined => {
  if (set.startsWith('abscess-')) return 'abscess'
  if (set === 'phlegmon') return 'phlegmon'
  if (set === 'inflammatory-breast-cancer' || set === 'breast-cancer') return 'suspicious'
  if (set === 'ultrasound-normal') return 'normal'
  const category = categoryOfSet(set)
  if (category === undefined) return undefined
  if (category >= 4) return 'suspicious'
  return category === 1 || category === 2 ? 'normal' : 'indeterminate'
}

function categoryOfSet(set: string): number | undefined {
  const category = /^birads-([0-6])$/.exec(set)?.[1]
  return category === undefined ? undefined : Number(category)
}

/**
 * What everything that a report says of one side comes to: the first row of clinical 3.7 that holds.
 *
 * Shape:   the conclusion decides before the other texts; an abscess, collection or phlegmon of these stands unless the
 *          conclusion speaks of one as well. Codes stand beside the words.
 * Missing: `unclassified` when no row holds.
 * Source:  clinical changes C6
 */
export function decided(coded: readonly CodedConclusion[], worded: readonly WordedResult[]): DecidedResult {
  const byCode = firstRow(
    coded.flatMap(({ set }) => {
      const reading = readingOfSet(set)
      return reading === undefined ? [] : [{ reading }]
    }),
  )
  const byWords = wordsDecide(worded)
  const first = firstRow([byCode, byWords].flatMap((result) => result ?? []))
  const birads = highest([...coded.flatMap(({ set }) => categoryOfSet(set) ?? []), ...categoriesIn(worded)])
  const small = first === byWords && byWords?.small === true
  const sizeCm = worded.find((result) => pus.has(result.reading) && result.sizeCm !== undefined)?.sizeCm
  return {
    reading: first?.reading ?? 'unclassified',
    malignantText: worded.some(({ malignant }) => malignant),
    fromText: first === undefined || first === byWords,
    ...(small && { small }),
    ...(worded.some(({ doubt }) => doubt) && { doubt: true }),
    ...(worded.some(({ harmlessLesion }) => harmlessLesion) && { harmlessLesion: true }),
    ...(birads !== undefined && { birads }),
    ...(sizeCm !== undefined && first && pus.has(first.reading) && { sizeCm }),
  }
}

function wordsDecide(worded: readonly WordedResult[]): WordedResult | undefined {
  const concluding = worded.filter((result) => result.concluding)
  const describing = worded.filter((result) => !result.concluding)
  const conclusion = firstRow(concluding)
  const spokenOf = concluding.some(
    ({ reading, byCategory, doubt }) => doubt || (reading === 'normal' && !byCategory),
  )
  const found = firstRow(describing.filter(({ reading }) => pus.has(reading)))
  if (found && !spokenOf) return conclusion ? firstRow([conclusion, found]) : found
  return conclusion ?? firstRow(describing)
}

/** The categories of the conclusion, or else of the other texts. */
function categoriesIn(worded: readonly WordedResult[]): readonly number[] {
  const inTexts = (concluding: boolean): readonly number[] =>
    worded.flatMap((result) => (result.concluding === concluding ? (result.birads ?? []) : []))
  const concluded = inTexts(true)
  return concluded.length > 0 ? concluded : inTexts(false)
}

const highest = (categories: readonly number[]): number | undefined =>
  categories.length === 0 ? undefined : Math.max(...categories)
