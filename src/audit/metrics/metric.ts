import type { CallCounts, CardCounts } from './counts.js'
import type { Interval } from './statistics.js'

/** The counts of one group: its calls, and one kind of card or all kinds together. */
export interface MetricInput {
  calls: CallCounts
  cards: CardCounts
}

/** A value with its numerator and denominator. */
export interface MetricValue {
  /** The reason, category, fact or stage, where a metric has one value for each. */
  part?: string
  numerator?: number
  denominator?: number
  /** Absent: not computable. */
  value?: number
  interval?: Interval
  /** The reason why the value is not computable, or another remark. */
  note?: string
}

/**
 * One metric with everything that a committee needs to check the metric; docs/audit.md is built from these.
 *
 * Shape: `sql` is a definition in words of SQL over the tables calls, cards and feedback, and no query to run.
 */
export interface Metric {
  name: string
  means: string
  unit: 'count' | 'share' | 'per 100 encounters' | 'cards' | 'ms' | 's' | 'cards per acceptance'
  sql: string
  of: (input: MetricInput) => readonly MetricValue[]
}

/** Divides numerator by denominator; not computable when the denominator is zero (AUD-052). */
export function ratio(numerator: number, denominator: number, scale = 1): MetricValue {
  if (denominator === 0) return { numerator, denominator, note: 'nothing to divide by' }
  return { numerator, denominator, value: (scale * numerator) / denominator }
}

/** A measured value, such as a percentile; not computable when there is none. */
export const measured = (part: string, value: number | undefined, denominator: number): MetricValue => ({
  part,
  denominator,
  ...(value === undefined ? { note: 'nothing was measured' } : { value }),
})

/** A metric that the records of this service alone cannot give. */
export const notComputable = (note: string) => (): readonly MetricValue[] => [{ note }]
