import { dateAt } from './dates.js'
import type { Sentence } from './document.js'
import { headingEnd } from './heading-end.js'
import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import type { Stretch } from './sentences.js'
import { sidesIn } from './sides.js'
import type { Token } from './tokens.js'
import type { ModifierMeaning } from './word-lists.js'

/** Side and place of the label that sentences stand under. */
export type Label = Pick<Sentence, 'side' | 'place'>

/** What a sentence begins with, and the token behind it. */
export interface Lead {
  first: number
  heading?: string
  implied?: ModifierMeaning | undefined
  label?: Label
  day?: number
  /** The day is one of the week. */
  ofWeek?: true
  /** It speaks of today. */
  now?: boolean
}

/**
 * What a sentence begins with: a date, a heading, a label of place.
 *
 * Shape: a heading is a listed word before a colon, dash or question mark, or alone on its line; a label of place holds only places and
 *        sides. `first` is the token behind them.
 */
export function leadOf(stretch: Stretch, tokens: readonly Token[], hits: readonly Hit[]): Lead {
  const heading = headingAt(stretch.first, stretch, tokens, hits)
  const date = heading ? undefined : dateAt(stretch.first, stretch.last, tokens, hits)
  const behindDate = date && afterSeparator(date.last, stretch, tokens)
  const later = behindDate === undefined ? undefined : headingAt(behindDate, stretch, tokens, hits)
  const lead: Lead = heading ?? later ?? { first: behindDate ?? stretch.first }
  if (date) lead.day = date.day
  if (date?.ofWeek) lead.ofWeek = true
  const now = !heading && !later && hits.some((hit) => hit.first === lead.first && isNow(hit))
  if (now) lead.now = true
  const place = labelAt(lead.first, stretch, tokens, hits)
  if (!place) return lead
  lead.label = place.label
  lead.first = place.first
  return lead
}

const isNow = (hit: Hit): boolean => entryOf(hit, 'time')?.as === 'now'

const separators = new Set([':', '-', '?', '=', ']', ')'])

const afterSeparator = (at: number, { last }: Stretch, tokens: readonly Token[]): number =>
  at < last && separators.has(tokens[at]?.text ?? '') ? at + 1 : at

/** The heading that the sentence begins with. */
function headingAt(
  first: number,
  stretch: Stretch,
  tokens: readonly Token[],
  hits: readonly Hit[],
): Lead | undefined {
  if (!hits.some((hit) => hasRole(hit, 'heading'))) return undefined
  const opened = tokens[first]?.text === '[' || tokens[first]?.text === '('
  const from = opened ? first + 1 : first
  const mine = hits.filter((hit) => hit.first >= from)
  const at = mine.findIndex((hit) => hasRole(hit, 'heading'))
  const hit = mine[at]
  const entry = hit && entryOf(hit, 'heading')
  if (!hit || !entry) return undefined
  const before = mine.slice(0, at)
  if (!onlyPlaces(from, hit.first, before)) return undefined
  const lead = { heading: entry.as, implied: entry.implies, label: labelOf(before) }
  if (opened || entry.as === copied) {
    return { ...lead, first: closingOf(hit.last, stretch, tokens) }
  }
  const end = headingEnd(hit, mine, tokens)
  if (end < stretch.last && endsHeading(hit, tokens[end], tokens)) return { ...lead, first: end + 1 }
  return hit.last === stretch.last && stretch.atLineStart && stretch.atLineEnd
    ? { ...lead, first: hit.last }
    : undefined
}

/** A colon, dash or question mark; behind a heading of one letter also a slash ("O/ breasts soft"). */
function endsHeading(hit: Hit, next: Token | undefined, tokens: readonly Token[]): boolean {
  if (separators.has(next?.text ?? '')) return true
  const start = tokens[hit.first]
  return (
    next?.text === '/' &&
    (tokens[hit.last + 1]?.spaces ?? 0) > 0 &&
    start !== undefined &&
    start.end - start.start === 1 &&
    start.initial
  )
}

/** A note that was carried over needs no colon. */
const copied = 'copied'

/** Behind the bracket or colon that ends a heading, else behind the heading. */
function closingOf(from: number, { last }: Stretch, tokens: readonly Token[]): number {
  for (let at = from; at < last; at++) if ([':', ']', ')'].includes(tokens[at]?.text ?? '')) return at + 1
  return from
}

/**
 * The label of place that the sentence begins with ("Right breast:"), or that it is ("Side: left").
 *
 * Edge: without a colon or dash, only a line of its own is a label.
 */
function labelAt(
  first: number,
  stretch: Stretch,
  tokens: readonly Token[],
  hits: readonly Hit[],
): { label: Label; first: number } | undefined {
  const { last } = stretch
  const places: Hit[] = []
  let behind: number | undefined
  let at = first
  for (const hit of hits) {
    if (hit.first < at) continue
    while (at < hit.first && isLabelMark(tokens[at])) behind = ++at
    if (hit.first !== at || !(isPlace(hit) || isNamed(hit, 'side-word'))) break
    if (isPlace(hit)) places.push(hit)
    at = hit.last
  }
  while (at < last && isLabelMark(tokens[at])) behind = ++at
  if (places.length === 0) return undefined
  const label = labelOf(places)
  if (at >= last && (label.side !== undefined || (stretch.atLineStart && stretch.atLineEnd)))
    return { label, first: last }
  return behind === undefined ? undefined : { label, first: behind }
}

const isLabelMark = (token: Token | undefined): boolean =>
  token?.kind === 'mark' &&
  (token.text === ':' ||
    token.text === '=' ||
    token.text === '(' ||
    token.text === ')' ||
    (token.text === '-' && token.spaces > 0))

const isPlace = (hit: Hit): boolean =>
  !hasRole(hit, 'target') && (hasRole(hit, 'place') || hasRole(hit, 'side'))

function onlyPlaces(first: number, last: number, hits: readonly Hit[]): boolean {
  return hits.every(isPlace) && hits.reduce((sum, hit) => sum + hit.last - hit.first, 0) === last - first
}

function labelOf(hits: readonly Hit[]): Label {
  const side = sidesIn(hits)
  const place = hits.flatMap((hit) => entryOf(hit, 'place')?.as ?? []).at(-1)
  return { ...(side && { side }), ...(place !== undefined && { place }) }
}
