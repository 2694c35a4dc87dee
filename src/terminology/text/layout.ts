import { beginsItem } from './bullets.js'
import type { Token } from './tokens.js'
import type { Words } from './words.js'

const endsALine = new Set(['.', ';', ':', '?', '!', '|', '='])

/**
 * Folds line ends within a sentence.
 *
 * Shape: a line end after a word that asks for more ("no", "of", a comma) or before one that goes on ("or") is dropped; one before a
 *        small letter becomes a `fold`, at which phrases go on and clauses may part; the others stay.
 *        An answer alone on a line ("Yes") belongs to the line before it, as behind a colon.
 * Edge:  an empty line, a list item, and a line with an end mark or a label are never folded.
 */
export function foldLines(tokens: readonly Token[], words: Words): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'break')) return tokens
  const folded: Token[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'break') {
      folded.push(token)
      continue
    }
    const before = folded[folded.length - 1]
    const next = tokens[at + 1]
    if (!before || !next) folded.push(token)
    else if (isAnswerLine(tokens, at + 1, words) && before.kind === 'word')
      folded.push({ ...token, kind: 'mark', text: ':' })
    else if (isAnswerLine(tokens, at + 1, words) && before.text === ':') continue
    else if (!mayFold(before, tokens, at + 1) || areAnswers(before, tokens, at + 1, words)) folded.push(token)
    else if (before.text === ',' || words.unfinished.has(before.text) || words.continuing.has(next.text))
      continue
    else if (next.kind === 'word' && !next.initial) folded.push({ ...token, kind: 'fold' })
    else folded.push(token)
  }
  return folded
}

const isAnswerLine = (tokens: readonly Token[], at: number, { answers }: Words): boolean =>
  answers.has(tokens[at]?.text ?? '') && (tokens[at + 1]?.kind ?? 'break') === 'break'

/** Lines with an answer each are not one sentence ("dimpling no", below it "redness yes"). */
function areAnswers(before: Token, tokens: readonly Token[], next: number, { answers }: Words): boolean {
  const isShort = ({ text }: Token): boolean => text.length <= longestAnswer && answers.has(text)
  if (!isShort(before)) return false
  let end = next
  while (end < tokens.length && tokens[end]?.kind !== 'break') end++
  const last = tokens[end - 1]
  return last !== undefined && isShort(last)
}

/** "Present" and the like may also end a sentence over two lines ("there is no", below it "redness present"). */
const longestAnswer = 4

function mayFold(before: Token, tokens: readonly Token[], next: number): boolean {
  if (before.kind === 'break' || tokens[next]?.kind === 'break') return false
  if (before.kind !== 'word' && before.kind !== 'number' && before.text !== ',') return false
  return !endsALine.has(before.text) && !beginsItem(tokens, next) && !hasLabel(tokens, next)
}

/** Does the line that begins here hold a label or a box? */
function hasLabel(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token || token.kind === 'break') return false
    if (
      token.kind === 'box' ||
      token.kind === 'tab' ||
      token.text === ':' ||
      token.text === '=' ||
      token.text === '|'
    )
      return true
  }
  return false
}

/**
 * Turns marks that were dictated as words ("comma", "full stop") into marks.
 *
 * Edge: only in a text that says "comma" or the like, because "period" is also an ordinary word.
 */
export function withDictatedMarks(tokens: readonly Token[], { dictated }: Words): readonly Token[] {
  if (!tokens.some(({ text }) => dictated.get(text) === ',')) return tokens
  const marked: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    const next = tokens[at + 1]
    if (!token) break
    const pair = dictated.get(`${token.text} ${next?.text ?? ''}`)
    const mark = pair ?? dictated.get(token.text)
    const end = pair === undefined ? token.end : (next?.end ?? token.end)
    marked.push(mark === undefined ? token : { ...token, kind: 'mark', text: mark, end })
    if (pair !== undefined) at++
  }
  return marked
}

/** Takes the brackets away from a side alone ("(L) breast", "R) nipple"): the side is meant as if it stood without them. */
export function withBareSides(tokens: readonly Token[], { sides }: Words): readonly Token[] {
  if (!tokens.some(({ text }) => text === ')')) return tokens
  const isSide = (at: number): boolean => sides.has(tokens[at]?.text ?? '')
  const opens = (at: number): boolean =>
    tokens[at]?.text === '(' && isSide(at + 1) && tokens[at + 2]?.text === ')'
  const closes = (at: number): boolean =>
    tokens[at]?.text === ')' && isSide(at - 1) && (opens(at - 2) || isBareLetter(tokens, at - 1))
  return tokens.filter((_token, at) => !opens(at) && !closes(at))
}

/** A letter at the beginning of a line or behind a mark, with the bracket right behind it. */
const isBareLetter = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text.length === 1 &&
  tokens[at + 1]?.spaces === 0 &&
  tokens[at - 1]?.kind !== 'word' &&
  tokens[at - 1]?.text !== '(' &&
  tokens[at - 1]?.text !== '/'
