import type { Token } from './tokens.js'

const signs = new Set(['-', '*', '>'])
/** Letters that number items; not L and R, which are sides. */
const letters = new Set('abcdefghijk'.split(''))
const roman = new Set(['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii'])

/**
 * How many tokens the bullet or number takes that a list item begins with; 0 when none begins here.
 *
 * Edge: a letter or number needs a dot or bracket right behind it ("2)", "a."); a single L or R is a side.
 */
export function bulletLength(tokens: readonly Token[], at: number): number {
  const first = tokens[at]
  if (!first) return 0
  if (signs.has(first.text) && first.kind !== 'word') return isGluedMinus(first, tokens[at + 1]) ? 0 : 1
  const second = tokens[at + 1]
  const closed = (second?.text === ')' || second?.text === '.') && second.spaces === 0
  const counts =
    first.kind === 'number'
      ? Number.isInteger(Number(first.text))
      : letters.has(first.text) || roman.has(first.text)
  if (counts && closed && (tokens[at + 2]?.spaces ?? 0) > 0) return 2
  const opened = first.text === '(' && tokens[at + 2]?.text === ')'
  return opened && (second?.kind === 'number' || letters.has(second?.text ?? '')) ? 3 : 0
}

/** "-fever": the sign belongs to the word. */
const isGluedMinus = (sign: Token, next: Token | undefined): boolean =>
  sign.text === '-' && sign.end - sign.start === 1 && next?.kind === 'word' && next.spaces === 0

/** Does a list item or check box begin at this token? */
export const beginsItem = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === 'box' || bulletLength(tokens, at) > 0
