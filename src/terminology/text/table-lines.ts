import { hasRole, hitsBetween, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

/** A line that may be part of a table. */
export interface TableLine {
  first: number
  last: number
  /** The mark between its cells; `box` for columns of check boxes; empty when it is no line of a table. */
  delimiter: string
  /** A table begins with it: it is a header of options over columns of boxes. */
  opens: boolean
}

const marks = ['|', '\t', ';']

/** The lines of a text, each with the delimiter that it has for itself. */
export function linesOf(tokens: readonly Token[], hits: readonly Hit[]): readonly TableLine[] {
  const lines: TableLine[] = []
  let first = 0
  const close = (last: number): void => {
    if (last > first) lines.push(lineOf(first, last, tokens, hits))
    else lines.push({ first, last, delimiter: '', opens: false })
    first = last + 1
  }
  for (const [at, { kind }] of tokens.entries()) if (kind === 'break') close(at)
  close(tokens.length)
  return boxColumns(lines, tokens, hits)
}

function lineOf(first: number, last: number, tokens: readonly Token[], hits: readonly Hit[]): TableLine {
  const count = (mark: string): number => {
    let found = 0
    for (let at = first; at < last; at++) if (tokens[at]?.text === mark) found++
    return found
  }
  const hasLabel = count(':') > 0
  const delimiter =
    marks.find((mark) => count(mark) >= (mark === ';' ? 2 : 1) && !(mark === ';' && hasLabel)) ??
    (count(',') > 0 && isCommaRow(first, last, tokens, hits) ? ',' : '')
  return { first, last, delimiter, opens: false }
}

/** "Breast redness,yes": a target, and behind each comma nothing or an answer. */
function isCommaRow(first: number, last: number, tokens: readonly Token[], hits: readonly Hit[]): boolean {
  let start = first
  for (let at = first; at <= last; at++) {
    if (at < last && tokens[at]?.text !== ',') continue
    const cell = hitsBetween(hits, start, at)
    const covered = cell.reduce((sum, hit) => sum + hit.last - hit.first, 0) === at - start
    const fits =
      start === first
        ? cell.some((hit) => hasRole(hit, 'target'))
        : cell.length <= 1 && cell.every((hit) => hasRole(hit, 'value') && !hasRole(hit, 'target'))
    if (!covered || !fits) return false
    start = at + 1
  }
  return true
}

/** A line of options only, and right below it lines with as many boxes. */
function boxColumns(
  lines: readonly TableLine[],
  tokens: readonly Token[],
  hits: readonly Hit[],
): readonly TableLine[] {
  let columns = 0
  return lines.map((line, at) => {
    if (line.delimiter !== '') return line
    const options = optionsOf(line, hits)
    const next = lines[at + 1]
    if (options >= 2 && next && boxesIn(next, tokens) === options) {
      columns = options
      return { ...line, delimiter: 'box', opens: true }
    }
    if (columns === 0 || boxesIn(line, tokens) !== columns) {
      columns = 0
      return line
    }
    return { ...line, delimiter: 'box' }
  })
}

/** How many options the line holds, if it holds nothing else. */
function optionsOf({ first, last }: TableLine, hits: readonly Hit[]): number {
  const mine = hitsBetween(hits, first, last)
  const only = mine.every((hit) => !hasRole(hit, 'target') && (hasRole(hit, 'value') || hasRole(hit, 'side')))
  return only && mine.reduce((sum, hit) => sum + hit.last - hit.first, 0) === last - first ? mine.length : 0
}

function boxesIn({ first, last }: TableLine, tokens: readonly Token[]): number {
  let boxes = 0
  for (let at = first; at < last; at++) if (tokens[at]?.kind === 'box') boxes++
  return boxes
}
