import type { CallRow } from './call-rows.js'
import { callMetrics } from './call-metrics.js'
import { feedbackMetrics } from './feedback-metrics.js'
import type { Metric, MetricValue } from './metric.js'

/** What metrics can be told apart by. */
export const dimensions = ['client', 'hook', 'role', 'week', 'card'] as const
export type Dimension = (typeof dimensions)[number]

/** One line of the table: a metric in one group; the group of everything has no entries. */
export interface MetricLine extends MetricValue {
  metric: string
  unit: Metric['unit']
  group: Partial<Record<Dimension, string>>
}

/** All metrics, in the order of the report. */
export const metrics: readonly Metric[] = [...callMetrics, ...feedbackMetrics]

const keyOf = (call: CallRow, dimension: Exclude<Dimension, 'card'>): string => call[dimension]

interface Group {
  group: MetricLine['group']
  calls: readonly CallRow[]
  kind?: string
}

function groupsOf(calls: readonly CallRow[], by: readonly Dimension[]): readonly Group[] {
  const ofCalls = by.filter((dimension) => dimension !== 'card')
  const byKey = new Map<string, { group: MetricLine['group']; calls: CallRow[] }>()
  for (const call of calls) {
    const group = Object.fromEntries(ofCalls.map((dimension) => [dimension, keyOf(call, dimension)]))
    const key = JSON.stringify(group)
    const known = byKey.get(key)
    if (known) known.calls.push(call)
    else byKey.set(key, { group, calls: [call] })
  }
  const groups = [...byKey.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => group)
  if (!by.includes('card')) return groups
  const kinds = [...new Set(calls.flatMap((call) => [...call.rules.keys()]))].sort()
  return groups.flatMap(({ group, calls: ofGroup }) =>
    kinds.map((kind) => ({ group: { ...group, card: kind }, calls: ofGroup, kind })),
  )
}

/**
 * Every metric for everything together, and for each group.
 *
 * Shape: pure; `calls` are of one mode (live, or silent for what would have been shown).
 */
export function metricTable(calls: readonly CallRow[], by: readonly Dimension[] = []): readonly MetricLine[] {
  const all: Group = { group: {}, calls }
  const groups = by.length === 0 ? [all] : [all, ...groupsOf(calls, by)]
  return groups.flatMap(({ group, calls: ofGroup, kind }) =>
    metrics.flatMap(({ name, unit, of }) =>
      of({ calls: ofGroup, ...(kind !== undefined && { kind }) }).map((value) => ({
        metric: name,
        unit,
        group,
        ...value,
      })),
    ),
  )
}
