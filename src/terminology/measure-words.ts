import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeSet } from './code-files.js'
import type { MeasureKind } from './concepts.js'
import { unitTables } from './units-of-measure.js'
import { wordFinder, type WordFinder } from './words-in-names.js'

/** What the words of a code name: a measure, or a quantity that only sounds like one ("skin temperature"). */
export type NamedMeasure = MeasureKind | 'another'

/** Finds the measure that the words of a code name. */
export type MeasureNamer = (concept: CodeableConcept | undefined) => NamedMeasure | undefined

/** The words of a text as they are compared: without accents, each kind of space one blank. */
export const plainText = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .replace(/[\s_.-]+/g, ' ')

interface Named {
  kind: MeasureKind
  names: WordFinder
  excludes: WordFinder
}

/**
 * Makes the search for measures by words, for codes that no set has.
 *
 * Edge:    a text that names two measures names neither; a word of `not_named` in any text makes it another quantity.
 * Missing: undefined when no text names a measure.
 * Source:  clinical changes C4
 */
export function measureNamer(sets: ReadonlyMap<string, CodeSet>): MeasureNamer {
  const kinds = [...unitTables.keys()].flatMap((kind): readonly Named[] => {
    const words = sets.get(kind)?.named
    return words
      ? [
          {
            kind,
            names: wordFinder(words.words.map(plainText)),
            excludes: wordFinder(words.unless.map(plainText)),
          },
        ]
      : []
  })
  return (concept) => {
    const texts = [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)]
    const plain = texts.flatMap((text) => (text === undefined || text === '' ? [] : [plainText(text)]))
    const named = kinds.filter(({ names }) => plain.some(names))
    const [only] = named
    if (!only) return undefined
    return named.length > 1 || plain.some(only.excludes) ? 'another' : only.kind
  }
}
