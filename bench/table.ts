import type { Measured } from './in-turns.js'

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)]
}

/** The heads of the columns that every measured line has. */
export const measuredHead = [
  'server',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU ms/request',
  'peak MiB',
  'ratio',
] as const

export const measuredCells = (measured: Measured): readonly string[] => [
  ...timeCells(measured),
  measured.cpuMsPerRequest.toFixed(3),
  measured.peakMemoryMiB.toFixed(0),
  measured.ratio.toFixed(2),
]

const timeCells = ({ name, requestsPerSecond, p50Ms, p99Ms }: Measured): readonly string[] => [
  name,
  requestsPerSecond.toFixed(0),
  p50Ms.toFixed(1),
  p99Ms.toFixed(1),
]
