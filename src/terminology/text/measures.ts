import { answer, type FormLine } from './form-line.js'
import { entryOf, type Hit } from './phrases.js'

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
 * Answers targets that are the name of a measure ("T 38.9", "Temp: 101.2 F") by their number.
 *
 * Units:   °C, or °F above 45; the limit of the list is in °C.
 * Missing: without a plausible number nothing is said.
 */
export function readMeasures(line: FormLine): void {
  for (const hit of line.hits) {
    const limit = entryOf(hit, 'target')?.from
    if (limit === undefined) continue
    const at = numberAfter(line, hit)
    const value = at === undefined ? undefined : celsius(Number(line.tokens[at]?.text))
    const state = value === undefined ? 'none' : value >= limit ? 'present' : 'absent'
    answer(line, [hit], {
      state,
      rule: 'measured',
      first: hit.first,
      last: at === undefined ? hit.last : at + 1,
    })
  }
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
