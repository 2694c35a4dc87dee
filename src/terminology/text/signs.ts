import { answer, targetsIn, type FormLine } from './form-line.js'

/**
 * Reads signs that are glued to their words: "+erythema, +TTP, -fluctuance".
 *
 * Edge: a minus counts only in a line that also has a glued plus, because alone it may be the bullet of a list.
 */
export function readGluedSigns(line: FormLine): void {
  const signs: number[] = []
  for (let at = line.first; at < line.last; at++) if (isGlued(line, at)) signs.push(at)
  if (!signs.some((at) => line.tokens[at]?.text === '+')) return
  for (const [index, at] of signs.entries()) {
    const last = Math.min(signs[index + 1] ?? line.last, partEnd(line, at))
    const state = line.tokens[at]?.text === '+' ? 'present' : 'absent'
    answer(line, targetsIn(line, at + 1, last), { state, rule: 'sign-before', first: at, last: at + 1 })
  }
}

function isGlued({ tokens, first }: FormLine, at: number): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]]
  if ((token?.text !== '+' && token?.text !== '-') || next?.kind !== 'word' || next.spaces > 0) return false
  return at === first || token.spaces > 0 || tokens[at - 1]?.kind === 'mark'
}

function partEnd({ tokens, last }: FormLine, from: number): number {
  let at = from
  while (at < last && tokens[at]?.text !== ',') at++
  return at
}
