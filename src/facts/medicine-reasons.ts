import type { CodeableConcept } from 'fhir/r4.js'
import { breastConditions, systemicSigns } from './breast-conditions.js'
import type { Medicine } from './facts.js'
import { conceptOf, conceptsOf, fieldsOf, objectsOf, referenceOf, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { Reading } from './sheet.js'
import { isSignSet } from './signs.js'
import { nameIn } from './validity.js'

/** Is the concept a condition of the breast, by its sets or because its words name the breast? */
export function isBreastReason(concept: CodeableConcept, { codes }: Reading): boolean {
  const sets = codes.setsOf(concept)
  return (
    sets.some(({ set }) => breastConditions.has(set) || (isSignSet(set) && !systemicSigns.has(set))) ||
    codes.namesBreast(concept)
  )
}

/** The concept behind a reasonReference: its display, and the code of the Condition it names. */
function referredReasons(reference: Fields, { find }: Reading): readonly CodeableConcept[] {
  const display = stringOf(reference['display'])
  const name = referenceOf(reference)
  const code = name === undefined ? undefined : conceptOf(find(nameIn(name))?.['code'])
  return [...(code ? [code] : []), ...(display === undefined ? [] : [{ text: display }])]
}

const saysSomething = (concept: CodeableConcept): boolean =>
  wordsOf(concept).trim() !== '' ||
  (concept.coding ?? []).some(({ code }) => code !== undefined && code !== '')

/**
 * Why a medicine or procedure was ordered: for the breast, for something else, or not recorded.
 *
 * Edge:    one breast reason among several is enough.
 * Missing: a reference to a Condition that was not read, without display, is no recorded reason.
 */
export function reasonOf(fields: Fields, reading: Reading): Medicine['reason'] {
  const reasons = [
    ...conceptsOf(fields['reasonCode']),
    ...objectsOf(fields['reasonReference']).flatMap((reference) => referredReasons(reference, reading)),
  ].filter(saysSomething)
  if (reasons.length === 0) return 'none'
  return reasons.some((reason) => isBreastReason(reason, reading)) ? 'breast' : 'other'
}

const localRoute =
  /\b(?:topical(?:ly)?|cutaneous|ophthalmic|otic|auricular|vaginal(?:ly)?|(?:eye|ear) drops?|eye ointment|cream|ointment)\b/i
const localRouteCodes: ReadonlySet<string> = new Set([
  '6064005',
  '54485002',
  '10547007',
  '16857009',
  '45890007',
])
const prophylaxis = /prophyla/i

const isLocal = (route: CodeableConcept): boolean =>
  (route.coding ?? []).some(({ code }) => code !== undefined && localRouteCodes.has(code)) ||
  localRoute.test(wordsOf(route))

/**
 * Is every recorded route local (topical, ophthalmic, otic, vaginal)? Without a route the words of the medicine decide.
 *
 * Source: clinical 2.6, last row of antibiotics
 */
export function isLocalRoute(dosages: readonly Fields[], words: string): boolean {
  const routes = dosages.flatMap((dosage) => conceptOf(dosage['route']) ?? []).filter(saysSomething)
  if (routes.length > 0) return routes.every(isLocal)
  return localRoute.test(words) || dosages.some((dosage) => localRoute.test(stringOf(dosage['text']) ?? ''))
}

/** Does the name, a dosage, a reason or a note say "prophyla*"? */
export function isProphylaxis(fields: Fields, dosages: readonly Fields[], words: string): boolean {
  if (prophylaxis.test(words)) return true
  const texts = [
    ...dosages.flatMap((dosage) => [dosage['text'], dosage['patientInstruction']]),
    ...conceptsOf(fields['reasonCode']).map(wordsOf),
    ...objectsOf(fields['reasonReference']).map((reference) => reference['display']),
    ...objectsOf(fields['note']).map((note) => fieldsOf(note)?.['text']),
  ]
  return texts.some((text) => typeof text === 'string' && prophylaxis.test(text))
}
