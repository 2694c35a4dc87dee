import { answerOf } from './answers.js'
import { isIn, noteUnreadable, provenance } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'
import type { SetMatch } from './code-book.js'
import type { ResourceRef, Span } from './facts.js'

/**
 * Reads a pregnancy status (LOINC 82810-3).
 *
 * Missing: a value that says neither, or unknown, is noted as unreadable.
 */
export function readPregnancy({ source, when, holder }: Statement, { codes, sheet }: Reading): void {
  const answer = answerOf(holder, codes, 'pregnant', 'not-pregnant')
  if (answer === 'yes' || answer === 'no') {
    sheet.pregnancy.push({ pregnant: answer === 'yes', ...provenance(source, when, false) })
  } else {
    noteUnreadable(sheet, 'pregnancy', 'pregnancy status has no value that says yes or no', source, when)
  }
}

/** A breast diagnosis of pregnancy (O91.x1) says that she is pregnant (clinical 1.2). */
export function notePregnancy(
  sets: readonly SetMatch[],
  source: ResourceRef,
  when: Span | undefined,
  { sheet }: Reading,
): void {
  if (isIn(sets, 'mastitis-pregnancy') || isIn(sets, 'abscess-pregnancy')) {
    sheet.pregnancy.push({ pregnant: true, ...provenance(source, when, false) })
  }
}
