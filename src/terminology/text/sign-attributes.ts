import { clauseHits, partAround } from './clause-around.js'
import type { Document, Mention } from './document.js'
import { isNamed, type Hit } from './phrases.js'
import type { Reading } from './reading.js'
import { statedDays } from './stated-duration.js'

/** How many words may stand between "new" and the sign. */
const newReach = 3

/**
 * Grade of a sign, whether it is said of one part of the breast, whether it is new or spreads, and for how many days it has been there.
 *
 * Edge:   a sign that is denied neither spreads, nor is new, nor lasts.
 * Source: clinical 2.7, 4.3 and 5.1
 */
export function attributesOf(
  mention: Mention,
  document: Document,
): Pick<Reading, 'grade' | 'focal' | 'spreading' | 'days'> {
  const { grade, assertion } = mention
  const hits = clauseHits(mention, document)
  const part = partAround(mention, document)?.hits ?? []
  const focal = hits.some((hit) => isNamed(hit, 'focal'))
  const spreads = hits.some((hit) => isNamed(hit, 'spreading') && !isDenied(hit, document))
  const isNew = part.some(
    (hit) => isNamed(hit, 'new') && hit.last <= mention.first && mention.first - hit.last <= newReach,
  )
  const days = assertion.state === 'present' ? statedDays(mention, document) : undefined
  return {
    ...(grade !== undefined && { grade }),
    ...(focal && { focal }),
    ...(assertion.state === 'present' && (spreads || isNew) && { spreading: true }),
    ...(days !== undefined && { days }),
  }
}

/** Is the word a mention of its own that does not hold ("not spreading")? */
const isDenied = (hit: Hit, { mentions }: Document): boolean =>
  mentions.some(
    ({ first, last, assertion }) =>
      first === hit.first && last === hit.last && (assertion.state !== 'present' || assertion.denied),
  )
