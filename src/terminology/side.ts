import type { CodeableConcept } from 'fhir/r4.js'
import type { Side } from './concepts.js'
import type { Sentence } from '../facts/text/tokens.js'

const sideWords: ReadonlyMap<string, Side> = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['both', 'both'],
  ['bilateral', 'both'],
  ['bilaterally', 'both'],
])

/** Left and right together are both; no side is `unspecified`. */
export const joinedSides = (sides: readonly Side[]): Side =>
  sides.reduce<Side>((all, side) => {
    if (side === 'unspecified' || all === side) return all
    return all === 'unspecified' ? side : 'both'
  }, 'unspecified')

/** The side that words name: left, right, both, bilateral. */
export const sideInWords = (words: Sentence): Side =>
  joinedSides(words.map((word) => sideWords.get(word) ?? 'unspecified'))

/** How codes and texts are read for their side. */
export interface SideReader {
  sidesOfCodes: (site: CodeableConcept) => readonly Side[]
  wordsIn: (text: string) => Sentence
}

/**
 * The side of a resource: its site codes first, then the words of the sites, then other words of the resource.
 *
 * Edge:   several sites join: left and right are both.
 * Source: clinical section 2.8.
 */
export function sideOfSites(
  sites: readonly CodeableConcept[],
  words: string | undefined,
  { sidesOfCodes, wordsIn }: SideReader,
): Side {
  const sideIn = (text: string | undefined): Side =>
    text === undefined || text === '' ? 'unspecified' : sideInWords(wordsIn(text))
  const byCode = joinedSides(sites.flatMap(sidesOfCodes))
  if (byCode !== 'unspecified') return byCode
  const byWords = joinedSides(
    sites.flatMap(({ text, coding }) => [text, ...(coding ?? []).map(({ display }) => display)].map(sideIn)),
  )
  return byWords === 'unspecified' ? sideIn(words) : byWords
}
