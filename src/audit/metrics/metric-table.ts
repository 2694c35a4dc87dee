import type { CallRow } from './call-rows.js'
import { callMetrics } from './call-metrics.js'
import { countCall, countCards, keyedCall, noCalls, noCards } from './counts.js'
import type { CallCounts, CardCounts } from './counts.js'
import { feedbackMetrics } from './feedback-metrics.js'
import type { Metric, MetricValue } from './metric.js'

/** The dimensions by which metrics can be grouped. */
export const dimensions = ['client', 'hook', 'role', 'week', 'card'] as const
export type Dimension = (typeof dimensions)[number]

/** One line of the table: a metric in one group; the line of all calls has an empty group. */
export interface MetricLine extends MetricValue {
  metric: string
  unit: Metric['unit']
  group: Partial<Record<Dimension, string>>
}

/** All metrics, in the order of the report. */
export const metrics: readonly Metric[] = [...callMetrics, ...feedbackMetrics]

interface Group {
  group: MetricLine['group']
  calls: CallCounts
  cards: CardCounts
  byKind: Map<string, CardCounts>
}

const newGroup = (group: MetricLine['group']): Group => ({
  group,
  calls: noCalls(),
  cards: noCards(),
  byKind: new Map(),
})

/**
 * Counts calls one after another into every metric, for all calls together and for each group.
 *
 * Shape: keeps counts and not calls, and eight bytes for each encounter and user: a million calls take some 50 MB.
 *        `add` takes calls of one mode (live, or silent for cards that would have been shown).
 */
export class MetricTally {
  private readonly everything = newGroup({})
  private readonly groups = new Map<string, Group>()
  private readonly kinds = new Set<string>()
  private readonly ofCalls: readonly Exclude<Dimension, 'card'>[]
  private readonly byCard: boolean

  constructor(by: readonly Dimension[] = []) {
    this.ofCalls = by.filter((dimension) => dimension !== 'card')
    this.byCard = by.includes('card')
  }

  add(call: CallRow): void {
    const keyed = keyedCall(call)
    const group = this.groupOf(call)
    for (const { calls, cards } of new Set([this.everything, group])) {
      countCall(calls, keyed)
      countCards(cards, keyed)
    }
    if (!this.byCard) return
    for (const kind of call.rules.keys()) this.kinds.add(kind)
    for (const kind of new Set([...call.rules.keys(), ...call.cards.map((card) => card.kind)])) {
      const counts = group.byKind.get(kind) ?? noCards()
      group.byKind.set(kind, counts)
      countCards(counts, keyed, kind)
    }
  }

  /** Every metric for all calls together, then for each group, for each kind of card evaluated in any group. */
  lines(): readonly MetricLine[] {
    const groups = this.ofCalls.length === 0 ? [this.everything] : this.sortedGroups()
    if (!this.byCard) return [this.everything, ...(this.ofCalls.length === 0 ? [] : groups)].flatMap(linesOf)
    const kinds = [...this.kinds].sort()
    return [
      ...linesOf(this.everything),
      ...groups.flatMap(({ group, calls, byKind }) =>
        kinds.flatMap((kind) =>
          linesOf({ group: { ...group, card: kind }, calls, cards: byKind.get(kind) ?? noCards() }),
        ),
      ),
    ]
  }

  private groupOf(call: CallRow): Group {
    if (this.ofCalls.length === 0) return this.everything
    const named = Object.fromEntries(this.ofCalls.map((dimension) => [dimension, call[dimension]]))
    const key = JSON.stringify(named)
    const group = this.groups.get(key) ?? newGroup(named)
    this.groups.set(key, group)
    return group
  }

  private sortedGroups(): readonly Group[] {
    return [...this.groups.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, group]) => group)
  }
}

const linesOf = ({ group, calls, cards }: Omit<Group, 'byKind'>): readonly MetricLine[] =>
  metrics.flatMap(({ name, unit, of }) =>
    of({ calls, cards }).map((value) => ({ metric: name, unit, group, ...value })),
  )

/** Computes every metric of some calls in memory. */
export function metricTable(calls: Iterable<CallRow>, by: readonly Dimension[] = []): readonly MetricLine[] {
  const tally = new MetricTally(by)
  for (const call of calls) tally.add(call)
  return tally.lines()
}
