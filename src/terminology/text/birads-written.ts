import type { Document, Side } from './document.js'
import type { Hit } from './phrases.js'
import { hitIndexFrom } from './sentence-hits.js'
import { sideOf } from './sides.js'
import type { Token } from './tokens.js'

/** A BI-RADS category as written: 0 to 6, or 4a, 4b, 4c. */
export type Category = 0 | 1 | 2 | 3 | 4 | 5 | 6 | '4a' | '4b' | '4c'

/** The number of a category, without its letter. */
export const numberOf = (category: Category): number =>
  typeof category === 'number' ? category : Number(category.charAt(0))

/** What stands behind the name of a category: its numbers, their sides, and what joins them. */
export type Item =
  | { kind: 'category'; category: Category; first: number; last: number }
  | { kind: 'side'; side: Side; last: number }
  | { kind: 'list' | 'pair' | 'to' | 'out-of' | 'from' | 'end' }

/** Is the hit a word of this list? */
export const isTerm = (hit: Hit | undefined, id: string): boolean =>
  hit !== undefined && hit.phrase.entries.some((entry) => entry.role === 'term' && entry.id === id)

const inWords: ReadonlyMap<string, number> = new Map([
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six'].map((word, at) => [word, at] as const),
  ...['i', 'ii', 'iii', 'iv', 'v', 'vi'].map((word, at) => [word, at + 1] as const),
])
const fillers = new Set(
  ': = - ( ) [ ] # ® ™ . " is of the as for a in on at was remains now breast breasts r tm side'.split(' '),
)
const joins: ReadonlyMap<string, 'list' | 'pair' | 'to' | 'out-of'> = new Map([
  [',', 'list'],
  ['/', 'out-of'],
  ['-', 'to'],
  ['and', 'pair'],
  ['or', 'pair'],
  ['&', 'pair'],
  ['to', 'to'],
  ['through', 'to'],
])

/** Numbers and sides stand within so many tokens of the name of the category. */
const farthest = 60

/**
 * The numbers and sides from a token on, behind the name of a category, up to the first word that belongs to something else.
 *
 * Shape: goes on in the next lines as long as each holds a side and a number ("BI-RADS" alone on a line, "Right: 2" below it).
 * Edge:  behind a full stop a side goes on only where each number has its side before it ("Right: 1. Left: 4."). A measure ("3 cm"), a count of time and an ordinal ("5th edition") are no categories; nor is one beside an empty box.
 */
export function itemsFrom(start: number, { tokens, hits }: Document): readonly Item[] {
  const items: Item[] = []
  let hitAt = hitIndexFrom(hits, start)
  for (let at = start; at < Math.min(tokens.length, start + farthest);) {
    while (hitAt < hits.length && (hits[hitAt]?.first ?? 0) < at) hitAt++
    const hit = hits[hitAt]?.first === at ? hits[hitAt] : undefined
    const item = itemAt(at, hit, tokens, items)
    if (!item) break
    if (item !== 'filler') items.push(item)
    at = itemEnd(item, at, hit)
  }
  return items
}

function itemAt(
  at: number,
  hit: Hit | undefined,
  tokens: readonly Token[],
  before: readonly Item[],
): Item | 'filler' | undefined {
  const token = tokens[at]
  const text = token?.text ?? ''
  const hasNumber = before.some(({ kind }) => kind === 'category')
  const side = sideOf(hit)
  const hasSide = before.some(({ kind }) => kind === 'side')
  if (side && hasNumber && !hasSide && tokens[at - 1]?.text === '.') return undefined
  if (hit && side) return { kind: 'side', side, last: hit.last }
  const category = categoryAt(at, tokens)
  if (category) return tokens[at - 1]?.text === emptyBox ? 'filler' : category
  if (token?.kind === 'break' || text === ';') return { kind: 'end' }
  if (isTerm(hit, 'birads-from')) return { kind: 'from' }
  const join = hasNumber || text === 'to' ? joins.get(text) : undefined
  if (join) return { kind: join }
  return isTerm(hit, 'birads-filler') ||
    isTerm(hit, 'birads-became') ||
    token?.kind === 'box' ||
    (isTerm(hit, 'category-meaning') && hasSide) ||
    fillers.has(text)
    ? 'filler'
    : undefined
}

const emptyBox = 'box'

const itemEnd = (item: Item | 'filler', at: number, hit: Hit | undefined): number =>
  item !== 'filler' && 'last' in item ? item.last : Math.max(at + 1, hit?.last ?? 0)

const measured = /^(?:mm|cm|x|th|nd|rd|st|month|week|day|year|hour)s?$/

const fourWithLetter = /^iv([abc])$/

function categoryAt(at: number, tokens: readonly Token[]): (Item & { kind: 'category' }) | undefined {
  const token = tokens[at]
  const next = tokens[at + 1]
  const roman = fourWithLetter.exec(token?.text ?? '')
  if (roman) return { kind: 'category', category: `4${roman[1]}` as Category, first: at, last: at + 1 }
  const number = /^[0-6]$/.test(token?.text ?? '') ? Number(token?.text) : inWords.get(token?.text ?? '')
  if (number === undefined) return undefined
  const lettered = number === 4 && /^[abc]$/.test(next?.text ?? '') && (next?.spaces === 0 || next?.initial)
  if (next && lettered)
    return { kind: 'category', category: `4${next.text}` as Category, first: at, last: at + 2 }
  if (next && (measured.test(next.text) || (next.kind === 'word' && next.start === token?.end)))
    return undefined
  return { kind: 'category', category: number as Category, first: at, last: at + 1 }
}
