import type { MetricLine } from './metric-table.js'

/** The smallest number of cases of a cell that may be shown outside the site. */
export const smallestCell = 11

const isSmall = (count: number): boolean => count > 0 && count < smallestCell

/** Does the line rest on few cases, in itself or in its difference from the whole? */
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
 * Suppresses cells that rest on few cases, and further cells until no suppressed cell can be computed by subtraction.
 *
 * Shape:  the lines of one metric and part form a column with a known sum (the line of all calls). When the suppressed
 *         cells of a column are one cell, or add up to few cases, the next smallest cells are suppressed too.
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
