import { answerOf } from './answers.js'
import { matchesSet, noteUnreadable, provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'
import type { SetMatch } from '../../terminology/code-book.js'
import type { ResourceRef, Span } from '../facts.js'

/**
 * Reads a pregnancy status (LOINC 82810-3).
 *
 * Missing: a value that is neither pregnant nor not pregnant, or unknown, is noted as unreadable.
 */
export function readPregnancy(
  { source, when, holder }: Statement,
  { codes, collector }: ReaderContext,
): void {
  const answer = answerOf(holder, codes, 'pregnant', 'not-pregnant')
  if (answer === 'yes' || answer === 'no') {
    collector.pregnancy.push({ pregnant: answer === 'yes', ...provenance(source, when, false) })
  } else {
    noteUnreadable(collector, 'pregnancy', 'pregnancy status has no value that says yes or no', {
      source,
      when,
    })
  }
}

/** Notes a pregnancy for a breast diagnosis of pregnancy (O91.x1; clinical 1.2). */
export function notePregnancy(
  sets: readonly SetMatch[],
  source: ResourceRef,
  when: Span | undefined,
  { collector }: ReaderContext,
): void {
  if (matchesSet(sets, 'mastitis-pregnancy') || matchesSet(sets, 'abscess-pregnancy')) {
    collector.pregnancy.push({ pregnant: true, ...provenance(source, when, false) })
  }
}
