import type { ConfigChangeBody } from '../config-change.js'
import type { ContentChangeBody } from '../content-change.js'
import type { CallRow } from '../metrics/call-rows.js'
import { metricTable } from '../metrics/metric-table.js'
import type { MetricLine } from '../metrics/metric-table.js'
import { shownValue } from '../metrics/metrics-text.js'
import { suppressSmall } from '../metrics/suppress.js'
import { barPlot } from './plots.js'

/** A change of the month, already in words. */
export interface ReportedChange {
  at: string
  says: string
}

/** What a report is made from. */
export interface MonthInput {
  month: string
  calls: readonly CallRow[]
  changes: readonly ReportedChange[]
}

/** A change record in words for the committee. */
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

/** The bars of one metric, one per kind of card. */
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

/**
 * The page of one month for the committee, as Markdown with plots drawn inside.
 *
 * Shape:   every number names its metric, whose definition is in docs/audit.md. Few cases are suppressed, because the page
 *          leaves the room.
 */
export function monthReport({ month, calls, changes }: MonthInput): string {
  const lines = suppressSmall(metricTable(calls, ['card']))
  const all = lines.filter(isAll)
  const reasons = all.filter(({ metric }) => metric === 'override-by-reason').slice(0, 10)
  const gaps = all.filter(({ metric, part }) => metric === 'insufficient-data-rate' && part !== undefined)
  const latency = all.filter(({ metric }) => metric === 'latency')
  return [
    `# Mastitis cards, ${month}`,
    '',
    '## Volume, burden and answers',
    '',
    ...tableOf(
      ['metric', 'value'],
      headline.flatMap((name) => {
        const line = all.find(({ metric, part }) => metric === name && part === undefined)
        return line ? [[name, shownValue(line)]] : []
      }),
    ),
    '',
    '## Fire rate by card',
    '',
    ...plotByCard(lines, 'fire-rate', 'Fire rate by card, with 95 % intervals'),
    '',
    '## Acceptance by card, of answered',
    '',
    ...plotByCard(lines, 'acceptance-of-answered', 'Acceptance by card, with 95 % intervals'),
    '',
    '## Why cards were overridden',
    '',
    ...tableOf(
      ['reason', 'share of overrides'],
      reasons.map((line) => [line.part ?? 'none', shownValue(line)]),
    ),
    '',
    '## What was missing',
    '',
    ...tableOf(
      ['data', 'share of calls'],
      gaps.map((line) => [line.part ?? '', shownValue(line)]),
    ),
    '',
    '## Latency',
    '',
    ...tableOf(
      ['part', 'value'],
      latency.map((line) => [line.part ?? '', shownValue(line)]),
    ),
    '',
    '## Changes',
    '',
    ...(changes.length === 0 ? ['None.'] : changes.map(({ at, says }) => `- ${at.slice(0, 10)}: ${says}`)),
    '',
    '## Not computable from the records',
    '',
    ...all
      .filter(
        ({ value, note, part }) =>
          value === undefined && part === undefined && !note?.startsWith('suppressed'),
      )
      .map(({ metric, note }) => `- ${metric}: ${note ?? ''}`),
    '',
  ].join('\n')
}
