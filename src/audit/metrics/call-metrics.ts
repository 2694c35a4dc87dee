import { timedSteps } from './counts.js'
import { measured, notComputable, ratio } from './metric.js'
import type { Metric, MetricInput, MetricValue } from './metric.js'
import { Spread } from './spread.js'
import { wilson } from './statistics.js'

/** A share with its interval. */
export function share(numerator: number, denominator: number): MetricValue {
  const interval = wilson(numerator, denominator)
  return { ...ratio(numerator, denominator), ...(interval && { interval }) }
}

/** The cards for each user and day; each day of a user without a card counts as 0. */
function cardsPerUserDay({ calls, cards }: MetricInput): readonly MetricValue[] {
  const days = calls.userDays.distinct()
  const perDay = new Spread()
  for (const times of cards.userDays.timesEach()) perDay.add(times)
  perDay.add(0, days - perDay.count)
  return [measured('p50', perDay.percentile(0.5), days), measured('p95', perDay.percentile(0.95), days)]
}

function insufficientData({ cards: { undecided, asked, missing } }: MetricInput): readonly MetricValue[] {
  const facts = [...missing].sort(([one], [other]) => (one < other ? -1 : 1))
  return [share(undecided, asked), ...facts.map(([part, count]) => ({ part, ...share(count, asked) }))]
}

function latency({ calls: { calls, totalMs, stepMs } }: MetricInput): readonly MetricValue[] {
  return [
    measured('p50', totalMs.percentile(0.5), calls),
    measured('p95', totalMs.percentile(0.95), calls),
    measured('p99', totalMs.percentile(0.99), calls),
    ...timedSteps.map((step) => measured(`${step} p95`, stepMs[step].percentile(0.95), calls)),
  ]
}

/** The metrics of calls. I is all recorded calls (200 and 412), E their distinct encounters. */
export const callMetrics: readonly Metric[] = [
  {
    name: 'calls',
    means: 'Recorded calls (I): answered 200 or 412.',
    unit: 'count',
    sql: 'count(*) from calls',
    of: ({ calls: { calls } }) => [{ value: calls, denominator: calls }],
  },
  {
    name: 'cards',
    means: 'Cards given (C).',
    unit: 'count',
    sql: 'count(*) from cards',
    of: ({ cards: { cards } }) => [{ value: cards, denominator: cards }],
  },
  {
    name: 'fire-rate',
    means: 'Calls with the card, among calls in which its entry population was decidable.',
    unit: 'share',
    sql: "count(calls with a card k) / count(calls where verdict(k) is not 'insufficient-data')",
    of: ({ cards }) => [share(cards.callsWithCard, cards.decidable)],
  },
  {
    name: 'fire-rate-of-all-calls',
    means: 'Calls with the card, among all calls.',
    unit: 'share',
    sql: 'count(calls with a card k) / count(calls)',
    of: ({ calls, cards }) => [share(cards.callsWithCard, calls.calls)],
  },
  {
    name: 'encounter-fire-rate',
    means: 'Encounters with the card, among all encounters.',
    unit: 'share',
    sql: 'count(distinct encounter of calls with a card k) / count(distinct encounter)',
    of: ({ calls, cards }) => [share(cards.encounters.distinct(), calls.encounters.distinct())],
  },
  {
    name: 'alert-burden',
    means: 'Cards of warning or critical per 100 encounters.',
    unit: 'per 100 encounters',
    sql: "100 * count(cards where indicator in ('warning','critical')) / count(distinct encounter)",
    of: ({ calls, cards }) => [ratio(cards.loud, calls.encounters.distinct(), 100)],
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
    of: ({ cards: { inEncounter, encounters } }) => [ratio(inEncounter - encounters.distinct(), inEncounter)],
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
    of: ({ calls }) => [share(calls.notAnswered, calls.calls)],
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
    of: ({ calls }) => [share(calls.slow, calls.calls)],
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
