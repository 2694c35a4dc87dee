import { partAround } from './clause-around.js'
import type { Part } from './clauses.js'
import type { Document, Mention } from './document.js'
import { entryOf, isNamed, type Hit } from './phrases.js'

/** The lists of the words of a duration, with the days that one of their unit has. */
const daysOfUnit: readonly (readonly [id: string, days: number])[] = [
  ['duration-days', 1],
  ['duration-weeks', 7],
  ['duration-months', 30],
]

/** Short forms after a slash: "3/7" is three days, "5/52" five weeks, "2/12" two months. */
const daysOfDivisor: ReadonlyMap<string, number> = new Map([
  ['7', 1],
  ['52', 7],
  ['12', 30],
])

/** So many words may stand between "for" and the number ("for about the last 3 weeks"). */
const leadReach = 4
const unitReach = 2

/**
 * How long a sign has been there, as its comma part states ("red for 3 weeks", "x 5/52", "3-week history of redness").
 *
 * Units:   days; a month is 30 days.
 * Edge:    the longest of several. A duration of something else that the part names (an antibiotic, feeding, the time since birth) does not
 *          count, nor does a number without a word of duration before or behind it ("seen 3 weeks ago").
 * Missing: undefined when the part states none.
 */
export function statedDays(mention: Mention, document: Document): number | undefined {
  const part = partAround(mention, document)
  if (!part || part.hits.some((hit) => isNamed(hit, 'duration-of-other'))) return undefined
  const days: number[] = []
  for (let at = part.first; at < part.last; at++) {
    const count = countAt(at, part.hits, document)
    const unit = count === undefined ? undefined : unitAfter(at, part, document)
    if (count !== undefined && unit && (isLed(at, part) || isFollowed(unit, part)))
      days.push(count * unit.days)
  }
  return days.length > 0 ? Math.max(...days) : undefined
}

const numberPrefix = 'number-'

/** The number that stands here in digits or as a word. */
function countAt(at: number, hits: readonly Hit[], { tokens }: Document): number | undefined {
  if (tokens[at]?.kind === 'number') return Number(tokens[at].text)
  const hit = hits.find(({ first }) => first === at)
  const as = hit && entryOf(hit, 'term')?.as
  return as?.startsWith(numberPrefix) ? Number(as.slice(numberPrefix.length)) : undefined
}

interface Unit {
  days: number
  first: number
  last: number
}

/** The unit behind the number that stands here. */
function unitAfter(at: number, part: Part, { tokens }: Document): Unit | undefined {
  if (tokens[at + 1]?.text === '/' && at + 2 < part.last) {
    const days = daysOfDivisor.get(tokens[at + 2]?.text ?? '')
    return days === undefined ? undefined : { days, first: at + 2, last: at + 3 }
  }
  const next = part.hits.find(({ first }) => first > at && first <= at + unitReach)
  const [, days] = daysOfUnit.find(([id]) => next && isNamed(next, id)) ?? []
  return next && days !== undefined ? { days, first: next.first, last: next.last } : undefined
}

const isLed = (at: number, { hits }: Part): boolean =>
  hits.some((hit) => isNamed(hit, 'duration-lead') && hit.last <= at && at - hit.last < leadReach)

const isFollowed = (unit: Unit, { hits }: Part): boolean =>
  hits.some((hit) => isNamed(hit, 'duration-behind') && (hit.first === unit.first || hit.first === unit.last))
