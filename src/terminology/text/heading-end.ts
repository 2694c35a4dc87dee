import { entryOf, hasRole, isNamed, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

const joiners = new Set(['/', '&', 'and', ','])
const inDates = new Set(['/', '.', '-', ','])
/** A bracket or date in a heading has fewer tokens than this. */
const longest = 8

/**
 * Where a heading ends that goes on before its colon: with another heading ("FINDINGS/IMPRESSION:"), a bracket ("PRIOR REPORT (copied):"),
 * a date ("COMPARISON 12/3/24:") or a time ("Exam today:", "Goals for this week:").
 *
 * Shape: the token behind the last of them.
 */
export function headingEnd(hit: Hit, hits: readonly Hit[], tokens: readonly Token[]): number {
  let end = hit.last
  for (let next = partEnd(end, hits, tokens); next > end; next = partEnd(end, hits, tokens)) end = next
  return tokens[end]?.text === ':' ? end : hit.last
}

function partEnd(from: number, hits: readonly Hit[], tokens: readonly Token[]): number {
  const text = tokens[from]?.text ?? ''
  if (joiners.has(text)) {
    const other = hits.find(({ first }) => first === from + 1)
    if (other && hasRole(other, 'heading')) return other.last
  }
  if (text === '(' || text === '[') return closing(from, tokens)
  return timeEnd(from, hits, tokens) ?? dateEnd(from, tokens)
}

/** Behind the words for a time, with the small words around it. */
function timeEnd(from: number, hits: readonly Hit[], tokens: readonly Token[]): number | undefined {
  let at = from
  let isTime = false
  while (at < from + longest && tokens[at]?.text !== ':') {
    const hit = hits.find(({ first }) => first === at)
    const number = tokens[at]?.kind === 'number'
    if (!number && !(hit && (isTimeToCome(hit) || isNamed(hit, 'filler')))) return undefined
    isTime ||= hit !== undefined && isTimeToCome(hit)
    at = hit && !number ? hit.last : at + 1
  }
  return isTime ? at : undefined
}

/** Now or to come; "Exam on admission:" is no heading of what is so now. */
const isTimeToCome = (hit: Hit): boolean => hasRole(hit, 'time') || entryOf(hit, 'modifier')?.as === 'planned'

function closing(from: number, tokens: readonly Token[]): number {
  for (let at = from; at < from + longest; at++)
    if (tokens[at]?.text === ')' || tokens[at]?.text === ']') return at + 1
  return from
}

/** Behind a date; one number alone may be a category ("BI-RADS 2:"). */
function dateEnd(from: number, tokens: readonly Token[]): number {
  let at = from
  let numbers = 0
  for (; at < from + longest; at++) {
    if (tokens[at]?.kind === 'number') numbers++
    else if (at === from || !inDates.has(tokens[at]?.text ?? '')) break
  }
  return numbers > 1 ? at : from
}
