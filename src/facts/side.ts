import type { CodeableConcept } from 'fhir/r4.js'
import type { Side } from './facts.js'
import { wordsOf } from './text/tokens.js'

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
export function sideInWords(text: string | undefined): Side {
  if (text === undefined || text === '') return 'unspecified'
  return joinedSides(wordsOf(text).map((word) => sideWords.get(word) ?? 'unspecified'))
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
  sidesOfCodes: (site: CodeableConcept) => readonly Side[],
): Side {
  const byCode = joinedSides(sites.flatMap(sidesOfCodes))
  if (byCode !== 'unspecified') return byCode
  const byWords = joinedSides(
    sites.flatMap(({ text, coding }) =>
      [text, ...(coding ?? []).map(({ display }) => display)].map(sideInWords),
    ),
  )
  return byWords === 'unspecified' ? sideInWords(words) : byWords
}
