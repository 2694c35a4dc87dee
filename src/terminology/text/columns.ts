import type { Token } from './tokens.js'
import type { Words } from './words.js'

/** Words of one column of a line: tokens from `first` to `last`, the last one not counted; `from` and `to` count characters of the line. */
interface Stretch {
  first: number
  last: number
  from: number
  to: number
}

/** A line of a text that is parted by gaps. */
interface GappedLine {
  first: number
  last: number
  stretches: readonly Stretch[]
}

/** So many spaces part columns; behind the end of a sentence people type two as well. */
const gap = 2
const endsSentence = new Set(['.', '!', '?', ';'])

/**
 * Puts the border of a cell into the gaps of lines that are aligned by spaces.
 *
 * Shape: lines under a header of sides or answers ("Right   Left"), each cell under the column that it stands below; and two lines or more
 *        of a label and, at the same place, its value.
 * Edge:  a line of its own with one gap is left as it is.
 */
export function withColumns(tokens: readonly Token[], words: Words): readonly Token[] {
  const lines = linesOf(tokens)
  if (!lines.some(({ stretches }) => stretches.length > 1)) return tokens
  const borders = new Map<number, number>()
  for (let at = 0; at < lines.length; at++) {
    const block = blockFrom(at, lines, tokens, words)
    const line = lines[at]
    if (block.length < 2 && line && isPairs(line, tokens, words)) {
      for (const [index, { first }] of line.stretches.entries())
        if (index > 0) borders.set(first, index % 2 === 0 ? -1 : 1)
    }
    if (block.length < 2) continue
    bordersOf(block, borders)
    at += block.length - 1
  }
  if (borders.size === 0) return tokens
  return tokens.flatMap((token, at) => {
    const many = borders.get(at) ?? 0
    const border = bordering(token, many < 0 ? 'break' : 'tab')
    return [...Array.from({ length: Math.abs(many) }, () => border), token]
  })
}

/** A label behind a gap has fewer words than this. */
const longestLabel = 5

/**
 * Ends a line before each further label of it that stands behind a gap, slash or bar: "L breast: red   R breast: soft".
 *
 * Edge: only in a line that has a label before the gap.
 */
export function withFieldLines(tokens: readonly Token[]): readonly Token[] {
  let labelled = false
  return tokens.flatMap((token, at) => {
    if (token.kind === 'break') labelled = false
    const begins = labelled && token.spaces >= gap && beginsLabel(tokens, at)
    if (token.text === ':') labelled = true
    if (labelled && isSpacedMark(tokens, at) && beginsLabel(tokens, at + 1))
      return [{ ...token, kind: 'break', text: '\n' }]
    return begins ? [{ ...token, kind: 'break', text: '\n', end: token.start, spaces: 0 }, token] : [token]
  })
}

/** A slash or bar between spaces. */
function isSpacedMark(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.text !== '/' && token?.text !== '|') return false
  return token.spaces > 0 && (tokens[at + 1]?.spaces ?? 0) > 0
}

/** Only words, and then a colon. */
function beginsLabel(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at <= from + longestLabel; at++) {
    const token = tokens[at]
    if (token?.text === ':') return at > from
    if (token?.kind !== 'word' || (at > from && token.spaces >= gap)) return false
  }
  return false
}

/** A line of labels, each with an answer behind a gap: "Dimpling  0   Mass  1". */
function isPairs({ stretches, ...line }: GappedLine, tokens: readonly Token[], { answers }: Words): boolean {
  const isAnswer = ({ first }: Stretch): boolean =>
    tokens[first]?.kind === 'number' || answers.has(tokens[first]?.text ?? '')
  return (
    stretches.length >= 4 &&
    stretches.length % 2 === 0 &&
    !hasMark({ stretches, ...line }, tokens) &&
    stretches.every((stretch, at) => isAnswer(stretch) === (at % 2 === 1))
  )
}

const bordering = ({ start }: Token, kind: 'tab' | 'break'): Token => ({
  kind,
  text: kind === 'tab' ? '\t' : '\n',
  start,
  end: start,
  spaces: 0,
  initial: false,
  capitals: false,
})

