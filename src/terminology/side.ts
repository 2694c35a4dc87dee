import type { CodeableConcept } from 'fhir/r4.js'
import type { Side } from './concepts.js'
import { wordFinder, type WordFinder } from './words-in-names.js'

/** Joins sides: left and right together are both, and no side is `unspecified`. */
export const joinedSides = (sides: readonly Side[]): Side =>
  sides.reduce<Side>((all, side) => {
    if (side === 'unspecified' || all === side) return all
    return all === 'unspecified' ? side : 'both'
  }, 'unspecified')

const sideWords: readonly (readonly [Side, WordFinder])[] = [
  ['left', wordFinder(['left'])],
  ['right', wordFinder(['right'])],
  ['both', wordFinder(['both', 'bilateral', 'bilaterally'])],
]

/** The side that words name: left, right, both, bilateral. */
const sideInWords = (words: string): Side =>
  joinedSides(sideWords.map(([side, isIn]) => (isIn(words) ? side : 'unspecified')))

/**
 * The side of a resource: its site codes first, then the words of the sites, then other words of the resource.
 *
 * Edge:   several sites join: left and right are both.
 * Source: clinical section 2.8.
 */
export function sideOfSites(
  sites: readonly CodeableConcept[],
  words: string,
  sidesOfCodes: (site: CodeableConcept) => readonly Side[],
): Side {
  const byCode = joinedSides(sites.flatMap(sidesOfCodes))
  if (byCode !== 'unspecified') return byCode
  const names = sites.flatMap(({ text, coding }) => [text, ...(coding ?? []).map(({ display }) => display)])
  const byNames = joinedSides(names.map((name) => sideInWords(name ?? '')))
  return byNames === 'unspecified' ? sideInWords(words) : byNames
}
