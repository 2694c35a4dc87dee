import type {
  CodeEntry,
  CodeFile,
  CodeSet,
  Ingredient,
  MedicineFamily,
  PlausibleRange,
} from './code-files.js'
import type { CodeGrade } from './code-grades.js'
import { systemUrl } from './code-systems.js'
import { rangeInWords } from './code-files.js'
import { readCodeFiles } from './read-code-files.js'

export interface ListedCode {
  system: string
  code: string
  display?: string
  grade: CodeGrade
  /** The condition under which the code counts, in words; absent without a condition. */
  only?: string
}

export interface ListedSet {
  id: string
  title: string
  kind: CodeSet['kind']
  file: string
  source: string
  codes: readonly ListedCode[]
  /** The file of its words in the folder of each language, such as "exam.yaml". */
  wordsIn?: string
  /** The range of possible values of a measure, in words. */
  plausible?: string
}

export interface ListedMedicine {
  name: string
  file: string
  source: string
  cover: Ingredient['cover']
  mrsa: Ingredient['mrsa']
  sets: readonly string[]
  codes: readonly ListedCode[]
  rules: readonly string[]
}

/** The words of each medicine, by its name. */
export type MedicineWordsByName = ReadonlyMap<string, readonly string[]>

/**
 * All reviewed sets and medicines with their codes and words, for generated pages; unverified and CPT codes too.
 *
 * Throws: CardError with every problem of the files.
 */
export function listCodeSets(
  files: readonly CodeFile[],
  words: MedicineWordsByName = new Map(),
): {
  sets: readonly ListedSet[]
  medicines: readonly ListedMedicine[]
} {
  const { sets, ingredients, families } = readCodeFiles(files)
  return {
    sets: [...sets.values()].map(listedSet),
    medicines: [
      ...[...ingredients.values()].map((medicine) => listedIngredient(medicine, words)),
      ...families.map((family) => listedFamily(family, words)),
    ],
  }
}

const listedSet = (set: CodeSet): ListedSet => ({
  id: set.id,
  title: set.title,
  kind: set.kind,
  file: set.file,
  source: set.source,
  codes: set.codes.map(listedCode),
  ...(set.wordsIn !== undefined && { wordsIn: `${set.wordsIn}.yaml` }),
  ...(set.plausible && { plausible: plausibleInWords(set.plausible) }),
})

const listedCode = ({
  system,
  code,
  display,
  grade,
  needsBreast,
  ifText,
  unlessText,
}: CodeEntry): ListedCode => {
  const only = [
    ...(grade === 'U' ? ['only with `codes.allowUnverified`'] : []),
    ...(system === 'cpt' ? ['only with `cptLicence`'] : []),
    ...(needsBreast ? ['only when the record names the breast'] : []),
    ...(ifText.length > 0 ? [`only when its text says ${quoted(ifText)}`] : []),
    ...(unlessText.length > 0 ? [`only when its text does not say ${quoted(unlessText)}`] : []),
  ]
  return {
    system: systemUrl[system],
    code,
    ...(display === undefined ? {} : { display }),
    grade,
    ...(only.length > 0 ? { only: only.join(', ') } : {}),
  }
}

const quoted = (phrases: readonly string[]): string => phrases.map((phrase) => `"${phrase}"`).join(', ')

const plausibleInWords = (range: PlausibleRange): string =>
  `a number outside ${rangeInWords(range)} cannot be (${range.source})`

const wordsRule = (name: string, words: MedicineWordsByName): readonly string[] => {
  const own = words.get(name) ?? []
  return own.length > 0 ? [`any of ${quoted(own)}`] : []
}

const listedIngredient = (medicine: Ingredient, words: MedicineWordsByName): ListedMedicine => ({
  ...listedKind(medicine),
  codes: medicine.codes.map(listedCode),
  rules: [
    ...wordsRule(medicine.name, words),
    ...(medicine.madeOf.length > 0 ? [`${medicine.madeOf.join(' and ')} together`] : []),
    ...(medicine.coverWithBreastReason ? ['cover is "other" with a recorded breast reason'] : []),
  ],
})

const listedFamily = (family: MedicineFamily, words: MedicineWordsByName): ListedMedicine => ({
  ...listedKind(family),
  codes: [],
  rules: [
    ...wordsRule(family.name, words),
    ...(family.atc.length > 0 ? [`any other ATC code ${family.atc.join(', ')}`] : []),
  ],
})

const listedKind = ({ name, file, source, cover, mrsa, sets }: Ingredient | MedicineFamily) => ({
  name,
  file,
  source,
  cover,
  mrsa,
  sets,
})
