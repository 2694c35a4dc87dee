import { answer, targetsIn, type FormLine } from './form-line.js'

/** A cross beside ticks says no; a cross beside empty boxes marks its own. */
export function isTicked({ tokens, first, last }: FormLine, at: number): boolean {
  const text = tokens[at]?.text
  if (text !== 'crossed') return text === 'ticked'
  let empty = false
  for (let other = first; other < last; other++) {
    if (tokens[other]?.kind !== 'box') continue
    if (tokens[other]?.text === 'ticked') return false
    empty ||= tokens[other]?.text === 'box'
  }
  return empty
}

const isCrossed = (line: FormLine, at: number): boolean => line.tokens[at]?.text === 'crossed'

/**
 * Reads check boxes that stand alone before or behind their words.
 *
 * Shape:  boxes stand before their words if the line, or what follows a colon, begins with one, else behind.
 * Edge:   behind an empty box nothing is said, and the words are used up; a ticked box before words says what they say.
 */
export function readBoxes(line: FormLine, free: readonly number[]): void {
  const [first] = free
  if (first === undefined) return
  const before = line.tokens[first - 1]?.text
  const leading = first === line.first || before === ':' || before === '-' || before === '('
  for (const [index, at] of free.entries()) {
    const from = leading ? at + 1 : (free[index - 1] ?? line.first - 1) + 1
    const to = leading ? (free[index + 1] ?? line.last) : at
    const ticked = isTicked(line, at)
    const targets = targetsIn(line, from, to)
    const range = { first: Math.min(at, from), last: Math.max(at + 1, to) }
    if (!ticked) {
      const [state, rule] = isCrossed(line, at)
        ? (['absent', 'box-crossed'] as const)
        : (['none', 'box-empty'] as const)
      answer(line, targets, { state, rule, ...range })
      for (const hit of line.hits)
        if (hit.first >= from && hit.last <= to && !targets.includes(hit)) line.used.add(hit)
    } else if (!leading) answer(line, targets, { state: 'present', rule: 'box-ticked', ...range })
  }
}
