import { share } from './call-metrics.js'
import type { GivenCard } from './call-rows.js'
import { cardsIn, cardsOf, measured, notComputable, ratio } from './metric.js'
import type { Metric, MetricInput, MetricValue } from './metric.js'
import { percentile } from './statistics.js'

const answered = (cards: readonly GivenCard[]) => cards.filter(({ feedback }) => feedback)
const accepted = (cards: readonly GivenCard[]) =>
  cards.filter(({ feedback }) => feedback?.outcome === 'accepted')
const overridden = (cards: readonly GivenCard[]) =>
  cards.filter(({ feedback }) => feedback?.outcome === 'overridden')

const notApplicable = (cards: readonly GivenCard[]): number =>
  overridden(cards).filter(({ feedback }) => feedback?.category === 'cds-not-applicable').length

/** Overrides by reason or category, each over all overrides. */
function byPart(input: MetricInput, part: 'reason' | 'category'): readonly MetricValue[] {
  const overrides = overridden(cardsOf(input))
  const counts = new Map<string, number>()
  for (const { feedback } of overrides) {
    const name = feedback?.[part] ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  if (overrides.length === 0) return [ratio(0, 0)]
  return [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([name, count]) => ({ part: name, ...share(count, overrides.length) }))
}

function timeToFeedback({ calls, kind }: MetricInput): readonly MetricValue[] {
  const seconds = calls.flatMap((call) =>
    cardsIn(call, kind).flatMap(({ feedback }) => (feedback ? [(feedback.at - call.at) / 1_000] : [])),
  )
  const forward = seconds.filter((value) => value >= 0)
  return [
    measured('median', percentile(forward, 0.5), forward.length),
    measured('p90', percentile(forward, 0.9), forward.length),
    {
      part: 'before the card (clock skew, left out)',
      value: seconds.length - forward.length,
      denominator: seconds.length,
    },
  ]
}

/** Metrics of what became of the cards; A accepted, O overridden. No feedback is neither. */
export const feedbackMetrics: readonly Metric[] = [
  {
    name: 'feedback-coverage',
    means: 'Cards with feedback, among cards given. Read every rate below beside it.',
    unit: 'share',
    sql: 'count(cards with feedback) / count(cards)',
    of: (input) => [share(answered(cardsOf(input)).length, cardsOf(input).length)],
  },
  {
    name: 'acceptance-of-answered',
    means: 'Accepted, among cards with feedback.',
    unit: 'share',
    sql: "count(last outcome = 'accepted') / count(cards with feedback)",
    of: (input) => [share(accepted(cardsOf(input)).length, answered(cardsOf(input)).length)],
  },
  {
    name: 'acceptance-of-shown',
    means: 'Accepted, among all cards given: the lower bound.',
    unit: 'share',
    sql: "count(last outcome = 'accepted') / count(cards)",
    of: (input) => [share(accepted(cardsOf(input)).length, cardsOf(input).length)],
  },
  {
    name: 'override-by-reason',
    means: 'Overrides with each reason, among overrides.',
    unit: 'share',
    sql: "count(*) / sum(count(*)) over () from cards where last outcome = 'overridden' group by reason",
    of: (input) => byPart(input, 'reason'),
  },
  {
    name: 'override-by-category',
    means: 'Overrides in each HL7 category, among overrides; other: a code nobody mapped yet.',
    unit: 'share',
    sql: "count(*) / sum(count(*)) over () from cards where last outcome = 'overridden' group by category",
    of: (input) => byPart(input, 'category'),
  },
  {
    name: 'not-applicable-share',
    means: 'Overrides because the card did not apply, among cards with feedback: a proxy of false positives.',
    unit: 'share',
    sql: "count(category = 'cds-not-applicable') / count(cards with feedback)",
    of: (input) => [share(notApplicable(cardsOf(input)), answered(cardsOf(input)).length)],
  },
  {
    name: 'ppv-proxy',
    means: 'One minus the share above. A proxy only: nobody looked at the charts.',
    unit: 'share',
    sql: '1 - not-applicable-share',
    of: (input) => {
      const all = answered(cardsOf(input)).length
      return [share(all - notApplicable(cardsOf(input)), all)]
    },
  },
  {
    name: 'number-needed-to-remind',
    means: 'Cards given for one acceptance.',
    unit: 'cards per acceptance',
    sql: "count(cards) / count(last outcome = 'accepted')",
    of: (input) => {
      const number = ratio(cardsOf(input).length, accepted(cardsOf(input)).length)
      return [number.value === undefined ? { ...number, note: 'none accepted' } : number]
    },
  },
  {
    name: 'time-to-feedback',
    means: "From the call to the clinician's action, by the client's clock.",
    unit: 's',
    sql: 'percentile(0.5 and 0.9) of outcomeTimestamp - call time where not negative',
    of: timeToFeedback,
  },
  {
    name: 'ppv-adjudicated',
    means: 'Appropriate, among reviewed cards.',
    unit: 'share',
    sql: 'count(appropriate) / count(reviewed), sample-weighted',
    of: notComputable('no cards were reviewed'),
  },
  {
    name: 'appropriate-override-rate',
    means: 'Overrides judged appropriate, among overrides reviewed.',
    unit: 'share',
    sql: 'count(appropriate overrides) / count(reviewed overrides)',
    of: notComputable('no overrides were reviewed'),
  },
  {
    name: 'missed-fire-rate',
    means: 'Eligible patients without a card.',
    unit: 'share',
    sql: 'count(eligible without card) / count(eligible)',
    of: notComputable('needs a cohort from another source'),
  },
  {
    name: 'action-rate',
    means: 'Cards followed by the advised order within 72 h.',
    unit: 'share',
    sql: 'count(cards with order) / count(cards with follow-up)',
    of: notComputable('needs the orders that followed'),
  },
]
