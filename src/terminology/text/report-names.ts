import { isTerm } from './birads-written.js'
import type { Part } from './clauses.js'
import type { Document } from './document.js'
import { hasRole, type Hit } from './phrases.js'
import { hitsWithin } from './sentence-hits.js'
import type { Saying } from './report-sayings.js'

const fluids: ReadonlySet<string> = new Set(['galactocele', 'other-fluid', 'cyst'])

/**
 * Names collections by what the report calls them.
 *
 * Shape:  a collection that the report names galactocele, cyst, seroma or haematoma becomes another thing, and one of these that is
 *         infected a collection; an abscess keeps its name.
 * Edge:   the name stands in the sentence of the collection and is not told apart from it ("a cyst and a collection"), or in the next
 *         sentence, which refers back ("This is a galactocele."). What the collection is told to have or to be near tells nothing apart.
 * Source: clinical changes C6 (2)
 */
export function named(sayings: readonly Saying[], document: Document): readonly Saying[] {
  const infected = sayings.map((saying) =>
    fluids.has(saying.finding) && saying.manner === 'affirmed' && isInfected(saying, document)
      ? { ...saying, finding: 'collection' as const }
      : saying,
  )
  const bySentence = new Map<number, Saying[]>()
  for (const saying of infected) {
    const known = bySentence.get(saying.mention.sentence)
    if (known) known.push(saying)
    else bySentence.set(saying.mention.sentence, [saying])
  }
  return infected.map((saying) => {
    const { finding, manner, mention } = saying
    if (finding !== 'collection' || (manner !== 'affirmed' && manner !== 'doubted')) return saying
    const own = bySentence.get(mention.sentence) ?? []
    const next = bySentence.get(mention.sentence + 1) ?? []
    const goesOn = !next.some((one) => one.finding === 'collection')
    const isNamed = [...own, ...(goesOn ? next : [])].some((other) => names(other, saying, document))
    return isNamed ? { ...saying, manner: 'other-thing' as const } : saying
  })
}

/** Stands "infected" in its comma part, or by itself in the next one ("galactocele, superinfected")? */
function isInfected({ mention }: Saying, { parts }: Document): boolean {
  const mine = parts[mention.sentence] ?? []
  const at = mine.findIndex(({ first, last }) => first <= mention.first && mention.last <= last)
  const next = mine[at + 1]
  const near = [...(mine[at]?.hits ?? []), ...(next && isBare(next) ? next.hits : [])]
  return near.some((hit) => isTerm(hit, 'infected'))
}

const longestBare = 3

const isBare = ({ first, last, hits }: Part): boolean =>
  last - first <= longestBare && !hits.some((hit) => hasRole(hit, 'target'))

function names(name: Saying, collection: Saying, document: Document): boolean {
  if (!fluids.has(name.finding) || name.manner !== 'affirmed') return false
  const one = name.mention
  const other = collection.mention
  const [first, second] = one.first < other.first ? [one, other] : [other, one]
  if (one.sentence === other.sentence) return !isToldApart(hitsWithin(first.last, second.first, document))
  if (one.section !== other.section) return false
  const begin = document.sentences[one.sentence]?.first ?? one.first
  return hitsWithin(begin, one.first, document).some((hit) => isTerm(hit, 'refers-back'))
}

/** Is the name told apart ("a cyst and a collection")? A word for naming behind takes that back ("with fat, consistent with"). */
function isToldApart(between: readonly Hit[]): boolean {
  const apart = between.findLastIndex((hit) => isTerm(hit, 'apart'))
  return apart >= 0 && !between.slice(apart + 1).some((hit) => isTerm(hit, 'names-it'))
}
