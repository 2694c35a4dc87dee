import type { CallRow, GivenCard } from './call-rows.js'
import type { Interval } from './statistics.js'

/** Calls of one group, and the kind of card that is asked about; absent: all kinds together. */
export interface MetricInput {
  calls: readonly CallRow[]
  kind?: string
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

/** The cards of a kind (or all) in a call. */
export const cardsIn = ({ cards }: CallRow, kind: string | undefined): readonly GivenCard[] =>
  kind === undefined ? cards : cards.filter((card) => card.kind === kind)

/** All cards of the kind in the group. */
export const cardsOf = ({ calls, kind }: MetricInput): readonly GivenCard[] =>
  calls.flatMap((call) => cardsIn(call, kind))

/** Calls with at least one card of the kind. */
export const callsWithCard = ({ calls, kind }: MetricInput): readonly CallRow[] =>
  calls.filter((call) => cardsIn(call, kind).length > 0)

/** Distinct encounters of some calls; calls without one are left out. */
export const encountersOf = (calls: readonly CallRow[]): number =>
  new Set(
    calls.flatMap(({ client, encounter }) => (encounter === undefined ? [] : [`${client} ${encounter}`])),
  ).size

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
