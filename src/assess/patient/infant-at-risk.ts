import type { BirthFact } from '../../facts/facts.js'
import { evidenceOf, withinDays } from '../evidence.js'
import type { Evidence } from '../finding.js'
import type { Moment } from '../views.js'

/** How long an entry speaks of this infant, and what it is called. Days, fixed in clinical 2.1. */
const risks: ReadonlyMap<BirthFact['kind'], { days: number; words: string }> = new Map([
  ['preterm', { days: 180, words: 'preterm birth' }],
  ['premature-history', { days: 84, words: 'history of premature delivery' }],
  ['infant-at-risk-text', { days: 180, words: 'preterm or ill infant' }],
])

/**
 * What says that the infant is preterm or ill (VS-INFANT-AT-RISK).
 *
 * Edge:    exactly the last day counts.
 * Missing: the infant's own chart is rarely here, so nothing found does not mean a healthy full-term infant.
 * Source:  clinical 2.1, row F11 of 1.4.
 */
export function infantAtRisk({ facts, now }: Moment): readonly Evidence[] {
  return facts.births.flatMap((entry) => {
    const risk = risks.get(entry.kind)
    if (!risk || !withinDays(entry.when, risk.days, now)) return []
    const weeks = entry.weeks === undefined ? '' : ` at ${Math.floor(entry.weeks)} weeks`
    return [evidenceOf(entry, `${risk.words}${weeks}`)]
  })
}
