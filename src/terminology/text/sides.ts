import type { Side } from './document.js'
import { entryOf, type Hit } from './phrases.js'

/** Left and right together are both. */
export function joinedSides(one: Side | undefined, other: Side | undefined): Side | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other
  return 'both'
}

/** The token range of a mention. */
type Place = Pick<Hit, 'first' | 'last'>

/** How far the hit stands from a mention, in tokens; a hit behind it counts half a token more, so that the earlier one wins a tie. */
const distance = (hit: Hit, mention: Place): number =>
  hit.first >= mention.last ? hit.first - mention.last + 0.5 : mention.first - hit.last

/** The hit with this role that stands nearest to the mention. */
export function nearest(
  hits: readonly Hit[],
  role: 'side' | 'place' | 'grade',
  mention: Place,
): Hit | undefined {
  let found: Hit | undefined
  for (const hit of hits)
    if (entryOf(hit, role) && (!found || distance(hit, mention) < distance(found, mention))) found = hit
  return found
}

/** The side of a hit of a side list; undefined for "other" and the like, which name no side. */
export function sideOf(hit: Hit | undefined): Side | undefined {
  const as = hit && entryOf(hit, 'side')?.as
  return as === 'left' || as === 'right' || as === 'both' ? as : undefined
}

/** All sides named among the hits. */
export function sidesIn(hits: readonly Hit[]): Side | undefined {
  return hits.reduce<Side | undefined>((known, hit) => joinedSides(known, sideOf(hit)), undefined)
}

/** The last side that is named before a hit. */
export const sideBefore = ({ first }: Hit, hits: readonly Hit[]): Side | undefined =>
  sideOf(hits.findLast((hit) => hit.last <= first && sideOf(hit)))

/** The other one of left and right; undefined for both. */
export function opposite(side: Side | undefined): Side | undefined {
  if (side === 'left') return 'right'
  return side === 'right' ? 'left' : undefined
}
