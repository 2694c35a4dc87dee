import type { MetricLine } from './metric-table.js'

/** Cells with fewer than this many cases are not shown to anybody outside the site. */
export const smallestCell = 11

const isSmall = (count: number): boolean => count > 0 && count < smallestCell

/** Does the line rest on few cases, by itself or by what is left when it is subtracted from the whole? */
function isRisky({ numerator, denominator = 0, unit }: MetricLine): boolean {
  if (isSmall(denominator)) return true
  if (numerator === undefined) return false
  return isSmall(numerator) || (unit === 'share' && isSmall(denominator - numerator))
}

const suppressed = ({ metric, unit, group, part }: MetricLine): MetricLine => ({
  metric,
  unit,
  group,
  ...(part !== undefined && { part }),
  note: 'suppressed: few cases',
})

const casesOf = ({ numerator, denominator = 0 }: MetricLine): number => numerator ?? denominator

/**
 * Takes out what rests on few cases, and then as much more as is needed so that nobody can subtract it back.
 *
 * Shape:  lines of one metric and part are one column whose sum is known (the line of everything). If what was taken out
 *         of a column is one cell, or adds up to few cases, the next smallest cells go too.
 * Edge:   0 is shown; 1 to 10 is not.
 * Source: AUD-051; 45 CFR 164.514(b)
 */
export function suppressSmall(lines: readonly MetricLine[]): readonly MetricLine[] {
  const hidden = new Set(lines.filter(isRisky))
  const columns = new Map<string, MetricLine[]>()
  for (const line of lines) {
    if (Object.keys(line.group).length === 0) continue
    putBeside(columns, `${line.metric} ${line.part ?? ''}`, line)
  }
  const parts = new Map<string, MetricLine[]>() // the parts of one metric in one group also add up to a known whole
  for (const line of lines) {
    if (line.part === undefined || line.numerator === undefined) continue
    putBeside(parts, `${line.metric} ${JSON.stringify(line.group)}`, line)
  }
  for (const column of [...columns.values(), ...parts.values()]) hideComplement(column, hidden)
  return lines.map((line) => (hidden.has(line) ? suppressed(line) : line))
}

function putBeside(lists: Map<string, MetricLine[]>, name: string, line: MetricLine): void {
  const list = lists.get(name)
  if (list) list.push(line)
  else lists.set(name, [line])
}

function hideComplement(column: readonly MetricLine[], hidden: Set<MetricLine>): void {
  const counted = column.filter((line) => casesOf(line) > 0)
  const left = counted.filter((line) => !hidden.has(line)).sort((a, b) => casesOf(a) - casesOf(b))
  const out = counted.filter((line) => hidden.has(line))
  if (out.length === 0) return
  let cells = out.length
  let cases = out.reduce((sum, line) => sum + casesOf(line), 0)
  for (const next of left) {
    if (cells >= 2 && cases >= smallestCell) return
    hidden.add(next)
    cells += 1
    cases += casesOf(next)
  }
}
