import type { BirthFact } from '../../facts/facts.js'
import { evidenceOf } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Moment } from '../moment.js'
import { withinDays } from '../dating.js'

/** The days for which each kind of entry is about the present infant, fixed in clinical 2.1, and its words. */
const risks: ReadonlyMap<BirthFact['kind'], { days: number; words: string }> = new Map([
  ['preterm', { days: 180, words: 'preterm birth' }],
  ['premature-history', { days: 84, words: 'history of premature delivery' }],
  ['infant-at-risk-text', { days: 180, words: 'preterm or ill infant' }],
])

/**
 * Lists the evidence that the infant is preterm or ill (VS-INFANT-AT-RISK).
 *
 * Edge:    the last day counts.
 * Missing: an empty list proves no healthy full-term infant, because the infant's own chart is rarely read.
 * Source:  clinical 2.1, row F11 of 1.4
 */
export function infantAtRisk({ facts, now }: Moment): readonly Evidence[] {
  return facts.births.flatMap((entry) => {
    const risk = risks.get(entry.kind)
    if (!risk || !withinDays(entry.when, risk.days, now)) return []
    const weeks = entry.weeks === undefined ? '' : ` at ${Math.floor(entry.weeks)} weeks`
    return [evidenceOf(entry, `${risk.words}${weeks}`)]
  })
}
