import { entryOf, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

/** A date at the beginning of a sentence: a number that grows with the days, and the token behind it. */
export interface StampedDate {
  day: number
  last: number
  /** It is a day of the week: its number says nothing beyond the order of days that follow one another. */
  ofWeek?: true
}

const leadIns = new Set([
  'on',
  'note',
  'notes',
  'of',
  'seen',
  'dated',
  'visit',
  'review',
  'the',
  'exam',
  '[',
  '(',
  'day',
  'd',
])
const longestLeadIn = 4
const monthPrefix = 'month-'
const weekdayPrefix = 'weekday-'

/** The words before the number of a day. */
export const dayWords: ReadonlySet<string> = new Set(['day', 'd'])

/**
 * The date that a sentence begins with: "12 Nov:", "Nov 12", "28/11", "2024-11-28", "Day 3:", "Mon:", "Wed (today):".
 *
 * Edge: numbers with a slash are day and month; a day count needs a colon or dash behind it.
 */
export function dateAt(
  first: number,
  last: number,
  tokens: readonly Token[],
  hits: readonly Hit[],
): StampedDate | undefined {
  let at = first
  while (at < Math.min(last, first + longestLeadIn) && leadIns.has(tokens[at]?.text ?? '')) at++
  const weekday = weekdayAt(first, last, tokens, hits)
  if (weekday) return weekday
  const dayCount = dayWords.has(tokens[at - 1]?.text ?? '')
  const month = monthAt(at, hits)
  const one = numberAt(tokens, at)
  if (month !== undefined) {
    const day = numberAt(tokens, at + 1)
    return day === undefined ? undefined : { day: month * 31 + day, last: at + 2 }
  }
  if (one === undefined || !Number.isInteger(one)) return undefined
  if (dayCount) return isLabelEnd(tokens[at + 1]) ? { day: one, last: at + 1 } : undefined
  const named = monthAt(at + 1, hits) ?? monthAt(at + 2, hits)
  if (named !== undefined)
    return { day: named * 31 + one, last: at + (monthAt(at + 1, hits) === undefined ? 3 : 2) }
  const two = numberAt(tokens, at + 2)
  const joined = tokens[at + 1]?.text === '/' || tokens[at + 1]?.text === '-'
  if (!joined || two === undefined || two < 1 || two > 12 || one > 31 || tokens[at + 2]?.spaces !== 0)
    return undefined
  return { day: two * 31 + one, last: at + 3 }
}

/** A day of the week with a colon or dash behind it, or behind its bracket. */
function weekdayAt(
  first: number,
  last: number,
  tokens: readonly Token[],
  hits: readonly Hit[],
): StampedDate | undefined {
  const names = hits.find((hit) => hit.first === first)?.phrase.names ?? []
  const name = names.find((one) => one.startsWith(weekdayPrefix))
  if (name === undefined) return undefined
  let end = first + 1
  if (tokens[end]?.text === '(') while (end < last && tokens[end - 1]?.text !== ')') end++
  return isLabelEnd(tokens[end])
    ? { day: Number(name.slice(weekdayPrefix.length)), last: end, ofWeek: true }
    : undefined
}

const week = 7

/** The number of a weekday that follows another day of a text. */
export const dayAfter = (before: number, weekday: number): number =>
  before + ((((weekday - before) % week) + week) % week)

function monthAt(at: number, hits: readonly Hit[]): number | undefined {
  const hit = hits.find(({ first }) => first === at)
  const as = hit && entryOf(hit, 'time')?.as
  return as?.startsWith(monthPrefix) ? Number(as.slice(monthPrefix.length)) : undefined
}

function numberAt(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  return token?.kind === 'number' ? Number(token.text) : undefined
}

const isLabelEnd = (token: Token | undefined): boolean => token?.text === ':' || token?.text === '-'

/** From one date to the next year's is more than half a year back. */
const halfYear = 6 * 31
const year = 12 * 31

/** Which of the days are before the newest one; months before the turn of the year count as earlier. */
export function pastDays(days: readonly number[]): ReadonlySet<number> {
  if (days.length === 0) return new Set()
  const wraps = highest(days) + highest(days.map((day) => -day)) > halfYear
  const ordered = (day: number): number => (wraps && day < halfYear ? day + year : day)
  const newest = highest(days.map(ordered))
  return new Set(days.filter((day) => ordered(day) < newest))
}

const highest = (numbers: readonly number[]): number =>
  numbers.reduce((most, one) => Math.max(most, one), -Infinity)
