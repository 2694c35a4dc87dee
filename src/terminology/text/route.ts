import { isSaidOfHer } from './medicine.js'
import { readDocument } from './read-document.js'
import type { KindReader } from './reading.js'

/**
 * Reads from the words of a route, a form or a dosage how a medicine is used: `local` or `systemic`.
 *
 * Edge:   "avoid contact with eyes" is no route.
 * Missing: no reading when the words name no route.
 * Source: clinical 2.6, last row of antibiotics
 */
export const readRoute: KindReader = ({ text }, words) => {
  const document = readDocument(text, words, { name: true })
  const routes = document.mentions.filter(isSaidOfHer)
  return {
    readings: routes.map(({ target, start, end, rule, why }) => ({
      term: 'route',
      state: 'present',
      value: target,
      start,
      end,
      rule,
      why,
    })),
    document,
  }
}
