import type { Side } from './document.js'
import { entryOf, hasRole, hitsBetween, type Hit } from './phrases.js'
import { sidesIn } from './sides.js'
import { linesOf, type TableLine } from './table-lines.js'
import type { Token } from './tokens.js'

/** A cell: tokens from `first` to `last`, the last one not counted, with its hits. */
export interface Cell {
  first: number
  last: number
  hits: readonly Hit[]
}

/** What the header says of a column: a side, or the answer that a mark in it means. */
export interface Column {
  side?: Side
  answer?: 'present' | 'absent' | 'unreadable'
}

/** A cell with words of its own under a side ("red", "normal"), to be read as a sentence. */
export interface Piece {
  first: number
  last: number
  side?: Side
}

/** A line of a table. */
export interface Row {
  first: number
  last: number
  cells: readonly Cell[]
  columns: readonly Column[]
  /** The header of a table whose columns are the targets: the rows below answer it. */
  below?: readonly (readonly Cell[])[]
  /** Cells that are sentences; the row then has no answers. */
  pieces: readonly Piece[]
  /** Another cell of the table holds a plus, so that a dash alone denies. */
  hasPlus: boolean
  /** Says nothing by itself (a header, a rule, a row that the header has taken). */
  silent: boolean
}

const noRows: ReadonlyMap<number, Row> = new Map()

/**
 * Finds tables: two lines or more in a row with the same delimiter.
 *
 * Shape: rows by their first token. The first line is a header if it names no target, or names the columns by targets.
 */
export function tablesOf(tokens: readonly Token[], hits: readonly Hit[]): ReadonlyMap<number, Row> {
  if (!tokens.some(({ kind }) => kind === 'break')) return noRows
  const rows = new Map<number, Row>()
  let block: TableLine[] = []
  const finish = (): void => {
    if (block.length >= 2) for (const row of rowsOf(block, tokens, hits)) rows.set(row.first, row)
    block = []
  }
  for (const line of linesOf(tokens, hits)) {
    const [before] = block
    if (before && (before.delimiter !== line.delimiter || line.opens)) finish()
    if (line.delimiter !== '') block.push(line)
  }
  finish()
  return rows
}

const hasTarget = ({ hits }: Cell): boolean => hits.some((hit) => hasRole(hit, 'target'))

function rowsOf(lines: readonly TableLine[], tokens: readonly Token[], hits: readonly Hit[]): readonly Row[] {
  const cells = lines.map((line) => cellsOf(line, tokens, hits))
  const [head = [], ...rest] = cells
  const targets = head.filter(hasTarget).length
  const byColumn =
    targets >= 2 &&
    !head.some((cell) => hasTarget(cell) && isNoLabel(cell)) &&
    rest.every((row) => !row.slice(0, 1).some(hasTarget))
  const isHeader = byColumn || targets === 0
  const columns = isHeader && !byColumn ? head.map(columnOf) : []
  const hasPlus = cells.flat().some(({ first }) => tokens[first]?.text === '+')
  return lines.map((line, index) => {
    const mine = cells[index] ?? []
    const silent = byColumn ? index > 0 : isHeader && index === 0
    return {
      first: line.first,
      last: line.last,
      cells: mine,
      columns,
      pieces: silent || byColumn ? [] : piecesOf(mine, columns),
      hasPlus,
      silent,
      ...(byColumn && index === 0 && { below: rest }),
    }
  })
}

/** Cells with targets under sides, or with adjectives behind one ("Left | red | clear"), in a row whose label names no target. */
function piecesOf(cells: readonly Cell[], columns: readonly Column[]): readonly Piece[] {
  const [label, ...others] = cells
  if (!label || hasTarget(label)) return []
  const own = others.every(isNoLabel) && others.some(hasTarget) ? sidesIn(label.hits) : undefined
  if (own === undefined && !columns.some(({ side }) => side)) return []
  return others.flatMap(({ first, last }, at) => {
    const side = columns[at + 1]?.side ?? own
    return last > first ? [{ first, last, ...(side && { side }) }] : []
  })
}

/** An adjective tells what was found, and so does a noun with more words ("no collection", "28 mm abscess"). */
const isNoLabel = ({ hits }: Cell): boolean =>
  hits.every((hit) => entryOf(hit, 'target')?.form !== 'noun') ||
  hits.some((hit) => hasRole(hit, 'modifier') || hasRole(hit, 'unit'))

function cellsOf(line: TableLine, tokens: readonly Token[], hits: readonly Hit[]): readonly Cell[] {
  const { first, last, delimiter } = line
  const cells: Cell[] = []
  let start = first
  const close = (end: number): void => {
    const bordered = delimiter === '|' && end === start && (start === first || end === last)
    if (!bordered) cells.push({ first: start, last: end, hits: hitsBetween(hits, start, end) })
    start = end + 1
  }
  if (delimiter === 'box') return boxCells(line, tokens, hits)
  for (let at = first; at < last; at++) if (tokens[at]?.text === delimiter) close(at)
  close(last)
  return cells
}

/** The label, then each box; of a header the empty corner, then each option. */
function boxCells(
  { first, last, opens }: TableLine,
  tokens: readonly Token[],
  hits: readonly Hit[],
): readonly Cell[] {
  if (opens) {
    const options = hitsBetween(hits, first, last).map((hit) => ({
      first: hit.first,
      last: hit.last,
      hits: [hit],
    }))
    return [{ first, last: first, hits: [] }, ...options]
  }
  const cells: Cell[] = []
  let label = last
  for (let at = last - 1; at >= first; at--) {
    if (tokens[at]?.kind !== 'box') continue
    cells.unshift({ first: at, last: at + 1, hits: [] })
    label = at
  }
  return [{ first, last: label, hits: hitsBetween(hits, first, label) }, ...cells]
}

function columnOf({ hits }: Cell): Column {
  const side = sidesIn(hits)
  const value = hits.flatMap((hit) => entryOf(hit, 'value')?.as ?? [])[0]
  return {
    ...(side && { side }),
    ...(value !== undefined && !side && { answer: value as NonNullable<Column['answer']> }),
  }
}
