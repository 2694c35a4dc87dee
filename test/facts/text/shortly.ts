import type { TextReading } from '../../../src/terminology/code-book.js'

/** A reading as short words: "-fever-finding" absent, "+erythema left", "?" for possible, "course not-improved". */
export function shortly({ signs, course, concepts }: TextReading): readonly string[] {
  const sided = (side: string): string => (side === 'unspecified' ? '' : ` ${side}`)
  const stated = (name: string, state: string, side: string, possible: boolean): string =>
    `${state === 'present' ? '+' : '-'}${name}${sided(side)}${possible ? '?' : ''}`
  return [
    ...signs.map(({ sign, state, side, possible }) => stated(sign, state, side, possible)),
    ...course.map(({ says, side }) => `course ${says}${sided(side)}`),
    ...concepts.map(({ set, state, side, possible }) => stated(set, state, side, possible)),
  ].sort()
}
