import type { Side, State } from './document.js'
import { isTicked } from './boxes.js'
import { answer, hitAt, labelBefore, targetsIn, type Answer, type FormLine } from './form-line.js'
import { entryOf, hitsBetween, type Hit } from './phrases.js'
import { joinedSides, sideOf } from './sides.js'
import { valueOf } from './values.js'

/** One of several answers to choose from, and whether it is chosen. */
interface Option {
  hit: Hit
  ticked: boolean
  bracketed: boolean
}

/** A row of options: "Yes [ ] No [x]", "☐ none ☒ left ☐ right", "Y / (N)". */
interface Row {
  first: number
  last: number
  options: readonly Option[]
  boxes: number
}

/**
 * Reads rows of options with boxes or brackets, for the targets before them, else for those behind.
 *
 * Shape:   the boxes stand before their options if the row begins with one, else behind.
 * Edge:    sides and grades are options only between boxes; "[x] No lump" is a box with a sentence and no option.
 * Missing: no option chosen, or several that contradict each other, is unreadable.
 */
export function readOptions(line: FormLine): void {
  let from = line.first
  for (let at = line.first; at < line.last; at++) {
    const written = line.tokens[at]?.kind === 'box' ? writtenOptions(line, at) : undefined
    const asked = written ? labelBefore(line, at, from) : []
    if (written && asked.length > 0) {
      answer(line, asked, written)
      useUp(line, at, line.last)
      return
    }
    const row = mayBegin(line, at) ? rowAt(line, at) : undefined
    if (!row) continue
    const before = labelBefore(line, row.first, from)
    const label = before.length > 0 ? before : row.options.length > 1 ? labelBehind(line, row) : []
    if (label.length === 0) onlyChosenSides(line, row)
    else if (!asksAgain(line, row) && !(row.options.length === 1 && hasBoxBefore(line, from, row.first))) {
      answer(line, label, ...answersOf(row))
      for (const { hit } of row.options) line.used.add(hit)
      from = row.last
    }
    at = row.last - 1
  }
}

/**
 * The answer of boxes that stand before words which no list has as an answer: "○ None ● < 10 cm ○ > 10 cm".
 *
 * Missing: undefined when no such row begins here; unreadable when not one box alone is ticked, or its words are not understood.
 */
function writtenOptions(line: FormLine, first: number): Answer | undefined {
  const boxes: number[] = []
  for (let at = first; at < line.last; at++) if (line.tokens[at]?.kind === 'box') boxes.push(at)
  const options = boxes.map((at, index) => ({ box: at, end: boxes[index + 1] ?? line.last }))
  const isWritten =
    options.length >= 2 && boxes[0] === first && options.every(({ box, end }) => end > box + 1)
  if (!isWritten || options.every(({ box, end }) => optionAt(line, box + 1)?.last === end)) return undefined
  if (targetsIn(line, first, line.last).length > 0) return undefined
  const ticked = options.filter(({ box }) => isTicked(line, box))
  const [chosen] = ticked
  const unreadable: Answer = { state: 'unreadable', rule: 'option-not-chosen', first, last: line.last }
  if (!chosen || ticked.length > 1) return unreadable
  const side = sideOf(optionAt(line, chosen.box + 1))
  const said = valueOf(line, chosen.box + 1, chosen.end).answer
  return { state: said.state, rule: 'option-chosen', first, last: line.last, ...(side && { side }) }
}

/** What stands in options is said of them alone. */
function useUp({ hits, used }: FormLine, first: number, last: number): void {
  for (const hit of hitsBetween(hits, first, last)) used.add(hit)
}

/** Of a row of sides without a target ("Side: (x) R (_) L") the chosen ones stand. */
function onlyChosenSides(line: FormLine, { options, boxes }: Row): void {
  if (boxes === 0 || !options.some(({ ticked }) => ticked) || !options.every(({ hit }) => sideOf(hit))) return
  for (const { hit, ticked } of options) if (!ticked) line.used.add(hit)
}

/** In a line of boxes before their words, a last word such as "normal" is no answer to the word before its box. */
function hasBoxBefore({ tokens }: FormLine, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (tokens[at]?.kind === 'box') return true
  return false
}

function labelBehind(line: FormLine, row: Row): readonly Hit[] {
  let end = row.last
  while (end < line.last && line.tokens[end]?.kind !== 'box') end++
  return targetsIn(line, row.last, end)
}

