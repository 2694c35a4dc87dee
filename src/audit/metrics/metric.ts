import type { CallCounts, CardCounts } from './counts.js'
import type { Interval } from './statistics.js'

/** What one group came to: its calls, and the kind of card that is asked about, or all kinds together. */
export interface MetricInput {
  calls: CallCounts
  cards: CardCounts
}

/** A number with what it was made of. */
export interface MetricValue {
  /** Reason, category, fact or stage, where a metric has one value for each. */
  part?: string
  numerator?: number
  denominator?: number
  /** Absent: not computable. */
  value?: number
  interval?: Interval
  /** Why it is not computable, or what else to know. */
  note?: string
}

/**
 * One metric with everything a committee needs to check it; docs/audit.md is built from these.
 *
 * Shape: `sql` is a definition in words of SQL over the tables calls, cards and feedback, not a query to run.
 */
export interface Metric {
  name: string
  means: string
  unit: 'count' | 'share' | 'per 100 encounters' | 'cards' | 'ms' | 's' | 'cards per acceptance'
  sql: string
  of: (input: MetricInput) => readonly MetricValue[]
}

/** Numerator over denominator; not computable when there is nothing to divide by (AUD-052). */
export function ratio(numerator: number, denominator: number, scale = 1): MetricValue {
  if (denominator === 0) return { numerator, denominator, note: 'nothing to divide by' }
  return { numerator, denominator, value: (scale * numerator) / denominator }
}

/** A value that was looked up rather than divided; not computable when there is none. */
export const measured = (part: string, value: number | undefined, denominator: number): MetricValue => ({
  part,
  denominator,
  ...(value === undefined ? { note: 'nothing was measured' } : { value }),
})

/** A metric that our records alone cannot give. */
export const notComputable = (note: string) => (): readonly MetricValue[] => [{ note }]
