import type { CodeableConcept } from 'fhir/r4.js'
import type { MedicineMatch } from '../code-book.js'
import { longestPhraseAt, phraseTable } from '../text/phrases.js'
import { wordsOf } from '../text/tokens.js'
import { codeIndex, hitsOf, indexed, type IndexedCode } from './code-index.js'
import type { CodeContent, CodeEntry, Ingredient, MedicineFamily } from './code-files.js'
import type { SystemName } from './code-systems.js'

export type MedicineLookup = (concept: CodeableConcept | undefined, display?: string) => MedicineMatch

const notKnown: MedicineMatch = { ingredients: [], cover: 'none', mrsa: 'inactive', sets: [] }

/**
 * Knows medicines by ingredient code, product code, ATC code and the words of their names.
 *
 * Edge:    codes and words are read together; the longest name wins, and the parts of a combination give the combination.
 * Missing: an unknown medicine has no ingredients and cover `none`.
 * Privacy: names come from the reviewed files, never from the chart.
 * Source:  clinical section 2.6.
 */
export function medicineLookup(
  { ingredients, families }: Pick<CodeContent, 'ingredients' | 'families'>,
  usable: (entry: CodeEntry) => boolean,
  localCodes: readonly IndexedCode<string>[],
  recognised: readonly SystemName[],
): MedicineLookup {
  const codes = [...ingredients.values()].flatMap(({ name, codes }) =>
    codes.filter(usable).map((entry) => indexed(name, entry)),
  )
  const groups = families.flatMap(({ name, atc }): IndexedCode<string>[] =>
    atc === undefined ? [] : [{ target: name, system: 'atc', code: atc }],
  )
  const index = codeIndex([...codes, ...groups, ...localCodes], recognised)
  const words = phraseTable(
    [...ingredients.values()].flatMap(({ name, words }) => words.map((word) => [word, name] as const)),
  )
  const combinations = [...ingredients.values()].filter(({ madeOf }) => madeOf.length > 0)
  const familyOf = new Map(families.map((family) => [family.name, family]))

  const namesByWord = (text: string, names: Set<string>): void => {
    const tokens = wordsOf(text)
    let at = 0
    while (at < tokens.length) {
      const found = longestPhraseAt(words, tokens, at)
      const name = found?.value ?? families.find((family) => hasShape(tokens[at] ?? '', family))?.name
      if (name !== undefined) names.add(name)
      at = found?.end ?? at + 1
    }
  }

  return (concept, display) => {
    const names = new Set<string>()
    for (const coding of concept?.coding ?? []) {
      for (const { target } of hitsOf(index, coding)) names.add(target)
      if (coding.display !== undefined) namesByWord(coding.display, names)
    }
    if (concept?.text !== undefined) namesByWord(concept.text, names)
    if (display !== undefined) namesByWord(display, names)
    if (names.size === 0) return notKnown
    for (const { name, madeOf } of combinations) {
      if (!names.has(name) && !madeOf.every((part) => names.has(part))) continue
      names.add(name)
      for (const part of madeOf) names.delete(part)
    }
    const named = [...names].flatMap((name) => ingredients.get(name) ?? [])
    // A group such as ATC J01 says nothing more once the antibiotic itself is known.
    const known = named.some(({ cover }) => cover !== 'none')
      ? named
      : [...named, ...[...names].flatMap((name) => familyOf.get(name) ?? [])]
    return joined(known)
  }
}

const hasShape = (word: string, { endsWith, beginsWith }: MedicineFamily): boolean =>
  (endsWith !== undefined && word.endsWith(endsWith)) || beginsWith.some((start) => word.startsWith(start))

const coverOrder = ['appropriate', 'other', 'not-counted', 'none'] as const
const mrsaOrder = ['active', 'by-result', 'inactive'] as const

/** Several ingredients in one product: the best cover counts. */
function joined(known: readonly (Ingredient | MedicineFamily)[]): MedicineMatch {
  const cover = coverOrder.find((step) => known.some((one) => one.cover === step)) ?? 'none'
  const withReason = known.some((one) => 'coverWithBreastReason' in one)
  return {
    ingredients: known.map(({ name }) => name).sort(),
    cover,
    mrsa: mrsaOrder.find((step) => known.some((one) => one.mrsa === step)) ?? 'inactive',
    sets: [...new Set(known.flatMap(({ sets }) => sets))],
    ...(withReason && cover === 'not-counted' ? { coverWithBreastReason: 'other' } : {}),
  }
}
