import type { SepsisScreen } from './sepsis-screen.js'

/**
 * The criteria that the screen met, in the few words of a summary: "lactate 3.1, HR 128, +1".
 *
 * Edge:   at most two criteria are named, organ values first; the rest are counted.
 * Source: clinical 6.2, {criteria}
 */
export function criteriaWords({ criteria }: SepsisScreen): string {
  const named = criteria.slice(0, 2).map(({ text }) => text)
  const more = criteria.length - named.length
  return [...named, ...(more > 0 ? [`+${more}`] : [])].join(', ')
}
