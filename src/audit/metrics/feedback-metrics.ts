import { share } from './call-metrics.js'
import type { CardCounts } from './counts.js'
import { measured, notComputable, ratio } from './metric.js'
import type { Metric, MetricInput, MetricValue } from './metric.js'

const notApplicable = ({ categories }: CardCounts): number => categories.get('cds-not-applicable') ?? 0

/** Overrides by reason or category, each divided by all overrides; the most frequent first. */
function byPart(counts: ReadonlyMap<string, number>, overridden: number): readonly MetricValue[] {
  if (overridden === 0) return [ratio(0, 0)]
  return [...counts]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .map(([name, count]) => ({ part: name, ...share(count, overridden) }))
}

function timeToFeedback({ cards: { secondsToFeedback, skewed } }: MetricInput): readonly MetricValue[] {
  const { count } = secondsToFeedback
  return [
    measured('median', secondsToFeedback.percentile(0.5), count),
    measured('p90', secondsToFeedback.percentile(0.9), count),
    { part: 'before the card (clock skew, left out)', value: skewed, denominator: count + skewed },
  ]
}

/** The metrics of feedback; A accepted, O overridden. A card without feedback counts as neither. */
export const feedbackMetrics: readonly Metric[] = [
  {
    name: 'feedback-coverage',
    means: 'Cards with feedback, among cards given. Read every rate below beside it.',
    unit: 'share',
    sql: 'count(cards with feedback) / count(cards)',
    of: ({ cards }) => [share(cards.answered, cards.cards)],
  },
  {
    name: 'acceptance-of-answered',
    means: 'Accepted, among cards with feedback.',
    unit: 'share',
    sql: "count(last outcome = 'accepted') / count(cards with feedback)",
    of: ({ cards }) => [share(cards.accepted, cards.answered)],
  },
  {
    name: 'acceptance-of-shown',
    means: 'Accepted, among all cards given: the lower bound.',
    unit: 'share',
    sql: "count(last outcome = 'accepted') / count(cards)",
    of: ({ cards }) => [share(cards.accepted, cards.cards)],
  },
  {
    name: 'override-by-reason',
    means: 'Overrides with each reason, among overrides.',
    unit: 'share',
    sql: "count(*) / sum(count(*)) over () from cards where last outcome = 'overridden' group by reason",
    of: ({ cards }) => byPart(cards.reasons, cards.overridden),
  },
  {
    name: 'override-by-category',
    means: 'Overrides in each HL7 category, among overrides; other: a code nobody mapped yet.',
    unit: 'share',
    sql: "count(*) / sum(count(*)) over () from cards where last outcome = 'overridden' group by category",
    of: ({ cards }) => byPart(cards.categories, cards.overridden),
  },
  {
    name: 'not-applicable-share',
    means: 'Overrides because the card did not apply, among cards with feedback: a proxy of false positives.',
    unit: 'share',
    sql: "count(category = 'cds-not-applicable') / count(cards with feedback)",
    of: ({ cards }) => [share(notApplicable(cards), cards.answered)],
  },
  {
    name: 'ppv-proxy',
    means: 'One minus the share above. A proxy only: nobody looked at the charts.',
    unit: 'share',
    sql: '1 - not-applicable-share',
    of: ({ cards }) => [share(cards.answered - notApplicable(cards), cards.answered)],
  },
  {
    name: 'number-needed-to-remind',
    means: 'Cards given for one acceptance.',
    unit: 'cards per acceptance',
    sql: "count(cards) / count(last outcome = 'accepted')",
    of: ({ cards }) => {
      const number = ratio(cards.cards, cards.accepted)
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
