import type { CallRow } from './call-rows.js'
import { callsWithCard, cardsIn, cardsOf, encountersOf, measured, notComputable, ratio } from './metric.js'
import type { Metric, MetricInput, MetricValue } from './metric.js'
import { percentile, wilson } from './statistics.js'

/** A share with its interval. */
export function share(numerator: number, denominator: number): MetricValue {
  const interval = wilson(numerator, denominator)
  return { ...ratio(numerator, denominator), ...(interval && { interval }) }
}

/** Calls in which the entry population of the card was decidable: the card was asked and nothing it needs was unread. */
const decidable = ({ calls, kind }: MetricInput): readonly CallRow[] =>
  kind === undefined
    ? calls
    : calls.filter(({ rules }) => (rules.get(kind) ?? 'insufficient-data') !== 'insufficient-data')

const isLoud = ({ indicator }: { indicator: string }): boolean => indicator !== 'info'

const dayMs = 86_400_000

function cardsPerUserDay({ calls, kind }: MetricInput): readonly MetricValue[] {
  const perDay = new Map<string, number>()
  for (const call of calls) {
    const key = `${call.client} ${call.user} ${Math.floor(call.at / dayMs)}`
    perDay.set(key, (perDay.get(key) ?? 0) + cardsIn(call, kind).length)
  }
  const counts = [...perDay.values()]
  return [
    measured('p50', percentile(counts, 0.5), counts.length),
    measured('p95', percentile(counts, 0.95), counts.length),
  ]
}

function insufficientData({ calls, kind }: MetricInput): readonly MetricValue[] {
  const asked = kind === undefined ? calls : calls.filter(({ rules }) => rules.has(kind))
  const isUnread = ({ rules }: CallRow): boolean =>
    kind === undefined
      ? [...rules.values()].includes('insufficient-data')
      : rules.get(kind) === 'insufficient-data'
  const byFact = new Map<string, number>()
  for (const { missing } of asked)
    for (const fact of new Set(missing)) byFact.set(fact, (byFact.get(fact) ?? 0) + 1)
  const facts = [...byFact].sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    share(asked.filter(isUnread).length, asked.length),
    ...facts.map(([part, count]) => ({ part, ...share(count, asked.length) })),
  ]
}

const slowMs = 500

const totalMs = ({ durationMs: { gather, facts, assess, cards } }: CallRow): number =>
  gather + facts + assess + cards

function latency({ calls }: MetricInput): readonly MetricValue[] {
  const totals = calls.map(totalMs)
  const stages = (['gather', 'facts', 'assess', 'cards'] as const).map((stage) =>
    measured(
      `${stage} p95`,
      percentile(
        calls.map(({ durationMs }) => durationMs[stage]),
        0.95,
      ),
      calls.length,
    ),
  )
  return [
    measured('p50', percentile(totals, 0.5), totals.length),
    measured('p95', percentile(totals, 0.95), totals.length),
    measured('p99', percentile(totals, 0.99), totals.length),
    ...stages,
  ]
}

/** Metrics of what was said. I is all recorded calls (200 and 412), E their distinct encounters. */
export const callMetrics: readonly Metric[] = [
  {
    name: 'calls',
    means: 'Recorded calls (I): answered 200 or 412.',
    unit: 'count',
    sql: 'count(*) from calls',
    of: ({ calls }) => [{ value: calls.length, denominator: calls.length }],
  },
  {
    name: 'cards',
    means: 'Cards given (C).',
    unit: 'count',
    sql: 'count(*) from cards',
    of: (input) => [{ value: cardsOf(input).length, denominator: cardsOf(input).length }],
  },
  {
    name: 'fire-rate',
    means: 'Calls with the card, among calls in which its entry population was decidable.',
    unit: 'share',
    sql: "count(calls with a card k) / count(calls where verdict(k) is not 'insufficient-data')",
    of: (input) => [share(callsWithCard(input).length, decidable(input).length)],
  },
  {
    name: 'fire-rate-of-all-calls',
    means: 'Calls with the card, among all calls.',
    unit: 'share',
    sql: 'count(calls with a card k) / count(calls)',
    of: (input) => [share(callsWithCard(input).length, input.calls.length)],
  },
  {
    name: 'encounter-fire-rate',
    means: 'Encounters with the card, among all encounters.',
    unit: 'share',
    sql: 'count(distinct encounter of calls with a card k) / count(distinct encounter)',
    of: (input) => [share(encountersOf(callsWithCard(input)), encountersOf(input.calls))],
  },
  {
    name: 'alert-burden',
    means: 'Cards of warning or critical per 100 encounters.',
    unit: 'per 100 encounters',
    sql: "100 * count(cards where indicator in ('warning','critical')) / count(distinct encounter)",
    of: (input) => [ratio(cardsOf(input).filter(isLoud).length, encountersOf(input.calls), 100)],
  },
  {
    name: 'cards-per-user-day',
    means: 'Cards that one user saw on one day (UTC), over all days with a call.',
    unit: 'cards',
    sql: 'percentile(0.5 and 0.95) of count(cards) group by user, day',
    of: cardsPerUserDay,
  },
  {
    name: 'repeat-ratio',
    means: 'Cards that came again in the same encounter, among cards with an encounter.',
    unit: 'share',
    sql: '(count(cards) - count(distinct encounter with a card)) / count(cards), calls with an encounter only',
    of: ({ calls, kind }) => {
      const inEncounter = {
        calls: calls.filter(({ encounter }) => encounter !== undefined),
        ...(kind !== undefined && { kind }),
      }
      const cards = cardsOf(inEncounter).length
      return [ratio(cards - encountersOf(callsWithCard(inEncounter)), cards)]
    },
  },
  {
    name: 'insufficient-data-rate',
    means: 'Calls in which the card could not be decided; by what was missing, calls that lacked it.',
    unit: 'share',
    sql: "count(calls where verdict(k) = 'insufficient-data') / count(calls where k was asked)",
    of: insufficientData,
  },
  {
    name: 'not-answered-rate',
    means: 'Calls answered 412 because required data could not be read.',
    unit: 'share',
    sql: 'count(calls where status = 412) / count(calls)',
    of: ({ calls }) => [share(calls.filter(({ status }) => status === 412).length, calls.length)],
  },
  {
    name: 'latency',
    means:
      'Time from the parsed request to the chosen cards; without auth, parsing and recording (see /metrics for the whole).',
    unit: 'ms',
    sql: 'percentile(0.5, 0.95, 0.99) of gather + facts + assess + cards; percentile(0.95) of each',
    of: latency,
  },
  {
    name: 'slow-calls',
    means: 'Calls over 500 ms.',
    unit: 'share',
    sql: 'count(calls where gather + facts + assess + cards > 500) / count(calls)',
    of: ({ calls }) => [share(calls.filter((call) => totalMs(call) > slowMs).length, calls.length)],
  },
  {
    name: 'error-shed-auth-rates',
    means: 'Calls that failed, were shed or were refused a token.',
    unit: 'share',
    sql: 'not in the records: refused calls only count',
    of: notComputable('refused calls leave no record; see the counters of /metrics'),
  },
  {
    name: 'shadow-agreement',
    means: 'Same verdict in live and shadow.',
    unit: 'share',
    sql: 'count(same verdict) / count(calls evaluated in both)',
    of: notComputable('a call is evaluated in one mode only'),
  },
]
