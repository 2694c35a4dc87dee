import type { Medicine } from '../facts.js'
import { conceptsOf, conceptTexts } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import type { ReaderContext } from '../fact-collector.js'
import { isKnown } from './medicine-names.js'
import type { NamedMedicine } from './medicine-names.js'
import { medicineWords } from './medicine-words.js'

/** What a medicine is, as far as rules ask. */
export type MedicineKindFacts = Pick<Medicine, 'ingredients' | 'cover' | 'mrsa' | 'sets'>

const unknownAntibiotic: MedicineKindFacts = { ingredients: [], cover: 'unknown', mrsa: 'inactive', sets: [] }

/**
 * What a medicine is, and its antibiotic cover.
 *
 * Edge:    azithromycin counts only with a recorded breast reason. A medicine that we do not know is an antibiotic that we do not
 *          know when its words, its category or its reason say that it is an antibiotic.
 * Missing: undefined for any other medicine that we do not know.
 * Source:  clinical 2.6; issue 19, item 4
 */
export function kindOfMedicine(
  fields: Fields,
  named: NamedMedicine,
  reason: Medicine['reason'],
  context: ReaderContext,
): MedicineKindFacts | undefined {
  if (!isKnown(named.match)) return isAntibiotic(fields, named, context) ? unknownAntibiotic : undefined
  const { ingredients, cover, mrsa, sets, coverWithBreastReason } = named.match
  return { ingredients, mrsa, sets, cover: reason === 'breast' ? (coverWithBreastReason ?? cover) : cover }
}

function isAntibiotic(fields: Fields, { unnamedAntibiotic }: NamedMedicine, context: ReaderContext): boolean {
  if (unnamedAntibiotic) return true
  const about = [
    ...context.budget.take(conceptsOf(fields['category'])),
    ...context.budget.take(conceptsOf(fields['reasonCode'])),
  ]
  return medicineWords(about.flatMap(conceptTexts), context.readText).unnamedAntibiotic
}
