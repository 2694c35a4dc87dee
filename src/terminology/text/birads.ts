import { legendsOf } from './birads-legend.js'
import { isTerm, itemsFrom, numberOf, type Category, type Item } from './birads-written.js'
import type { Document, Sentence, Side, Span } from './document.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import { hitsBySentence } from './sentence-hits.js'
import { sideOf, sidesIn } from './sides.js'
import type { Token } from './tokens.js'
import { yearAlone } from './years.js'

/** A category that a report assigns. */
export interface Assigned {
  category: Category
  side?: Side
  /** Index of its sentence. */
  sentence: number
  /** Tokens from its name to its last, the last one not counted. */
  first: number
  last: number
  /** Is it called the final one? */
  final: boolean
}

/** The categories of a report, and the printed legends, in tokens. */
export interface Categories {
  assigned: readonly Assigned[]
  legends: readonly Span[]
}

/**
 * The BI-RADS categories that a report assigns.
 *
 * Shape:   arabic, roman or in words, behind "BI-RADS", "ACR", "category" or "final assessment"; one for each side that stands with one.
 * Edge:    printed legends, ranges ("4 and 5"), densities, editions, earlier and supposed categories assign nothing.
 * Source:  clinical changes C6 (1)
 */
export function categoriesOf(document: Document): Categories {
  const legends = legendsOf(document)
  const inLegend = ({ first }: Name): boolean =>
    legends.some(({ start, end }) => first >= start && first < end)
  const hitsOfAll = hitsBySentence(document)
  const assigned = document.sentences.flatMap((sentence, index) => {
    const hits = hitsOfAll[index] ?? []
    const line = { sentence, index, hits, document }
    const names = hits.filter((hit) => isName(hit))
    const heading = beginsWithCategory(line)
    const all = heading ? [{ first: sentence.first, last: sentence.first }, ...names] : names
    return all.filter((name) => !inLegend(name)).flatMap((name) => assignedBy(name, line))
  })
  return { assigned, legends }
}

interface Line {
  sentence: Sentence
  index: number
  hits: readonly Hit[]
  document: Document
}

/** The name of a category, in tokens; empty when it stands in the heading. */
type Name = Pick<Hit, 'first' | 'last'>

/** Is a category the first word under a heading ("BI-RADS: 2", "Assessment: 2 - benign")? */
function beginsWithCategory({ sentence: { first, section }, hits, document }: Line): boolean {
  if (section.kind !== 'birads' && section.kind !== 'impression') return false
  const [lead, next] = itemsFrom(first, document)
  if (section.kind === 'birads')
    return lead?.kind === 'category' || (lead?.kind === 'side' && next?.kind === 'category')
  if (lead?.kind !== 'category' || lead.first !== first) return false
  const isExplained = hits.some((hit) => hit.first === lead.last + 1 && isTerm(hit, 'category-meaning'))
  return isExplained && ['(', '-'].includes(document.tokens[lead.last]?.text ?? '')
}

const isName = (hit: Hit): boolean =>
  isTerm(hit, 'birads-names') || isTerm(hit, 'acr') || isTerm(hit, 'birads-category')

function assignedBy(name: Name, line: Line): readonly Assigned[] {
  const { hits, document, sentence } = line
  const around = hits.filter((hit) => Math.abs(hit.first - name.first) <= 2)
  if (around.some((hit) => isTerm(hit, 'no-category'))) return []
  if (document.tokens[name.first - 1]?.text === 'box') return []
  const numbers = sided(
    newest([...(isFrom(name, line) ? [fromItem] : []), ...itemsFrom(name.last, document)]),
  )
  const last = Math.min(numbers.at(-1)?.last ?? name.last, sentence.last)
  if (numbers.length === 0 || isSupposed(name, last, line)) return []
  const final = hits.some(
    (hit) => isTerm(hit, 'firm') && (isNear(hit.last, name.first) || isNear(last, hit.first)),
  )
  return numbers.map(({ category, side = sideAround(name.first, last, line), ...place }) => ({
    category,
    ...(side && { side }),
    sentence: line.index,
    first: name.first,
    last: place.last,
    final,
  }))
}

const nearest = 3

const isNear = (end: number, start: number): boolean => start >= end - 1 && start - end <= nearest

interface Numbered {
  category: Category
  side?: Side
  last: number
}

/** Only the number behind "to" counts, and none behind "from" ("upgraded from 2 to 4"). */
function newest(items: readonly Item[]): readonly Item[] {
  const from = items.findIndex(({ kind }) => kind === 'from')
  if (from < 0) return items
  const to = items.findIndex(({ kind }, at) => kind === 'to' && at > from)
  return to < 0 ? items.slice(0, from) : items.slice(to + 1)
}

