import { beginsItem, bulletLength } from './bullets.js'
import type { Piece, Row } from './tables.js'
import type { Token } from './tokens.js'

/** A sentence or list item: tokens from `first` to `last`, the last one not counted. */
export interface Stretch {
  first: number
  last: number
  /** Is it a list item with a bullet, number or box? */
  item: boolean
  /** How many spaces stand before it in its line. */
  indent: number
  /** Does it begin a line? */
  atLineStart: boolean
  /** Does a line end after it? */
  atLineEnd: boolean
  /** Does an empty line stand before it? */
  afterGap: boolean
  /** It is a line of a table, or a cell of one that is a sentence. */
  row?: Row
  piece?: Piece
}

/** A sentence ends here at the latest, in tokens, so that the work of reading stays in line with the length of a text. */
const longestSentence = 250

/**
 * Cuts tokens into sentences: at line ends, at "!" and ";", and at dots that end a sentence.
 *
 * Edge:   a dot after a shortened word before a small letter or number ("approx. 5 cm"), and one within "e.g.", end nothing.
 * Source: clinical section 2.9 step 1.
 */
export function sentencesOf(
  tokens: readonly Token[],
  shortened: ReadonlySet<string>,
  rows: ReadonlyMap<number, Row> = new Map(),
): readonly Stretch[] {
  const sentences: Stretch[] = []
  let first = 0
  let atLineStart = true
  let afterGap = true
  let inRow = 0
  const close = (last: number, atLineEnd: boolean): void => {
    const item = atLineStart && beginsItem(tokens, first)
    const from = item ? first + bulletLength(tokens, first) : first
    if (last > from) {
      const indent = atLineStart ? (tokens[first]?.spaces ?? 0) : 0
      sentences.push({ first: from, last, item, indent, atLineStart, atLineEnd, afterGap })
      afterGap = false
    } else if (atLineEnd && atLineStart) afterGap = true
    atLineStart = atLineEnd
  }
  for (const [at, token] of tokens.entries()) {
    const row = rows.get(at)
    if (row) {
      const line = { item: false, indent: 0, atLineStart: true, atLineEnd: true, afterGap }
      for (const piece of row.pieces) sentences.push({ ...line, first: piece.first, last: piece.last, piece })
      if (!row.silent && row.pieces.length === 0)
        sentences.push({ ...line, first: row.first, last: row.last, row })
      inRow = row.last
      afterGap = false
    }
    if (at < inRow) {
      first = inRow
      continue
    }
    if (token.kind !== 'break' && !endsSentence(tokens, at, shortened)) {
      if (at - first >= longestSentence) {
        close(at, false)
        first = at
      }
      continue
    }
    close(at, token.kind === 'break' || tokens[at + 1]?.kind === 'break')
    first = at + 1
    if (token.kind !== 'break' && tokens[first]?.kind === 'break') atLineStart = false
  }
  close(tokens.length, true)
  return sentences
}

function endsSentence(tokens: readonly Token[], at: number, shortened: ReadonlySet<string>): boolean {
  const token = tokens[at]
  if (token?.kind !== 'mark') return false
  if (token.text === '!' || token.text === ';') return true
  return token.text === '.' && !isInnerDot(tokens, at, shortened)
}

function isInnerDot(tokens: readonly Token[], at: number, shortened: ReadonlySet<string>): boolean {
  const before = tokens[at - 1]
  const next = tokens[at + 1]
  if (!before || !next || next.kind === 'break') return false
  const opensLine = (tokens[at - 2]?.kind ?? 'break') === 'break'
  if (opensLine && bulletLength(tokens, at - 1) > 0) return true
  if (before.text === 'www' || tokens[at - 3]?.text === 'www') return true
  const single = before.kind === 'word' && before.end - before.start === 1
  if (single && next.kind === 'word' && next.spaces === 0 && next.end - next.start === 1) return true
  if (single && tokens[at - 2]?.text === '.' && tokens[at - 2]?.end === before.start) return !next.initial
  return shortened.has(before.text) && !next.initial
}
