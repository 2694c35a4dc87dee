import { answer, targetsIn, type FormLine } from './form-line.js'
import { hasRole } from './phrases.js'

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

/**
 * Reads signs that are glued behind their words: "red+ hot+ lump- fluct-".
 *
 * Edge: only in a line that has a plus so; a minus alone may be a hyphen.
 */
export function readTrailingSigns(line: FormLine): void {
  const { tokens, hits, last } = line
  const signed = hits.filter(
    (hit) =>
      hasRole(hit, 'target') &&
      ['+', '-'].includes(tokens[hit.last]?.text ?? '') &&
      tokens[hit.last]?.spaces === 0 &&
      (hit.last + 1 >= last ||
        tokens[hit.last + 1]?.kind !== 'word' ||
        (tokens[hit.last + 1]?.spaces ?? 0) > 0),
  )
  if (!signed.some((hit) => tokens[hit.last]?.text === '+')) return
  for (const hit of signed) {
    const state = tokens[hit.last]?.text === '+' ? 'present' : 'absent'
    answer(line, [hit], { state, rule: 'sign-behind', first: hit.last, last: hit.last + 1 })
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
