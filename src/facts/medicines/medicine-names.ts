import type { CodeableConcept } from 'fhir/r4.js'
import type { MedicineMatch } from '../../terminology/medicine-match.js'
import {
  conceptOf,
  conceptsOf,
  conceptTexts,
  fieldsOf,
  objectsOf,
  referenceOf,
  stringOf,
  conceptWords,
} from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import type { ReaderContext } from '../fact-collector.js'
import { containedIn, nameIn } from '../fhir/validity.js'
import type { UseWords } from './medicine-route.js'
import { medicineWords } from './medicine-words.js'

/** A medicine as the code sets know it, and every word that names it. */
export interface NamedMedicine extends UseWords {
  match: MedicineMatch
  /** The words name it only to say that it is not given ("avoid clindamycin"). */
  notGiven: boolean
  /** The words say "an antibiotic", and no name that we know. */
  unnamedAntibiotic: boolean
}

/** A medicine with its names; `nameless` when the resource has neither a known code nor any word. */
export type MedicineName = NamedMedicine | 'nameless'

/** Is the medicine one of clinical 2.6 or clinical changes C15? */
export const isKnown = ({ cover, sets, ingredients }: MedicineMatch): boolean =>
  cover !== 'none' || sets.length > 0 || ingredients.length > 0

/** All ingredients of a Medication as one concept, so that a combination is recognised as such. */
function ingredientsOf(medication: Fields): CodeableConcept | undefined {
  const concepts = objectsOf(medication['ingredient']).flatMap(
    (ingredient) => conceptOf(ingredient['itemCodeableConcept']) ?? [],
  )
  if (concepts.length === 0) return undefined
  return {
    coding: concepts.flatMap(({ coding }) => coding ?? []),
    text: concepts.map((concept) => conceptWords(concept)).join(' + '),
  }
}

/** The Medication that a reference names: a contained resource, or one of the chart's medications. */
function medicationOf(reference: string, owner: Fields, { chart }: ReaderContext): Fields | undefined {
  if (reference.startsWith('#')) return containedIn(owner).get(reference)
  return fieldsOf(chart.medications.get(reference) ?? chart.medications.get(nameIn(reference)))
}

/**
 * What a medicine is, by its codes and its words.
 *
 * Edge: a medicine that the words deny is none that is given, unless a code gives another one.
 */
function namedBy(
  concept: CodeableConcept | undefined,
  others: readonly string[],
  { codes, readText }: ReaderContext,
): NamedMedicine {
  const texts = [...conceptTexts(concept), ...others]
  const { given, named, local, unnamedAntibiotic } = medicineWords(texts, readText)
  const coded = codes.medicine(concept).ingredients
  const isGiven = given.length > 0 || coded.some((name) => !named.includes(name))
  return {
    match: codes.medicine(concept, isGiven ? given : named),
    notGiven: !isGiven && named.length > 0,
    unnamedAntibiotic,
    texts,
    form: '',
    local,
  }
}

/** The ingredients that a concept names, whatever is said of them: of an allergy, or of a test of susceptibility. */
export const ingredientsNamed = (
  concept: CodeableConcept | undefined,
  { codes, readText }: ReaderContext,
): readonly string[] =>
  codes.medicine(concept, medicineWords(conceptTexts(concept), readText).named).ingredients

function namedByResource(medication: Fields, context: ReaderContext): NamedMedicine {
  const ingredients = ingredientsOf(medication)
  const byCode = namedBy(conceptOf(medication['code']), [], context)
  const byIngredients = isKnown(byCode.match) || !ingredients ? byCode : namedBy(ingredients, [], context)
  return {
    ...byIngredients,
    unnamedAntibiotic: byCode.unnamedAntibiotic || byIngredients.unnamedAntibiotic,
    texts: [...new Set([...byCode.texts, ...byIngredients.texts])],
    form: conceptsOf(medication['form']).map(conceptWords).join(' '),
    local: byCode.local || byIngredients.local,
  }
}

/**
 * Reads which medicine an order, statement or administration is about.
 *
 * Shape:   medicationCodeableConcept; or medicationReference by its display, else by the Medication that the reference
 *          names.
 * Missing: `nameless` when there is neither a known code nor any word.
 * Source:  clinical 2.6
 */
export function medicineOf(fields: Fields, context: ReaderContext): MedicineName {
  const concept = conceptOf(fields['medicationCodeableConcept'])
  const link = fieldsOf(fields['medicationReference'])
  const display = stringOf(link?.['display'])
  const named = namedBy(concept, display === undefined ? [] : [display], context)
  if (isKnown(named.match)) return named
  const reference = referenceOf(link)
  const medication = reference === undefined ? undefined : medicationOf(reference, fields, context)
  if (!medication || !context.budget.allowsAgain(medication)) return orNameless(named)
  const resource = namedByResource(medication, context)
  return orNameless({
    ...resource,
    unnamedAntibiotic: named.unnamedAntibiotic || resource.unnamedAntibiotic,
    texts: [...named.texts, ...resource.texts],
  })
}

const orNameless = (named: NamedMedicine): MedicineName =>
  isKnown(named.match) || named.texts.some((text) => text.trim() !== '') ? named : 'nameless'
