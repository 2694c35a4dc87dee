import type { ConfigChangeBody } from '../config-change.js'
import type { ContentChangeBody } from '../content-change.js'
import type { MetricLine } from '../metrics/metric-table.js'
import { shownValue } from '../metrics/metrics-text.js'
import { suppressSmall } from '../metrics/suppress.js'
import { barPlot } from './plots.js'

/** A change of the month, in words. */
export interface ReportedChange {
  at: string
  says: string
}

/** The data of a report. */
export interface MonthInput {
  month: string
  /** All metrics of the month, by card. */
  metrics: readonly MetricLine[]
  changes: readonly ReportedChange[]
}

/** Describes a change record in words for the committee. */
export function changeWords(type: string, body: unknown): string {
  if (type === 'config-change') {
    const { changes } = body as ConfigChangeBody
    return changes ? `settings: ${changes.join('; ')}` : 'settings recorded for the first time'
  }
  const { content, diff } = body as ContentChangeBody
  if (!diff) return `content ${content.pack.version} recorded for the first time`
  const parts = [
    ...diff.cardsAdded.map((card) => `card ${card} added`),
    ...diff.cardsRemoved.map((card) => `card ${card} removed`),
    ...diff.cardsChanged,
    ...diff.parametersChanged,
    ...diff.switchesChanged,
    ...diff.filesChanged.map((file) => `${file} changed`),
  ]
  return `content ${content.pack.version}: ${parts.length === 0 ? 'another version of the service' : parts.join('; ')}`
}

const headline = [
  ...['calls', 'cards', 'fire-rate-of-all-calls', 'alert-burden', 'repeat-ratio', 'feedback-coverage'],
  ...[
    'acceptance-of-answered',
    'not-applicable-share',
    'insufficient-data-rate',
    'not-answered-rate',
    'slow-calls',
  ],
]

const isAll = ({ group }: MetricLine): boolean => Object.keys(group).length === 0

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]

/** Draws the bars of one metric, one for each kind of card. */
function plotByCard(lines: readonly MetricLine[], metric: string, title: string): readonly string[] {
  const bars = lines
    .filter(
      (line) => line.metric === metric && line.part === undefined && !isAll(line) && line.value !== undefined,
    )
    .map((line) => ({
      name: line.group.card ?? '',
      value: line.value ?? 0,
      words: shownValue(line).replace(/, 95 %.*? \(/, ' ('),
      ...(line.interval && { interval: line.interval }),
    }))
  return bars.length === 0 ? ['Nothing to plot: no values, or too few cases.'] : [barPlot(title, bars, 1)]
}

const section = (title: string, lines: readonly string[]): readonly string[] => [
  `## ${title}`,
  '',
  ...lines,
  '',
]

/** Writes the parts of one metric with their values; `none` is the word for a line without a part. */
const partsTable = (
  head: readonly [string, string],
  lines: readonly MetricLine[],
  none = '',
): readonly string[] =>
  tableOf(
    head,
    lines.map((line) => [line.part ?? none, shownValue(line)]),
  )

/** Writes the headline metrics over all cards, in their order. */
const headlineTable = (all: readonly MetricLine[]): readonly string[] =>
  tableOf(
    ['metric', 'value'],
    headline.flatMap((name) => {
      const line = all.find(({ metric, part }) => metric === name && part === undefined)
      return line ? [[name, shownValue(line)]] : []
    }),
  )

const notComputable = ({ value, note, part }: MetricLine): boolean =>
  value === undefined && part === undefined && !note?.startsWith('suppressed')

/**
 * Writes the report of one month for the committee, as Markdown with embedded plots.
 *
 * Shape: every number names its metric, whose definition is in docs/audit.md. Cells with few cases are suppressed,
 *        because the report may leave the site.
 */
export function monthReport({ month, metrics, changes }: MonthInput): string {
  const lines = suppressSmall(metrics)
  const all = lines.filter(isAll)
  const reasons = all.filter(({ metric }) => metric === 'override-by-reason').slice(0, 10)
  const gaps = all.filter(({ metric, part }) => metric === 'insufficient-data-rate' && part !== undefined)
  const latency = all.filter(({ metric }) => metric === 'latency')
  const shownChanges = changes.map(({ at, says }) => `- ${at.slice(0, 10)}: ${says}`)
  return [
    `# Mastitis cards, ${month}`,
    '',
    ...section('Volume, burden and answers', headlineTable(all)),
    ...section('Fire rate by card', plotByCard(lines, 'fire-rate', 'Fire rate by card, with 95 % intervals')),
    ...section(
      'Acceptance by card, of answered',
      plotByCard(lines, 'acceptance-of-answered', 'Acceptance by card, with 95 % intervals'),
    ),
    ...section('Why cards were overridden', partsTable(['reason', 'share of overrides'], reasons, 'none')),
    ...section('What was missing', partsTable(['data', 'share of calls'], gaps)),
    ...section('Latency', partsTable(['part', 'value'], latency)),
    ...section('Changes', changes.length === 0 ? ['None.'] : shownChanges),
    ...section(
      'Not computable from the records',
      all.filter(notComputable).map(({ metric, note }) => `- ${metric}: ${note ?? ''}`),
    ),
  ].join('\n')
}
