import { hasRole, isNamed, type Hit } from './phrases.js'
import { sideOf } from './sides.js'
import type { Token } from './tokens.js'

/**
 * The hits of a sentence without those that legends and corrections take away.
 *
 * Shape: a legend tells what numbers mean ("1 = soft, 6 = firm"), from its first number to its bracket or the end; of sides, those before
 *        a word such as "correction" fall if others stand behind it.
 */
export function withoutSilenced(
  { first, last }: { first: number; last: number },
  tokens: readonly Token[],
  hits: readonly Hit[],
): readonly Hit[] {
  const legend = legendOf(first, last, tokens)
  const kept = legend ? hits.filter((hit) => hit.last <= legend.first || hit.first >= legend.last) : hits
  return correctedSides(kept)
}

function legendOf(
  first: number,
  last: number,
  tokens: readonly Token[],
): { first: number; last: number } | undefined {
  const equals: number[] = []
  for (let at = first + 1; at < last; at++)
    if (tokens[at]?.text === '=' && tokens[at - 1]?.kind === 'number') equals.push(at - 1)
  const [start] = equals
  if (start === undefined) return undefined
  const bracketed = tokens[start - 1]?.text === '(' || tokens[start - 1]?.text === '['
  if (equals.length < 2 && !bracketed) return undefined
  let end = start
  while (end < last && tokens[end]?.text !== ')' && tokens[end]?.text !== ']') end++
  return { first: start, last: end }
}

function correctedSides(hits: readonly Hit[]): readonly Hit[] {
  const correction = hits.find((hit) => isNamed(hit, 'correcting'))
  if (!correction || !hits.some((hit) => hit.first >= correction.last && sideOf(hit))) return hits
  return hits.filter((hit) => hit.first >= correction.first || !sideOf(hit) || hasRole(hit, 'target'))
}
