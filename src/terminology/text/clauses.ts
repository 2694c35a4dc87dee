import { entryOf, hasRole, names, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

/** A part of a sentence between commas and the like; tokens and hits from first to last, the last ones not counted. */
export interface Part {
  first: number
  last: number
  hits: readonly Hit[]
  /** Does a clause of its own begin here? What was said of the clause before does not reach it. */
  clauseStart: boolean
  /** Does it hold a size behind a colon? A denial before the colon does not reach it. */
  sizedAnew: boolean
  /** The mark or word at which it ends, empty at the end of the sentence. */
  endsAt: string
  /** Is every word of it in one of the hits? */
  known: boolean
  /** Does it begin with a place, side or person of its own? */
  ownSubject: boolean
}

interface Boundary {
  /** Where the part before ends, and the next begins. */
  end: number
  next: number
  clause: boolean
  /** A size follows. */
  sized?: boolean
}

/**
 * Cuts a sentence into parts: at commas, brackets, colons, boxes, dashes and slashes between spaces, at "but" and its like, at an
 * "and" with a clause behind it, and where a modifier says that it ends.
 *
 * Edge:   a part behind a comma begins a clause if it says something by itself (see `standsAlone`), else it goes on with the list.
 * Source: clinical section 2.9 step 5.
 */
export function partsOf(first: number, last: number, tokens: readonly Token[], hits: readonly Hit[]): Part[] {
  const parts: Part[] = []
  let start = first
  let clauseStart = true
  let sizedAnew = false
  let taken = 0
  const close = ({ end, next, clause, sized = false }: Boundary): void => {
    const from = taken
    while (taken < hits.length && (hits[taken]?.first ?? end) < end) taken++
    if (end > start) {
      const mine = hits.slice(from, taken)
      parts.push({
        first: start,
        last: end,
        hits: mine,
        clauseStart,
        sizedAnew,
        ownSubject: beginsWithSubject(mine),
        endsAt: tokens[end]?.text ?? '',
        known: isKnown(start, end, mine, tokens),
      })
    }
    clauseStart = clause || (end <= start && clauseStart)
    sizedAnew = sized
    start = next
  }
  let inHit = 0
  let until: readonly string[] | undefined
  for (let at = first; at < last; at++) {
    while (inHit < hits.length && (hits[inHit]?.last ?? 0) <= at) inHit++
    const hit = hits[inHit]
    const covering = hit && hit.first <= at ? hit : undefined
    const sentence = { tokens, hits, last, until }
    const boundary = covering ? cutAt(at, covering, inHit, sentence) : boundaryAt(at, inHit, sentence)
    if (boundary) close(boundary)
    if (covering?.first === at) until = endsFrom(covering, until)
  }
  close({ end: last, next: last, clause: false })
  return parts
}

interface Sentence {
  tokens: readonly Token[]
  hits: readonly Hit[]
  last: number
  /** The lists whose next word ends the clause, as a modifier before it says. */
  until: readonly string[] | undefined
}

/** The meaning of words that belong to the clause before them ("turned out to be"). */
const cutsBehind = 'behind'

/** The lists whose next word ends the clause that goes on behind this hit. */
function endsFrom(hit: Hit, until: readonly string[] | undefined): readonly string[] | undefined {
  if (until && names([hit], until)) return undefined
  return entryOf(hit, 'modifier')?.until ?? until
}

/** A hit parts clauses if it is a word such as "but", the one that a modifier reaches to, or an "and" with a clause behind it. */
function cutAt(at: number, hit: Hit, index: number, sentence: Sentence): Boundary | undefined {
  if (hit.first !== at) return undefined
  const cut = entryOf(hit, 'cut')
  if (cut?.as === cutsBehind) return { end: hit.last, next: hit.last, clause: true }
  if (cut || (sentence.until && names([hit], sentence.until))) return { end: at, next: at, clause: true }
  if (entryOf(hit, 'joiner')?.as !== 'and') return undefined
  return standsAlone(hit.last, index + 1, sentence) ? { end: at, next: at, clause: true } : undefined
}

function boundaryAt(at: number, index: number, sentence: Sentence): Boundary | undefined {
  const token = sentence.tokens[at]
  if (!token) return undefined
  const next = at + 1
  if (token.kind === 'box') return { end: at, next, clause: true }
  if (token.kind === 'fold' || token.text === ',')
    return { end: at, next, clause: standsAlone(next, index, sentence) }
  if (token.kind === 'tab' || token.kind === 'leader') return { end: at, next, clause: false }
  if (token.kind !== 'mark') return undefined
  switch (token.text) {
    case '/':
      return isSpaced(at, sentence)
        ? { end: at, next, clause: standsAlone(next, index, sentence) }
        : undefined
    case '-':
      return isSpaced(at, sentence) ? { end: at, next, clause: true } : undefined
    case '|':
      return { end: at, next, clause: true }
    case ':':
      if (sentence.tokens[at - 1]?.kind === 'number' && sentence.tokens[next]?.kind === 'number')
        return undefined
      return { end: at, next, clause: false, sized: isSized(next, index, sentence) }
    case '(':
    case ')':
    case '[':
    case ']':
      return { end: at, next, clause: false }
    default:
      return undefined
  }
}

const isSpaced = (at: number, { tokens }: Sentence): boolean =>
  (tokens[at]?.spaces ?? 0) > 0 && (tokens[at + 1]?.spaces ?? 1) > 0

/** Is every word between the tokens in one of the hits? */
function isKnown(first: number, last: number, hits: readonly Hit[], tokens: readonly Token[]): boolean {
  const covered = hits.reduce((sum, hit) => sum + hit.last - hit.first, 0)
  let words = 0
  for (let at = first; at < last; at++) if (tokens[at]?.kind === 'word') words++
  return covered >= words
}

/** Does the part begin with a place, side or person, before its verb and targets? */
function beginsWithSubject(hits: readonly Hit[]): boolean {
  for (const hit of hits) {
    if (hasRole(hit, 'target') || hasRole(hit, 'verb')) return false
    if (isSubject(hit)) return true
  }
  return false
}

const isSubject = (hit: Hit): boolean =>
  hasRole(hit, 'place') || hasRole(hit, 'side') || hasRole(hit, 'subject')

const ends = new Set([',', '(', ')', '[', ']', '|', ';'])

/** The hits of the part that would begin here, to the word that begins another clause within it ("if", "but"). */
function hitsAhead(from: number, index: number, { tokens, hits, last }: Sentence): readonly Hit[] {
  let end = from
  while (end < last && !ends.has(tokens[end]?.text ?? '') && tokens[end]?.kind !== 'fold') end++
  const mine: Hit[] = []
  for (let at = index; at < hits.length; at++) {
    const hit = hits[at]
    if (!hit || hit.first >= end || (mine.length > 0 && opensClause(hit))) break
    if (hit.first >= from) mine.push(hit)
  }
  return mine
}

const opensClause = (hit: Hit): boolean =>
  hasRole(hit, 'cut') ||
  entryOf(hit, 'modifier')?.as === 'hypothetical' ||
  entryOf(hit, 'modifier')?.as === 'instructed'

/**
 * Does a part that begins here speak for itself? It does with a verb, with a place before an adjective ("breast red"), with a time
 * before everything else, with a word of its own for yes or no, and with a size or score; an "or" makes it go on with a list.
 */
function standsAlone(from: number, index: number, sentence: Sentence): boolean {
  const mine = hitsAhead(from, index, sentence)
  const [begin] = mine
  if (!begin) return false
  if (hasRole(begin, 'time') || hasRole(begin, 'cut') || isPolar(begin)) return true
  if (mine.some((hit) => entryOf(hit, 'joiner')?.as === 'or')) return false
  if (mine.some((hit) => hasRole(hit, 'verb')) || isSized(from, index, sentence)) return true
  let placed = false
  for (const hit of mine) {
    if (placed && (hasRole(hit, 'normal') || isAdjective(hit))) return true
    if (isSubject(hit)) placed = true
  }
  return false
}

/** Does the part that would begin here hold a target with a number with a unit, or with a score ("2/10")? */
function isSized(from: number, index: number, sentence: Sentence): boolean {
  const { tokens } = sentence
  const mine = hitsAhead(from, index, sentence)
  const end = mine.at(-1)?.last ?? from
  if (!mine.some((hit) => hasRole(hit, 'target'))) return false
  if (mine.some((hit) => hasRole(hit, 'unit') && tokens[hit.first - 1]?.kind === 'number')) return true
  for (let at = from; at < Math.min(end + 2, sentence.last); at++)
    if (tokens[at]?.kind === 'number' && tokens[at + 1]?.text === '/' && tokens[at + 2]?.kind === 'number')
      return true
  return false
}

const isAdjective = (hit: Hit): boolean => entryOf(hit, 'target')?.form === 'adjective'

const isPolar = (hit: Hit): boolean =>
  hasRole(hit, 'modifier') &&
  hit.phrase.entries.some(
    ({ role, as, direction }) =>
      role === 'modifier' && direction === 'forward' && (as === 'denied' || as === 'affirmed'),
  )
