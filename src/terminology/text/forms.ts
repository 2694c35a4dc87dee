import { readBoxes } from './boxes.js'
import { readEndings } from './endings.js'
import type { FormLine } from './form-line.js'
import { readMeasures } from './measures.js'
import { readLabels } from './labels.js'
import { readOptions } from './options.js'
import { entryOf, hasRole, type Hit } from './phrases.js'
import { readRow } from './table-rows.js'
import type { Row } from './tables.js'
import { readGluedSigns, readTrailingSigns } from './signs.js'
import type { Token } from './tokens.js'

/**
 * Reads what a sentence says as a form: options, check boxes, labels with values, answers behind their words.
 *
 * Shape: what an earlier of these has answered, a later one leaves.
 */
export function formsOf(
  { first, last }: { first: number; last: number },
  row: Row | undefined,
  tokens: readonly Token[],
  hits: readonly Hit[],
): FormLine {
  const signs = row ? everySign : signsIn(first, last, tokens, hits)
  if (signs === 0) return noForm(first, last, tokens, hits)
  const starts = new Map(hits.map((hit) => [hit.first, hit]))
  const line: FormLine = { first, last, tokens, hits, starts, answers: new Map(), used: new Set() }
  if (row) {
    readMeasures(line)
    readRow(line, row)
    return line
  }
  if (signs & measure) readMeasures(line)
  if (signs & plus) {
    readGluedSigns(line)
    readTrailingSigns(line)
  }
  if (signs & option) readOptions(line)
  if (signs & box) readBoxes(line, freeBoxes(line))
  if (signs & label) readLabels(line)
  if (signs & ending) readEndings(line)
  return line
}

const measure = 1
const plus = 2
const option = 4
const box = 8
const label = 16
const ending = 32
const everySign = 63

const optionMarks = new Set(['/', '(', '['])
const labelMarks = new Set([':', '=', '?', '-', '>', '(', '[', '|'])

/** Which forms a sentence may hold, by one look at its tokens and hits; most sentences hold none. */
function signsIn(first: number, last: number, tokens: readonly Token[], hits: readonly Hit[]): number {
  let signs = 0
  for (let at = first; at < last; at++) {
    const token = tokens[at]
    if (!token || token.kind === 'word') continue
    if (token.kind === 'blank') signs |= box | option | ending
    else if (token.kind === 'box') signs |= box | option
    else if (token.kind === 'leader' || token.kind === 'tab') signs |= label
    else if (token.kind === 'number') signs |= ending
    if (optionMarks.has(token.text)) signs |= option
    if (labelMarks.has(token.text)) signs |= label
    if (token.text === '+') signs |= plus | ending
    if (token.text === '-') signs |= ending
  }
  for (const hit of hits) {
    if (hasRole(hit, 'value')) signs |= ending
    if (entryOf(hit, 'target')?.form === 'measure') signs |= measure
  }
  return signs
}

const noAnswers: FormLine['answers'] = new Map()
const noHits: FormLine['used'] = new Set()
const noStarts: FormLine['starts'] = new Map()

const noForm = (first: number, last: number, tokens: readonly Token[], hits: readonly Hit[]): FormLine => ({
  first,
  last,
  tokens,
  hits,
  starts: noStarts,
  answers: noAnswers,
  used: noHits,
})

/** Boxes that no row of options has used. */
function freeBoxes(line: FormLine): readonly number[] {
  const rows = [...line.answers.values()].flat()
  const free: number[] = []
  for (let at = line.first; at < line.last; at++)
    if (line.tokens[at]?.kind === 'box' && !rows.some((row) => row.first <= at && at < row.last))
      free.push(at)
  return free
}
