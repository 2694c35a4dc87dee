import type { MetricLine } from './metric-table.js'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** A metric's value in words, with its interval, numerator and denominator. */
export function valueWords({ unit, value, interval, numerator, denominator, note }: MetricLine): string {
  if (value === undefined) return `not computable${note === undefined ? '' : `: ${note}`}`
  const made = numerator === undefined || denominator === undefined ? '' : ` (${numerator} of ${denominator})`
  if (unit === 'share') {
    const range = interval ? `, 95 % ${percent(interval.low)} to ${percent(interval.high)}` : ''
    return `${percent(value)}${range}${made}`
  }
  const number = Number.isInteger(value) ? String(value) : value.toFixed(2)
  return `${number}${unit === 'count' ? '' : ` ${unit}`}${made}`
}

/** The value as the report and the terminal show it; a suppressed cell says that it is suppressed. */
export const shownValue = (line: MetricLine): string =>
  line.note?.startsWith('suppressed') ? line.note : valueWords(line)

/** Writes metrics as text, with one block for each group. */
export function metricsText(lines: readonly MetricLine[]): string {
  const blocks = new Map<string, string[]>()
  for (const line of lines) {
    const title = Object.entries(line.group)
      .map(([dimension, value]) => `${dimension} ${value}`)
      .join(', ')
    const block = blocks.get(title) ?? []
    blocks.set(title, block)
    block.push(`  ${line.metric}${line.part === undefined ? '' : ` [${line.part}]`}: ${shownValue(line)}`)
  }
  return [...blocks].flatMap(([title, block]) => [title === '' ? 'ALL' : title, ...block, '']).join('\n')
}
