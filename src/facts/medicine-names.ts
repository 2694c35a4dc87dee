import type { CodeableConcept } from 'fhir/r4.js'
import type { MedicineMatch } from './code-book.js'
import { conceptOf, conceptsOf, fieldsOf, objectsOf, referenceOf, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { Reading } from './sheet.js'
import { nameIn, resourceRef } from './validity.js'

/** What a medicine is, and every word that names it. */
export interface NamedMedicine {
  match: MedicineMatch
  words: string
  /** Dose form of the Medication resource, in words. */
  form: string
}

/** Nothing at all says what the medicine is: neither a code we know nor any word. */
export type MedicineName = NamedMedicine | 'nameless'

/** Is it any medicine of clinical 2.6? */
export const isKnown = ({ cover, sets, ingredients }: MedicineMatch): boolean =>
  cover !== 'none' || sets.length > 0 || ingredients.length > 0

/** All ingredients of a Medication as one concept, so that combinations are seen. */
function ingredientsOf(medication: Fields): CodeableConcept | undefined {
  const concepts = objectsOf(medication['ingredient']).flatMap(
    (ingredient) => conceptOf(ingredient['itemCodeableConcept']) ?? [],
  )
  if (concepts.length === 0) return undefined
  return {
    coding: concepts.flatMap(({ coding }) => coding ?? []),
    text: concepts.map((concept) => wordsOf(concept)).join(' + '),
  }
}

/** A referenced Medication: contained, or among the chart's medications. */
function medicationOf(reference: string, owner: Fields, { chart }: Reading): Fields | undefined {
  if (reference.startsWith('#')) {
    const id = reference.slice(1)
    const own = objectsOf(owner['contained']).find((contained) => contained['id'] === id)
    const name = resourceRef(stringOf(owner['resourceType']) ?? '', owner)
    return own ?? fieldsOf(chart.medications.get(`${name}${reference}`))
  }
  return fieldsOf(chart.medications.get(reference) ?? chart.medications.get(nameIn(reference)))
}

function namedByResource(medication: Fields, reading: Reading): MedicineName {
  const code = conceptOf(medication['code'])
  const ingredients = ingredientsOf(medication)
  const byCode = reading.codes.medicine(code)
  const match = isKnown(byCode) || !ingredients ? byCode : reading.codes.medicine(ingredients)
  const words = [wordsOf(code), wordsOf(ingredients)].join(' ').trim()
  const form = conceptsOf(medication['form']).map(wordsOf).join(' ')
  return isKnown(match) || words !== '' ? { match, words, form } : 'nameless'
}

/**
 * Says what the medicine of an order, statement or administration is.
 *
 * Shape:   medicationCodeableConcept; medicationReference by its display, else by the Medication it names.
 * Missing: `nameless` when there is no code we know and no word to read.
 * Source:  clinical 2.6
 */
export function medicineOf(fields: Fields, reading: Reading): MedicineName {
  const { codes } = reading
  const concept = conceptOf(fields['medicationCodeableConcept'])
  const link = fieldsOf(fields['medicationReference'])
  const display = stringOf(link?.['display'])
  const words = [wordsOf(concept), display ?? ''].join(' ').trim()
  const match = codes.medicine(concept, display)
  if (isKnown(match)) return { match, words, form: '' }
  const reference = referenceOf(link)
  const medication = reference === undefined ? undefined : medicationOf(reference, fields, reading)
  const named = medication ? namedByResource(medication, reading) : 'nameless'
  if (named !== 'nameless') return { ...named, words: `${words} ${named.words}`.trim() }
  return words === '' ? 'nameless' : { match, words, form: '' }
}
