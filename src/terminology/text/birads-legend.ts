import { isTerm } from './birads-written.js'
import type { Document, Span } from './document.js'
import { hasRole, type Hit } from './phrases.js'
import { hitIndexFrom, sentenceAt } from './sentence-hits.js'
import type { Token } from './tokens.js'

/** A number with the meaning of its category behind it ("4: suspicious"), in tokens. */
interface Explained extends Span {
  number: number
  /** Is it written as the number of a list item ("2. Benign cyst")? */
  item: boolean
}

const between = new Set(': = - ( ) . or and above higher means is category'.split(' '))
const farthest = 7
/** The name of a category is one of so many hits before its meaning. */
const nearHits = 6
/** A row of fewer list items is an impression in numbers, not a legend. */
const fewestItems = 4

/**
 * The printed legends of a report: two or more categories with their meanings in a row.
 *
 * Shape:  spans in tokens.
 * Edge:   a row does not go on over a side, a bracket or another finding, and its numbers rise; a row that begins with a category and a
 *         full stop explains from the second on ("BI-RADS 2: benign. BI-RADS 3: probably benign, BI-RADS 4: suspicious").
 * Source: clinical changes C6 (1)
 */
export function legendsOf(document: Document): readonly Span[] {
  const legends: Span[] = []
  let row: Explained[] = []
  const close = (): void => {
    const [first] = row
    const last = row.at(-1)
    const isRow = row.length > 1 && (row.length >= fewestItems || !row.some(({ item }) => item))
    if (first && last && (isRow || isScale(first, document)))
      legends.push({ start: first.start, end: last.end })
    row = []
  }
  for (const one of explainedIn(document)) {
    const before = row.at(-1)
    if (before && !(one.number > before.number && isInRow(before, one, document))) close()
    const [begin] = row
    if (row.length === 1 && begin && endsItsSentence(begin, one, document)) row = []
    row.push(one)
  }
  close()
  return legends
}

function explainedIn({ tokens, hits }: Document): readonly Explained[] {
  return hits.flatMap((hit, index) => {
    if (!isTerm(hit, 'category-meaning')) return []
    let at = hit.first - 1
    while (at >= 0 && between.has(tokens[at]?.text ?? '')) at--
    const number = numberAt(at, tokens)
    if (number === undefined) return []
    const name = hits
      .slice(Math.max(0, index - nearHits), index)
      .findLast(({ last }) => last <= at && at - last <= 2)
    const named = name && (isTerm(name, 'birads-names') || isTerm(name, 'birads-category'))
    const item = !named && /^[.)]$/.test(tokens[at + 1]?.text ?? '')
    return [{ number, start: named ? name.first : at, end: hit.last, item }]
  })
}

const numberAt = (at: number, tokens: readonly Token[]): number | undefined =>
  /^[0-6]$/.test(tokens[at]?.text ?? '') ? Number(tokens[at]?.text) : undefined

/** Do only separators and words of the meaning stand between? */
function isInRow(one: Explained, next: Explained, { tokens, hits, sentences }: Document): boolean {
  if (next.start - one.end > farthest) return false
  const label = sentenceAt(sentences, one.start)?.side
  if (label !== sentenceAt(sentences, next.start)?.side) return false
  if (tokens.slice(one.end, next.start).some(({ text }) => text === '(' || text === '[')) return false
  for (let at = hitIndexFrom(hits, one.end); (hits[at]?.last ?? Infinity) <= next.start; at++)
    if (parts(hits[at])) return false
  return true
}

const parts = (hit: Hit | undefined): boolean =>
  hit !== undefined && (hasRole(hit, 'side') || hasRole(hit, 'heading') || isTerm(hit, 'modality'))

/** The first of a row is the one assigned when a full stop parts it alone from the others. */
function endsItsSentence(first: Explained, second: Explained, { tokens }: Document): boolean {
  const named = tokens[first.start]?.kind === 'word' && first.number > 1
  return named && tokens.slice(first.end, second.start).some(({ text }) => text === '.')
}

/** "4 and above means suspicious" explains by itself. */
function isScale({ start, end }: Explained, { tokens }: Document): boolean {
  return tokens
    .slice(start, end)
    .some(({ text }) => text === 'above' || text === 'means' || text === 'higher')
}
