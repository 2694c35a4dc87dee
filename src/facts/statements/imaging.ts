import type { Side } from '../../terminology/concepts.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import type { ImagingResult } from '../facts.js'
import { reportStatuses, statusIn } from '../fhir/validity.js'
import { decided, wordedResults } from './imaging-readings.js'
import type { DecidedResult, WordedResult } from './imaging-readings.js'
import type { Need } from './needs.js'
import { codedConclusions, reportOf } from './report-text.js'
import type { CodedConclusion, ReportParts } from './report-text.js'
import type { Statement } from './statement.js'

/** The examination that a report is of, and the side that its code names. */
export interface Examination {
  modality: ImagingResult['modality']
  side: Side
}

/** The examinations among needs; a report of both ("mammogram with ultrasound") is a report of each. */
export const examinationsIn = (needs: readonly Need[]): readonly Examination[] =>
  needs.flatMap(({ need, side }) =>
    need === 'ultrasound' || need === 'mammogram' ? [{ modality: need, side }] : [],
  )

/**
 * Reads an imaging report, or an Observation that is one, into one result for each side.
 *
 * Shape:   final, amended, corrected and appended reports count. A report of several examinations gives each of them
 *          its results.
 * Missing: a report that cannot be classified gives one `unclassified` result, so that cards can name it.
 * Source:  clinical 3.7, clinical changes C5 and C6
 */
export function readImaging(
  entry: PatientResource,
  { source, when }: Statement,
  examinations: readonly Examination[],
  context: ReaderContext,
): void {
  const { collector } = context
  const status = statusIn(reportStatuses, entry.fields['status'])
  const subject = examinations.some(({ modality }) => modality === 'ultrasound') ? 'ultrasound' : 'result'
  if (status === 'unreadable')
    noteUnreadable(collector, subject, 'report status could not be read', { source, when })
  if (status !== 'counts') return
  const report = reportOf(entry, context)
  for (const { modality, side } of examinations) {
    const coded = codedConclusions(report, side, context)
    const said = wordsOf(report, { modality, side }, context)
    if (said.partial)
      noteUnreadable(collector, subject, 'report is too long to be read whole', { source, when })
    const { worded } = said
    for (const [of, result] of bySide(coded, worded, side)) {
      const { fromText, ...rest } = result
      collector.results.push({
        result: 'imaging',
        modality,
        side: of,
        ...rest,
        ...provenance(source, when, fromText),
      })
    }
  }
}

function wordsOf(
  { concluding, describing }: ReportParts,
  { modality, side }: Examination,
  { readText }: ReaderContext,
): { worded: readonly WordedResult[]; partial: boolean } {
  let partial = false
  const read = (texts: readonly string[], concludes: boolean): readonly WordedResult[] =>
    texts.flatMap((text) => {
      const said = readText({ kind: 'report', text, modality })
      partial ||= said.partial
      return wordedResults(said.readings, side, concludes)
    })
  return { worded: [...read(concluding, true), ...read(describing, false)], partial }
}

/**
 * The result of each side.
 *
 * Shape: a side that codes or words name, and one for all that names no side; this joins the only side that is named.
 * Edge:  what both breasts share is said of each; a side that could not be classified is left out beside one that could.
 */
function bySide(
  coded: readonly CodedConclusion[],
  worded: readonly WordedResult[],
  own: Side,
): readonly (readonly [Side, DecidedResult])[] {
  const named = new Set([...coded, ...worded].map(({ side }) => side))
  const single = (['left', 'right'] as const).filter((side) => named.has(side))
  const joins = (said: Side): readonly Side[] => {
    if (said === 'left' || said === 'right') return [said]
    if (single.length === 0) return [said]
    if (said === 'both') return ['left', 'right']
    return single.length === 1 ? single : [said]
  }
  const sides = new Set([...coded, ...worded].flatMap(({ side }) => joins(side)))
  if (sides.size === 0) sides.add(own)
  const results = [...sides].map((side) => {
    const ofSide = ({ side: said }: { side: Side }): boolean => joins(said).includes(side)
    return [side, decided(coded.filter(ofSide), worded.filter(ofSide))] as const
  })
  const classified = results.filter(([, { reading }]) => reading !== 'unclassified')
  return classified.length > 0 ? classified : results.slice(0, 1)
}
