import { answer, type Answer, type FormLine } from './form-line.js'
import { entryOf, type Hit } from './phrases.js'
import type { Entry } from './word-lists.js'

type Below = NonNullable<Entry['below']>

/** A unit such as "ml / kg / h" is so many tokens at most. */
const unitTokens = 5

/** Marks and words between the name of a measure and its number. */
const between = new Set([
  ':',
  '|',
  ';',
  '\t',
  '=',
  '-',
  '~',
  '(',
  'of',
  'was',
  'is',
  'at',
  'to',
  'up',
  'only',
  'just',
  '<',
  '>',
  'less',
  'more',
  'than',
  'under',
  'over',
  'below',
  'max',
  'oral',
  'tympanic',
  'today',
  'now',
])
const farthest = 5

/** Without a unit, what is higher is Fahrenheit (clinical section 2.3). */
const highestCelsius = 45

/**
 * Answers targets that are the name of a measure ("T 38.9", "Temp: 101.2 F", "urine output 0.3 mL/kg/h") by their number.
 *
 * Units:   a temperature in °C, or °F above 45; another measure only in the unit of its list.
 * Missing: without a plausible number, or without the unit, nothing is said.
 */
export function readMeasures(line: FormLine): void {
  for (const hit of line.hits) {
    const { from, below } = entryOf(hit, 'target') ?? {}
    if (from === undefined && below === undefined) continue
    const at = numberAfter(line, hit)
    answer(line, [hit], {
      state: at === undefined ? 'none' : below ? stateBelow(line, at, below) : stateFrom(line, at, from ?? 0),
      rule: 'measured',
      first: hit.first,
      last: at === undefined ? hit.last : at + 1,
    })
  }
}

function stateFrom({ tokens }: FormLine, at: number, limit: number): Answer['state'] {
  const value = celsius(Number(tokens[at]?.text))
  return value === undefined ? 'none' : value >= limit ? 'present' : 'absent'
}

/** "< 0.5" and "less than 0.5" are below 0.5, and "> 0.4" is not. */
function stateBelow({ tokens }: FormLine, at: number, { limit, unit }: Below): Answer['state'] {
  const behind = tokens.slice(at + 1, at + 1 + unitTokens).map(({ text }) => text)
  if (!behind.join('').startsWith(unit)) return 'none'
  const value = Number(tokens[at]?.text)
  const before = tokens[at - 1]?.text ?? ''
  const sign = before === 'than' ? tokens[at - 2]?.text : before
  if (sign === '>' || sign === 'more' || sign === 'over') return 'absent'
  const under = sign === '<' || sign === 'less' || sign === 'under' || sign === 'below'
  return value < limit || (under && value === limit) ? 'present' : 'absent'
}

function numberAfter({ tokens, last }: FormLine, hit: Hit): number | undefined {
  for (let at = hit.last; at < Math.min(last, hit.last + farthest); at++) {
    const token = tokens[at]
    if (token?.kind === 'number') return at
    if (!between.has(token?.text ?? '')) return undefined
  }
  return undefined
}

/** A temperature that a living adult can have, to 0.1 °C. */
function celsius(value: number): number | undefined {
  const degrees = value > highestCelsius ? ((value - 32) * 5) / 9 : value
  const rounded = Math.round(degrees * 10) / 10
  return rounded >= 30 && rounded <= highestCelsius ? rounded : undefined
}
