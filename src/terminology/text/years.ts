import { entryOf, phraseOf, type Hit } from './phrases.js'
import type { Token } from './tokens.js'

/** The phrase of a year, and the words before one in prose. */
interface YearWords {
  year: Hit['phrase']
  yearLeads: ReadonlySet<string>
}

const first = 1950
const last = 2099

/**
 * Adds a year that stands alone to the hits: what its clause names is of an earlier time ("Urosepsis 2019", "assigned in 2022").
 *
 * Edge: in a name any such number is a year; in prose only behind a word such as "in" or a month, as "2030" may be a time of the day. A
 *       beginning ("since 2019") and what lasts once it has begun are of now.
 */
export function withYears(
  hits: readonly Hit[],
  tokens: readonly Token[],
  { words, name }: { words: YearWords; name: boolean },
): readonly Hit[] {
  const years: Hit[] = []
  for (const [at, token] of tokens.entries())
    if (isYear(token) && standsAlone(at, tokens) && (name || isLedIn(at, tokens, { words, hits })))
      years.push({ phrase: words.year, first: at, last: at + 1 })
  if (years.length === 0) return hits
  const free = years.filter((year) => !hits.some((hit) => hit.first <= year.first && year.first < hit.last))
  return [...hits, ...free].sort((one, other) => one.first - other.first)
}

const isYear = ({ kind, text }: Pick<Token, 'kind' | 'text'>): boolean =>
  kind === 'number' && text.length === 4 && Number(text) >= first && Number(text) <= last

/** It is no part of a date in numbers, and nothing is measured by it. */
function standsAlone(at: number, tokens: readonly Token[]): boolean {
  const [before, next] = [tokens[at - 1], tokens[at + 1]]
  const joined = (token: Token | undefined): boolean => ['/', '-', ':'].includes(token?.text ?? '')
  return (
    !(joined(before) && tokens[at - 2]?.kind === 'number') &&
    !(joined(next) && tokens[at + 2]?.kind === 'number')
  )
}

function isLedIn(
  at: number,
  tokens: readonly Token[],
  { words, hits }: { words: YearWords; hits: readonly Hit[] },
): boolean {
  if (words.yearLeads.has(tokens[at - 1]?.text ?? '')) return true
  const before = hits.find((hit) => hit.last === at)
  return before !== undefined && (entryOf(before, 'time')?.as.startsWith('month-') ?? false)
}

/** The year that a number is, or that a date in numbers ends with ("12.11.2019"). */
export function yearIn({ kind, text }: Token): number | undefined {
  const year = kind === 'break' ? undefined : /(?:^|\D)(\d{4})$/.exec(text)?.[1]
  return year !== undefined && isYear({ kind: 'number', text: year }) ? Number(year) : undefined
}

/** What a year means beside targets; those of `lasting` stay. */
export const yearPhrase = (lasting: readonly string[]): Hit['phrase'] =>
  phraseOf([
    {
      id: yearAlone,
      role: 'modifier',
      as: 'historical',
      direction: 'either',
      reach: 'clause',
      unless: ['onset', ...lasting],
    },
  ])

/** The name of a year among the hits. */
export const yearAlone = 'year-alone'
