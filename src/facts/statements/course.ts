import { answerOf } from './answers.js'
import { provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'

/**
 * Reads the coded statement "absent response to treatment" (VS-NO-RESPONSE) as not improved.
 *
 * Edge:   a value of no or unknown gives no statement on the course.
 * Source: clinical 2.2, 4.3; the words of the course are read with the prose
 */
export function readNoResponse(
  { source, when, holder, place }: Statement,
  { codes, collector }: ReaderContext,
): void {
  const answer = answerOf(holder, codes)
  if (answer === 'yes' || answer === 'silent') {
    collector.course.push({ says: 'not-improved', side: place.side, ...provenance(source, when, false) })
  }
}
