import type { MetricLine } from '../../../src/audit/metrics/metric-table.js'

export type { MetricLine }

/** The group of a line in words: "ultrasound", "2026-W09", "" for everything. */
export const groupWords = ({ group }: MetricLine): string => Object.values(group).join(', ')

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

/** A value with its unit. */
export function valueWords({ value, unit, note }: MetricLine): string {
  if (value === undefined) return note ?? 'not computable'
  if (unit === 'share') return `${rounded(value * 100, 1)} %`
  return unit === 'count' || unit === 'cards' ? rounded(value, 2) : `${rounded(value, 2)} ${unit}`
}

/** "12 to 34 %": the interval of a value, where it has one. */
export function intervalWords({ interval, unit }: MetricLine): string {
  if (!interval) return ''
  const [low, high] = [interval.low, interval.high]
  return unit === 'share'
    ? `${rounded(low * 100, 1)} to ${rounded(high * 100, 1)} %`
    : `${rounded(low, 2)} to ${rounded(high, 2)}`
}

/** "12 of 40", where the value was made of two numbers. */
export const countWords = ({ numerator, denominator }: MetricLine): string =>
  [numerator, denominator].filter((number) => number !== undefined).join(' of ')

const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** The lines as CSV; a text that a spreadsheet could take for a formula is made plain. */
export function csvOf(lines: readonly MetricLine[]): string {
  const rows = lines.map((line) => [
    ...[line.metric, groupWords(line), line.part ?? '', line.unit],
    ...[line.value, line.numerator, line.denominator, line.interval?.low, line.interval?.high].map(
      (number) => (number === undefined ? '' : String(number)),
    ),
    line.note ?? '',
  ])
  const head = ['metric', 'group', 'part', 'unit', 'value', 'numerator', 'denominator', 'low', 'high', 'note']
  return [head, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')
}
