import type { Side } from './document.js'
import { answer, type Answer, type FormLine } from './form-line.js'
import { entryOf, hasRole } from './phrases.js'
import { sidesIn } from './sides.js'
import type { Cell, Column, Row } from './tables.js'
import { valueOf } from './values.js'

/**
 * Answers the targets of a row by its cells.
 *
 * Shape:   a column under a side answers for that side; a mark in a column under an answer ("present", "no") gives that answer.
 * Missing: a row without an answer is unreadable.
 */
export function readRow(line: FormLine, row: Row): void {
  if (row.below) readColumns(line, row, row.below)
  const label = row.cells.findIndex(isLabel)
  const cell = row.cells[label]
  if (!cell || row.below || (label > 0 && !cell.hits.some(isNoun))) return
  const others = row.cells.map((one, at) => ({ cell: one, column: row.columns[at] ?? {} })).slice(label + 1)
  answer(line, targetsOf(cell), ...answersOf(line, others, row))
}

/** Behind the first cell an adjective is what was found there, and no label ("Left | red | clear"). */
const isNoun = (hit: FormLine['hits'][number]): boolean => entryOf(hit, 'target')?.form === 'noun'

const isLabel = ({ hits }: Cell): boolean => hits.some((hit) => hasRole(hit, 'target'))
const targetsOf = ({ hits }: Cell): FormLine['hits'] => hits.filter((hit) => hasRole(hit, 'target'))

/** Nothing stands in it, or an empty box. */
const isEmpty = ({ tokens }: FormLine, { first, last }: Cell): boolean =>
  first >= last || (last === first + 1 && tokens[first]?.text === 'box')

function answersOf(
  line: FormLine,
  cells: readonly { cell: Cell; column: Column }[],
  { last, hasPlus }: Row,
): readonly Answer[] {
  const unreadable: Answer = { state: 'unreadable', rule: 'cell-empty', first: last, last }
  const marked = cells.filter(({ cell, column }) => column.answer && !isEmpty(line, cell))
  if (cells.some(({ column }) => column.answer)) {
    const [only] = marked
    if (!only?.column.answer || marked.length > 1) return [unreadable]
    if (only.column.answer === 'present' && only.cell.hits.some((hit) => hasRole(hit, 'value')))
      return [cellAnswer(line, only.cell, undefined)]
    return [{ state: only.column.answer, rule: 'cell-marked', first: only.cell.first, last: only.cell.last }]
  }
  const filled = cells.filter(({ cell }) => !isEmpty(line, cell))
  const sided = filled.filter(({ column }) => column.side)
  const read = (sided.length > 0 ? sided : filled.slice(0, 1)).map(({ cell, column }) =>
    hasPlus && isDash(line, cell)
      ? { ...cellAnswer(line, cell, column.side), state: 'absent' as const, rule: 'dash-behind' }
      : cellAnswer(line, cell, column.side),
  )
  return read.length > 0 ? read : [unreadable]
}

function cellAnswer(line: FormLine, cell: Cell, side: Side | undefined): Answer {
  const value = marks.has(line.tokens[cell.first]?.text ?? '')
    ? { state: 'present' as const, rule: 'cell-marked', first: cell.first, last: cell.last }
    : valueOf(line, cell.first, cell.last).answer
  return { ...value, ...(side && { side }) }
}

const isDash = ({ tokens }: FormLine, { first, last }: Cell): boolean =>
  last === first + 1 && tokens[first]?.text === '-'

const marks = new Set(['x', 'ticked', '+'])

/** A table whose columns are the targets: each row below answers, for the side in its first cell. */
function readColumns(line: FormLine, row: Row, below: readonly (readonly Cell[])[]): void {
  for (const [at, head] of row.cells.entries()) {
    if (!isLabel(head)) continue
    const answers = below.flatMap((cells) => {
      const cell = cells[at]
      const side = sidesIn(cells[0]?.hits ?? [])
      return cell && !isEmpty(line, cell) ? [cellAnswer({ ...line, starts: startsOf(cell) }, cell, side)] : []
    })
    const missing: Answer = { state: 'unreadable', rule: 'cell-empty', first: head.first, last: head.last }
    answer(line, targetsOf(head), ...(answers.length > 0 ? answers : [missing]))
  }
}

const startsOf = ({ hits }: Cell): FormLine['starts'] => new Map(hits.map((hit) => [hit.first, hit]))