/** "(Y/N): N" and "no / yes (circle): no" are questions whose answer follows. */
const asksAgain = ({ tokens }: FormLine, row: Row): boolean => {
  let next = tokens[row.last]?.text === ')' ? row.last + 1 : row.last
  if (tokens[next]?.text === '(' && tokens[next + 2]?.text === ')') next += 3
  return row.boxes === 0 && [':', '=', '-'].includes(tokens[next]?.text ?? '')
}

/** A quick look whether a row of options may begin here. */
function mayBegin(line: FormLine, at: number): boolean {
  const token = line.tokens[at]
  if (token?.kind === 'box' || token?.kind === 'blank') return true
  return token?.text === '(' || token?.text === '[' || optionAt(line, at) !== undefined
}

function rowAt(line: FormLine, start: number): Row | undefined {
  const found: { box?: boolean; option?: Hit; bracketed?: boolean }[] = []
  let at = start
  let last = start
  while (at < line.last) {
    const token = line.tokens[at]
    const bracket = token?.text === '(' || token?.text === '['
    const option = optionAt(line, bracket ? at + 1 : at)
    if (token?.kind === 'box' || token?.kind === 'blank') {
      found.push({ box: isTicked(line, at) })
      last = ++at
    } else if (option) {
      const closed = bracket && isClosing(line.tokens[option.last]?.text)
      if (bracket && !closed) break
      found.push({ option, bracketed: closed })
      last = at = option.last + (closed ? 1 : 0)
    } else if (found.length > 0 && (token?.text === '/' || token?.text === ',' || token?.text === '|')) at++
    else break
  }
  const row = { first: start, last, ...optionsOf(found) }
  return isRow(row, line) ? row : undefined
}

const isClosing = (text: string | undefined): boolean => text === ')' || text === ']'

function optionAt(line: FormLine, at: number): Hit | undefined {
  const hit = hitAt(line, at)
  if (!hit || entryOf(hit, 'target')) return undefined
  return (entryOf(hit, 'value') ?? entryOf(hit, 'side') ?? entryOf(hit, 'grade')) ? hit : undefined
}

function optionsOf(
  found: readonly { box?: boolean; option?: Hit; bracketed?: boolean }[],
): Pick<Row, 'options' | 'boxes'> {
  const boxFirst = found[0]?.box !== undefined
  const options = found.flatMap(({ option, bracketed = false }, at) =>
    option ? [{ hit: option, bracketed, ticked: found[boxFirst ? at - 1 : at + 1]?.box === true }] : [],
  )
  return { options, boxes: found.filter(({ box }) => box !== undefined).length }
}

function isRow({ options, boxes, last }: Row, line: FormLine): boolean {
  const values = options.filter(({ hit }) => entryOf(hit, 'value')).length
  if (boxes === 0) return values >= 2 && values === options.length && slashed(line, options)
  if (options.length === 0) return false
  const ends = last >= line.last || line.tokens[last]?.kind !== 'word'
  return options.length >= 2 || (values === 1 && ends)
}

/** Without boxes, options stand with a slash between them. */
const slashed = ({ tokens }: FormLine, options: readonly Option[]): boolean =>
  options.slice(1).every(({ hit, bracketed }) => {
    const before = tokens[hit.first - (bracketed ? 2 : 1)]?.text
    return before === '/'
  })

function answersOf({ options, boxes, first, last }: Row): Answer[] {
  const chosen = options.filter(({ ticked, bracketed }) => (boxes > 0 ? ticked : bracketed))
  const unreadable: Answer = { state: 'unreadable', rule: 'option-not-chosen', first, last }
  if (chosen.length === 0 || (boxes === 0 && chosen.length === options.length)) return [unreadable]
  const states = new Set(chosen.map(({ hit }) => stateOf(hit)))
  const [state] = states
  if (states.size !== 1 || state === undefined) return [unreadable]
  const side = chosen.reduce<Side | undefined>((known, { hit }) => joinedSides(known, sideOf(hit)), undefined)
  return [{ state, rule: 'option-chosen', first, last, ...(side && { side }) }]
}

/** A side or grade that is chosen says that the target is there. */
const stateOf = (hit: Hit): State => (entryOf(hit, 'value')?.as as State | undefined) ?? 'present'