/** The numbers that count, each with the side that stands with it: before each ("right 2, left 4"), or behind ("2 right, 4 left"). */
function sided(items: readonly Item[]): readonly Numbered[] {
  const numbers = items.flatMap((item, at) => (item.kind === 'category' ? [{ ...item, at }] : []))
  const [first] = numbers
  if (!first) return []
  const before = items.slice(0, first.at).some(({ kind }) => kind === 'side')
  const withSides = numbers.map((number, index) => {
    const from = before ? (numbers[index - 1]?.at ?? -1) + 1 : number.at
    const next = before ? number.at : (numbers[index + 1]?.at ?? items.length)
    const end = items.findIndex(({ kind }, at) => kind === 'end' && at > number.at)
    const to = !before && end >= 0 ? Math.min(end, next) : next
    const near = items.slice(from, to)
    const parted = before ? -1 : near.findIndex(({ kind }) => kind === 'list' || kind === 'pair')
    const side = near.slice(0, parted < 0 ? undefined : parted).findLast((item) => item.kind === 'side')?.side
    return { category: number.category, last: number.last, ...(side && { side }) }
  })
  const named = withSides.filter(({ side }) => side)
  return named.length > 0 ? named : unsided(withSides, items)
}

/** Of numbers without sides the first ("1/6"), the higher one of two neighbours ("4-5"), none of a range or of two joined by "and". */
function unsided(numbers: readonly Numbered[], items: readonly Item[]): readonly Numbered[] {
  const [first, second] = numbers
  if (!first || !second) return numbers
  const join = items.find(({ kind }) => kind !== 'category' && kind !== 'side')?.kind
  if (join === 'pair') return []
  if (join !== 'to' && join !== 'out-of') return [first]
  const distance = Math.abs(numberOf(second.category) - numberOf(first.category))
  if (distance > 1 || numbers.length > 2) return join === 'to' ? [] : [first]
  return [numberOf(second.category) > numberOf(first.category) ? second : first]
}

const notAssigned: ReadonlySet<string> = new Set([
  'denied',
  'hypothetical',
  'instructed',
  'historical',
  'planned',
  'comparison',
  'other-person',
])
const isEnd = (token: Token | undefined): boolean =>
  token?.kind === 'box' || [',', ';', '(', ')', '|'].includes(token?.text ?? '')

const fromItem: Item = { kind: 'from' }

/** Is it the category that another one takes the place of ("from BI-RADS 4 to BI-RADS 2")? */
const isFrom = (name: Name, { hits }: Line): boolean =>
  hits.some((hit) => isTerm(hit, 'birads-from') && hit.last === name.first)

/** Is the category denied, of another time, or only supposed? Only what stands in the same comma part says so. */
function isSupposed(name: Name, last: number, { hits, document, sentence }: Line): boolean {
  const { tokens } = document
  let from = name.first
  while (from > sentence.first && !isEnd(tokens[from - 1])) from--
  let to = last
  while (to < sentence.last && !isEnd(tokens[to])) to++
  const isPrior = (hit: Hit, at: number): boolean =>
    isTerm(hit, 'prior-scan') &&
    ((hit.last <= name.first && hit.last >= from - 1) ||
      (hit.first >= last && hit.first <= to && isTerm(hits[at - 1], 'on') && hits[at - 1]?.first === last))
  if (hits.some(isPrior)) return true
  return hits.some((hit) => {
    const modifier = entryOf(hit, 'modifier')
    if (!modifier || !notAssigned.has(modifier.as)) return false
    const isBefore = modifier.direction !== 'backward' && hit.first >= from && hit.last <= name.first
    const reachesBack = modifier.direction === 'backward' || isNamed(hit, yearAlone)
    return isBefore || (reachesBack && hit.first >= last && hit.last <= to)
  })
}

/** The side of a category that has none of its own: the nearest of its comma part, else its label's, else the only one of its sentence. */
function sideAround(first: number, last: number, { hits, document, sentence }: Line): Side | undefined {
  const { tokens } = document
  let from = first
  while (from > sentence.first && tokens[from - 1]?.text !== ',') from--
  let to = last
  while (to < sentence.last && tokens[to]?.text !== ',') to++
  const sides = hits.filter((hit) => hasRole(hit, 'side'))
  const before = sides.filter((hit) => hit.first >= from && hit.last <= first).at(-1)
  const behind = sides.find((hit) => hit.first >= last && hit.last <= to)
  return sideOf(before) ?? sideOf(behind) ?? sentence.side ?? sidesIn(sides)
}
