import { headingEnd } from './heading-end.js'
import { hasRole, type Hit } from './phrases.js'
import type { Stretch } from './sentences.js'
import type { Token } from './tokens.js'

/**
 * Parts sentences before each heading within them: a heading with a capital before a colon begins a sentence wherever it stands
 * ("abscess? FINDINGS: none", a report whose line ends were lost).
 *
 * Edge: sides and places right before a heading go with it ("LEFT BREAST FINDINGS:"); one of a single letter ("A:") parts nothing, as
 *       it may be an answer.
 */
export function atHeadings(
  stretches: readonly Stretch[],
  tokens: readonly Token[],
  hits: readonly Hit[],
): readonly Stretch[] {
  const starts = startsOf(tokens, hits)
  if (starts.length === 0) return stretches
  let next = 0
  return stretches.flatMap((stretch) => {
    while ((starts[next] ?? Infinity) <= stretch.first) next++
    const inside: number[] = []
    for (; (starts[next] ?? Infinity) < stretch.last; next++) inside.push(starts[next] ?? stretch.first)
    return inside.length === 0 || stretch.row ? [stretch] : partedAt(stretch, inside)
  })
}

/** Where headings with a capital and a colon begin, in tokens. */
function startsOf(tokens: readonly Token[], hits: readonly Hit[]): readonly number[] {
  let taken = 0
  return hits.flatMap((hit, at) => {
    if (hit.first < taken || !hasRole(hit, 'heading') || !tokens[hit.first]?.initial) return []
    const end = headingEnd(hit, hits, tokens)
    const start = tokens[hit.first]
    if (tokens[end]?.text !== ':' || !start || start.end - start.start === 1) return []
    taken = end
    let begin = hit.first
    for (let before = at - 1; hits[before]?.last === begin && isPlace(hits[before]); before--)
      begin = hits[before]?.first ?? begin
    return [begin]
  })
}

const isPlace = (hit: Hit | undefined): boolean =>
  hit !== undefined && (hasRole(hit, 'place') || hasRole(hit, 'side'))

function partedAt(stretch: Stretch, starts: readonly number[]): readonly Stretch[] {
  const [second = stretch.last] = starts
  const later = starts.map((first, at) => ({
    first,
    last: starts[at + 1] ?? stretch.last,
    item: false,
    indent: 0,
    atLineStart: false,
    atLineEnd: at === starts.length - 1 && stretch.atLineEnd,
    afterGap: false,
  }))
  return [{ ...stretch, last: second, atLineEnd: false }, ...later]
}