function linesOf(tokens: readonly Token[]): readonly GappedLine[] {
  const lines: GappedLine[] = []
  let first = 0
  const close = (last: number): void => {
    lines.push({ first, last, stretches: stretchesOf(first, last, tokens) })
    first = last + 1
  }
  for (const [at, { kind }] of tokens.entries()) if (kind === 'break') close(at)
  close(tokens.length)
  return lines
}

function stretchesOf(first: number, last: number, tokens: readonly Token[]): readonly Stretch[] {
  const begin = tokens[first]
  const lineStart = begin ? begin.start - begin.spaces : 0
  const found: Stretch[] = []
  let from = first
  for (let at = first + 1; at <= last; at++) {
    const [before, token] = [tokens[at - 1], tokens[at]]
    const parts = token && token.spaces >= gap && !endsSentence.has(before?.text ?? '')
    if (at < last && !parts) continue
    const start = (tokens[from]?.start ?? 0) - lineStart
    found.push({ first: from, last: at, from: start, to: (before?.end ?? 0) - lineStart })
    from = at
  }
  return last > first ? found : []
}

/** The lines of the table that begins here; none when none does. */
function blockFrom(
  at: number,
  lines: readonly GappedLine[],
  tokens: readonly Token[],
  words: Words,
): readonly GappedLine[] {
  const [head] = lines.slice(at)
  if (!head || hasMark(head, tokens)) return []
  const isHeader = headsOf(head, tokens, words) >= 2
  let end = at + 1
  for (let line = lines[end]; line && line.stretches.length > 0; line = lines[++end])
    if (hasMark(line, tokens) || !(isHeader ? line.stretches.length > 1 : isPair(line, head))) break
  if (!isHeader && !isPair(head, head)) return []
  return lines.slice(at, end)
}

/** A label and, where that of the other line stands, its value. */
const isPair = ({ stretches }: GappedLine, other: GappedLine): boolean =>
  stretches.length === 2 &&
  stretches[0]?.from === other.stretches[0]?.from &&
  stretches[1]?.from === other.stretches[1]?.from

/** How many columns the line names by a side or an answer; none when a column is named by something else. */
function headsOf({ stretches }: GappedLine, tokens: readonly Token[], { sides, answers }: Words): number {
  const isHead = ({ first, last }: Stretch): boolean =>
    tokens.slice(first, last).some(({ text }) => sides.has(text)) ||
    (last === first + 1 && answers.has(tokens[first]?.text ?? ''))
  const [corner, ...others] = stretches
  if (!corner || !others.every(isHead)) return 0
  return others.length + (isHead(corner) ? 1 : 0)
}

const marks = new Set([':', '|', '='])
const apart = new Set(['tab', 'box'])

/** Does the line have other marks that part it? */
function hasMark({ first, last }: GappedLine, tokens: readonly Token[]): boolean {
  for (let at = first; at < last; at++)
    if (apart.has(tokens[at]?.kind ?? '') || marks.has(tokens[at]?.text ?? '')) return true
  return false
}

/** Writes down how many borders of cells stand before a token; below 0 a line ends there. */
function bordersOf([head, ...rows]: readonly GappedLine[], borders: Map<number, number>): void {
  const named = head?.stretches ?? []
  const corner = Math.min(...rows.map(({ stretches }) => stretches[0]?.from ?? 0))
  const columns = (named[0]?.from ?? 0) > corner + gap ? [{ from: corner, to: corner }, ...named] : named
  for (const { stretches } of head ? [head, ...rows] : rows) {
    let column = 0
    for (const stretch of stretches) {
      const next = stretch.from === corner ? 0 : nearestColumn(stretch, columns)
      if (next > column) borders.set(stretch.first, next - column)
      column = Math.max(column, next)
    }
  }
}

/** The column whose name stands nearest above. */
function nearestColumn({ from, to }: Stretch, columns: readonly Pick<Stretch, 'from' | 'to'>[]): number {
  const distances = columns.map((column) => Math.abs(column.from + column.to - from - to))
  const overlapping = columns.findIndex((column, at) => at > 0 && column.from < to && from < column.to)
  return overlapping > 0 ? overlapping : distances.indexOf(Math.min(...distances))
}
