import type { Part } from './clauses.js'
import type { Document, Mention } from './document.js'
import type { Hit } from './phrases.js'

/** What stands around a mention: in its part, in its clause, and in its sentence. */
export interface Around {
  part: readonly Hit[]
  hits: readonly Hit[]
  sentence: readonly Hit[]
}

/** The hits around a mention. */
export function clauseAround(mention: Mention, document: Document): Around {
  const parts = document.parts[mention.sentence] ?? []
  return {
    part: partAround(mention, document)?.hits ?? [],
    hits: clauseHits(mention, document),
    sentence: parts.flatMap(({ hits }) => hits),
  }
}

/** The part that the mention stands in. */
export const partAround = ({ sentence, part }: Mention, { parts }: Document): Part | undefined =>
  parts[sentence]?.[part]

/** The hits of the clause that the mention stands in. */
export function clauseHits({ sentence, part }: Mention, { parts }: Document): readonly Hit[] {
  const all = parts[sentence] ?? []
  let first = part
  while (first > 0 && !all[first]?.clauseStart) first--
  let last = part + 1
  while (last < all.length && !all[last]?.clauseStart) last++
  if (last === first + 1) return all[first]?.hits ?? []
  return all.slice(first, last).flatMap(({ hits }) => hits)
}
