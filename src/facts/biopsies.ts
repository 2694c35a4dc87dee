import type { BiopsyResult } from './facts.js'
import { reportOf, sayingsOf, sideOfReport } from './report-text.js'
import type { Saying } from './report-text.js'
import { isIn, noteUnreadable, provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import type { Statement } from './statement.js'
import { reportStatuses, statusIn } from './validity.js'

const malignantSets: ReadonlySet<string> = new Set([
  'inflammatory-breast-cancer',
  'breast-cancer',
  'result-carcinoma',
  'result-malignant',
])
const cancerWords: ReadonlySet<string> = new Set(['result-carcinoma', 'result-malignant'])

function readingOf(sayings: readonly Saying[]): BiopsyResult['reading'] {
  if (sayings.some(({ set, state }) => state === 'present' && malignantSets.has(set))) return 'malignant'
  const benign = sayings.some(
    ({ set, state, possible }) =>
      !possible &&
      ((state === 'present' && set === 'result-benign') || (state === 'absent' && cancerWords.has(set))),
  )
  return benign ? 'benign' : 'reported'
}

/**
 * Reads the report of a skin or breast biopsy.
 *
 * Edge:   malignant words win over benign ones; any final report is a tissue result, at least `reported`.
 * Source: clinical 3.7
 */
export function readBiopsy(entry: Entry, statement: Statement, reading: Reading): void {
  const { sheet } = reading
  const { source, when, sets, place } = statement
  const status = statusIn(reportStatuses, entry.fields['status'])
  if (status === 'unreadable')
    noteUnreadable(sheet, 'result', 'report status could not be read', source, when)
  if (status !== 'counts' || place.elsewhere) return
  const report = reportOf(entry, reading)
  const side = sideOfReport(place.side, report, reading)
  const sayings = sayingsOf(report, side, false, reading)
  sheet.results.push({
    result: 'biopsy',
    tissue: isIn(sets, 'skin-biopsy') ? 'skin' : 'breast',
    reading: readingOf(sayings),
    side,
    ...provenance(
      source,
      when,
      sayings.some(({ fromText }) => fromText),
    ),
  })
}
