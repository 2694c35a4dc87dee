import { answerOf } from './answers.js'
import { provenance } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'

/**
 * Reads the coded statement "absent response to treatment" (VS-NO-RESPONSE) as not improved.
 *
 * Edge:   a value that denies it, or does not know, says nothing about the course.
 * Source: clinical 2.2, 4.3; the words of the course are read with the prose
 */
export function readNoResponse({ source, when, holder, place }: Statement, { codes, sheet }: Reading): void {
  const answer = answerOf(holder, codes)
  if (answer === 'yes' || answer === 'silent') {
    sheet.course.push({ says: 'not-improved', side: place.side, ...provenance(source, when, false) })
  }
}
