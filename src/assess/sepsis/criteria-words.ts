import type { SepsisScreen } from './sepsis-screen.js'

/** The most characters of the criteria in a summary. */
const longest = 31

/**
 * The criteria that the screen met, in the few words of a summary: "lactate 3.1, HR 128, +1".
 *
 * Edge:   at most two criteria are named, organ values first; one, where two would be too long. The rest are counted.
 * Source: clinical 6.2, {criteria}
 */
export function criteriaWords(screen: SepsisScreen): string {
  const words = named(screen, 2)
  return words.length <= longest ? words : named(screen, 1)
}

/** The first criterion and the number of the others: "lactate 3.1, +2". */
export const firstCriterionWords = (screen: SepsisScreen): string => named(screen, 1)

function named({ criteria }: SepsisScreen, most: number): string {
  const texts = criteria.slice(0, most).map(({ text }) => text)
  const more = criteria.length - texts.length
  return [...texts, ...(more > 0 ? [`+${more}`] : [])].join(', ')
}
