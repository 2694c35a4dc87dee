import type { BiopsyResult } from '../facts.js'
import { codedConclusions, proseOfReport, reportOf, sideOfReport } from './report-text.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'
import { reportStatuses, statusIn } from '../fhir/validity.js'

const cancerSets: ReadonlySet<string> = new Set(['inflammatory-breast-cancer', 'breast-cancer'])

/**
 * Reads the report of a skin or breast biopsy.
 *
 * Edge:   malignant words outweigh benign ones; any final report is a tissue result, and at least `reported`.
 * Source: clinical 3.7
 */
export function readBiopsy(
  entry: PatientResource,
  { source, when, place }: Statement,
  tissue: BiopsyResult['tissue'],
  context: ReaderContext,
): void {
  const { collector, readText } = context
  const status = statusIn(reportStatuses, entry.fields['status'])
  if (status === 'unreadable')
    noteUnreadable(collector, 'result', 'report status could not be read', { source, when })
  if (status !== 'counts') return
  const report = reportOf(entry, context)
  const side = sideOfReport(place.side, report, context)
  const coded = codedConclusions(report, side, context).some(({ set }) => cancerSets.has(set))
  const said = proseOfReport(report).flatMap((text) => readText({ kind: 'report', text }).readings)
  const malignant = coded || said.some((reading) => reading.malignant)
  const benign = !malignant && said.some((reading) => reading.benign)
  collector.results.push({
    result: 'biopsy',
    tissue,
    reading: malignant ? 'malignant' : benign ? 'benign' : 'reported',
    side,
    ...provenance(source, when, malignant ? !coded : benign),
  })
}
