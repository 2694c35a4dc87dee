import type { Document, Mention } from './document.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import { hitsBySentence } from './sentence-hits.js'

/**
 * The medicines that the text says another one takes the place of: "change cefalexin to clindamycin", "clindamycin, changed from cefalexin".
 *
 * Edge: a change of the dose, form or route of the same medicine replaces nothing.
 */
export function replacedIn(document: Document): ReadonlySet<Mention> {
  if (!document.hits.some(isChange)) return new Set()
  return new Set(
    hitsBySentence(document).flatMap((hits, sentence) =>
      replacedBy(
        hits,
        document.mentions.filter((mention) => mention.sentence === sentence),
      ),
    ),
  )
}

const isChange = (hit: Hit): boolean => isNamed(hit, 'change') || isNamed(hit, 'change-to')
const isTo = (hit: Hit): boolean => isNamed(hit, 'to-another') || isNamed(hit, 'change-to')
const isFrom = (hit: Hit): boolean => isNamed(hit, 'from-another')

function replacedBy(hits: readonly Hit[], mentions: readonly Mention[]): readonly Mention[] {
  const change = hits.find(isChange)
  if (!change) return []
  const behind = hits.filter(({ first }) => first >= change.first)
  const to = behind.find(isTo)
  const from = behind.find(isFrom)
  const left = from && mentions.find(({ first }) => first >= from.last)
  if (!to) return left ? [left] : []
  const taken = mentions.find((one) => one.first >= to.last && one !== left)
  if (!taken || !isReached(hits, to, taken)) return []
  const between = mentions.filter(({ first, last }) => first >= change.last && last <= to.first)
  const before = mentions.findLast(({ last }) => last <= change.first)
  const old = between.length > 0 ? between : before ? [before] : []
  return [...old, ...(left ? [left] : [])].filter(({ target }) => target !== taken.target)
}

/** Stands the medicine right behind the "to" ("change flucloxacillin to QID and add cephalexin" has another one there)? */
const isReached = (hits: readonly Hit[], to: Hit, { first }: Mention): boolean =>
  !hits.some(
    (hit) =>
      hit.first >= to.last &&
      hit.last <= first &&
      (hasRole(hit, 'joiner') || entryOf(hit, 'modifier')?.as === 'affirmed'),
  )
