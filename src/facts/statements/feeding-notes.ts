import { provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'

/**
 * Notes what prose says of feeding in passing.
 *
 * Edge:   such words answer no question: they count beside a diagnosis only (clinical 1.2 step 3).
 * Source: clinical changes C14
 */
export function noteFeeding(text: string, { source, when }: Statement, context: ReaderContext): void {
  for (const { state } of context.readText({ kind: 'feeding-note', text }).readings)
    context.collector.lactation.push({
      says: state === 'present' ? 'yes' : 'no',
      discharge: false,
      inNote: true,
      ...provenance(source, when, true),
    })
}
