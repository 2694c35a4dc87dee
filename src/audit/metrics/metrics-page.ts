import type { CallRow } from './call-rows.js'
import { exampleCalls } from './example-calls.js'
import { metricTable, metrics } from './metric-table.js'
import type { MetricLine } from './metric-table.js'
import { valueWords } from './metrics-text.js'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function exampleRow({ cards, encounter, user, status, missing }: CallRow, at: number): string {
  const given = cards.map(({ kind, indicator, feedback }) => {
    const became = feedback ? `${feedback.outcome} (${feedback.category})` : 'no feedback'
    return `${kind}, ${indicator}, ${became}`
  })
  return row([
    String(at),
    encounter ?? 'none',
    user,
    String(status),
    given.join('; ') || 'none',
    missing.join(', '),
  ])
}

const example = (lines: readonly MetricLine[], name: string): readonly string[] =>
  lines
    .filter(({ metric }) => metric === name)
    .map((line) => `- ${line.part === undefined ? '' : `${line.part}: `}${valueWords(line)}`)

/** Writes the page of all metrics: the meaning of each, its definition, and its value on ten example calls. */
export function metricsPage(): string {
  const lines = metricTable(exampleCalls)
  return [
    '# Metrics',
    '',
    'Made from `src/audit/metrics/`; do not edit. `k` is a kind of card, or all kinds together. Intervals are Wilson 95 %.',
    'Nothing divided by zero is 0 or 100 %: it is not computable. What leaves the site has cells of 1 to 10 cases suppressed,',
    'and as many more as it takes that nobody can subtract them back.',
    '',
    '## The example',
    '',
    row(['call', 'encounter', 'user', 'status', 'cards and what became of them', 'missing']),
    '|---|---|---|---|---|---|',
    ...exampleCalls.map(exampleRow),
    '',
    ...metrics.flatMap(({ name, means, sql }) => [
      `## ${name}`,
      '',
      means,
      '',
      '```sql',
      sql,
      '```',
      '',
      'In the example:',
      '',
      ...example(lines, name),
      '',
    ]),
  ].join('\n')
}
