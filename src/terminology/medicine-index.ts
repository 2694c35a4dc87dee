import type { CodeableConcept, Coding } from 'fhir/r4.js'
import type { MedicineMatch } from './medicine-match.js'
import { hitsOf, indexed, type CodeIndex, type IndexedCode } from './code-index.js'
import type { CodeContent, CodeEntry, Ingredient, MedicineFamily } from './code-files.js'

/** Finds a medicine; `names` are the ingredients and families read from its words. */
export type MedicineLookup = (
  concept: CodeableConcept | undefined,
  names?: readonly string[],
) => MedicineMatch

const notKnown: MedicineMatch = { ingredients: [], cover: 'none', mrsa: 'inactive', sets: [] }

/**
 * Makes the search for medicines by ingredient code, product code, ATC code, and the names read from words.
 *
 * Edge:    codes and names count together; the parts of a combination give the combination; of the ATC groups of a code
 *          the narrowest counts.
 * Missing: an unknown medicine has no ingredients and cover `none`.
 * Privacy: names come from the reviewed files, never from the chart.
 * Source:  clinical section 2.6, clinical changes C3 and C15.
 */
export function medicineLookup(
  { ingredients, families }: Pick<CodeContent, 'ingredients' | 'families'>,
  usable: (entry: CodeEntry) => boolean,
  localCodes: readonly IndexedCode<string>[],
  indexOf: (codes: readonly IndexedCode<string>[]) => CodeIndex<string>,
): MedicineLookup {
  const codes = [...ingredients.values()].flatMap(({ name, codes }) =>
    codes.filter(usable).map((entry) => indexed(name, entry)),
  )
  const groups = families.flatMap(({ name, atc }) =>
    atc.map((code): IndexedCode<string> => ({ target: name, system: 'atc', code })),
  )
  const index = indexOf([...codes, ...groups, ...localCodes])
  const combinations = [...ingredients.values()].filter(({ madeOf }) => madeOf.length > 0)
  const parts = new Set(combinations.flatMap(({ madeOf }) => madeOf))
  const familyOf = new Map(families.map((family) => [family.name, family]))
  /**
   * Joins names by codes and by words. A group code such as ATC J01 adds nothing to a known medicine, but says more
   * than the shape of a word.
   */
  const namesOf = (coded: readonly string[], read: readonly string[]): Set<string> => {
    const own = [...coded, ...read].filter((name) => ingredients.has(name))
    const groups = coded.filter((name) => familyOf.has(name))
    const isMedicine = own.some((name) => !parts.has(name) || ingredients.get(name)?.cover !== 'none')
    return new Set(groups.length > 0 && !isMedicine ? [...own, ...groups] : [...own, ...read])
  }
  return (concept, read = []) => {
    const coded = (concept?.coding ?? []).flatMap((coding) => namesByCode(index, coding, familyOf))
    const names = namesOf(coded, read)
    if (names.size === 0) return notKnown
    for (const { name, madeOf } of combinations) {
      if (!names.has(name) && !madeOf.every((part) => names.has(part))) continue
      names.add(name)
      for (const part of madeOf) names.delete(part)
    }
    return joined([...names].flatMap((name) => ingredients.get(name) ?? familyOf.get(name) ?? []))
  }
}

/** The ingredients of a code, or else its narrowest group, which is the first. */
function namesByCode(
  index: CodeIndex<string>,
  coding: Coding,
  families: ReadonlyMap<string, MedicineFamily>,
): readonly string[] {
  const names = hitsOf(index, coding).map(({ target }) => target)
  const own = names.filter((name) => !families.has(name))
  return own.length > 0 ? own : names.slice(0, 1)
}

const coverOrder = ['appropriate', 'other', 'not-counted', 'none'] as const
const mrsaOrder = ['active', 'by-result', 'inactive'] as const

/** Joins several ingredients of one product; the best cover counts. */
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
