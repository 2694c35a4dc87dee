import { dayWords } from './dates.js'
import type { Token } from './tokens.js'
import type { Words } from './words.js'

const partsDays = new Set([',', ';', '.', '>'])
const beginsDays = new Set([...partsDays, ':'])
const endsDay = new Set([':', '-', '='])

/** A day within a line: the token that it begins with, and the one behind its number. */
interface Day {
  first: number
  last: number
  number: number
}

/**
 * Begins a line before each day of a series: "D1 red, D2 less, D3 none".
 *
 * Shape: two days or more in one line, each at the beginning of a part, with numbers that grow.
 * Edge:  the day of something ("day 2 of treatment") is none of a series.
 */
export function withDayLines(tokens: readonly Token[], { ofDays }: Words): readonly Token[] {
  const series = seriesIn(tokens, ofDays)
  if (series.size === 0) return tokens
  const lined: Token[] = []
  for (const [at, token] of tokens.entries()) {
    const day = series.get(at)
    const before = lined[lined.length - 1]
    const sign = { ...token, initial: false, capitals: false, spaces: 0, end: token.start }
    if (day && before && partsDays.has(before.text)) lined.pop()
    if (day && before && before.kind !== 'break') lined.push({ ...sign, kind: 'break', text: '\n' })
    lined.push(token)
    const labelled = [...series.values()].some(({ last }) => last === at + 1)
    if (labelled && !endsDay.has(tokens[at + 1]?.text ?? '')) lined.push({ ...sign, kind: 'mark', text: ':' })
  }
  return lined
}

function seriesIn(tokens: readonly Token[], ofDays: ReadonlySet<string>): ReadonlyMap<number, Day> {
  const series = new Map<number, Day>()
  let line: Day[] = []
  const close = (): void => {
    const grows = line.every(({ number }, at) => at === 0 || number > (line[at - 1]?.number ?? 0))
    if (line.length > 1 && grows) for (const day of line) series.set(day.first, day)
    line = []
  }
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'break') close()
    const day = dayAt(tokens, at, ofDays)
    if (day) line.push(day)
  }
  close()
  return series
}

function dayAt(tokens: readonly Token[], first: number, ofDays: ReadonlySet<string>): Day | undefined {
  const before = tokens[first - 1]
  const begins = before === undefined || before.kind === 'break' || beginsDays.has(before.text)
  const number = tokens[first + 1]
  if (!begins || !dayWords.has(tokens[first]?.text ?? '') || number?.kind !== 'number') return undefined
  return ofDays.has(tokens[first + 2]?.text ?? '')
    ? undefined
    : { first, last: first + 2, number: Number(number.text) }
}
