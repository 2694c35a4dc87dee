import type { CodeableConcept } from 'fhir/r4.js'
import { breastConditions, systemicSigns } from '../../terminology/breast-conditions.js'
import type { Medicine } from '../facts.js'
import {
  conceptOf,
  conceptsOf,
  fieldsOf,
  objectsOf,
  referenceOf,
  saysSomething,
  stringOf,
  conceptWords,
} from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import type { ReaderContext } from '../fact-collector.js'
import { setsOfDiagnosis } from '../sets-of-concept.js'
import { isSignSet } from '../statements/signs.js'
import { containedIn } from '../fhir/validity.js'

/** Is the concept a condition of the breast, by its sets or because its words name the breast? */
export function isBreastReason(concept: CodeableConcept, context: ReaderContext): boolean {
  const { codes } = context
  const sets = setsOfDiagnosis(concept, { breast: false }, context)
  return (
    sets.some(({ set }) => breastConditions.has(set) || (isSignSet(set) && !systemicSigns.has(set))) ||
    codes.namesBreast(concept)
  )
}

/**
 * The concepts that a reasonReference of `owner` stands for: its display, and the code of the Condition that the reference
 * names.
 */
function referredReasons(
  reference: Fields,
  owner: Fields,
  { budget, find }: ReaderContext,
): readonly CodeableConcept[] {
  const display = stringOf(reference['display'])
  const name = referenceOf(reference)
  const condition = name === undefined ? undefined : (containedIn(owner).get(name) ?? find(name))
  const code = condition && budget.allowsAgain(condition) ? conceptOf(condition['code']) : undefined
  return [...(code ? [code] : []), ...(display === undefined ? [] : [{ text: display }])]
}

/**
 * The recorded reason of a medicine or procedure: the breast, something else, or none.
 *
 * Edge:    one breast reason among several reasons is enough.
 * Missing: a reference without display to a Condition that was not read is no recorded reason.
 */
export function reasonOf(fields: Fields, context: ReaderContext): Medicine['reason'] {
  const reasons = [
    ...context.budget.take(conceptsOf(fields['reasonCode'])),
    ...context.budget
      .take(objectsOf(fields['reasonReference']))
      .flatMap((reference) => referredReasons(reference, fields, context)),
  ].filter(saysSomething)
  if (reasons.length === 0) return 'none'
  return reasons.some((reason) => isBreastReason(reason, context)) ? 'breast' : 'other'
}

const prophylaxis = /prophyla/i

/** Does the name, a dosage, a reason or a note say "prophyla*"? */
export function isProphylaxis(fields: Fields, dosages: readonly Fields[], words: string): boolean {
  if (prophylaxis.test(words)) return true
  const texts = [
    ...dosages.flatMap((dosage) => [dosage['text'], dosage['patientInstruction']]),
    ...conceptsOf(fields['reasonCode']).map(conceptWords),
    ...objectsOf(fields['reasonReference']).map((reference) => reference['display']),
    ...objectsOf(fields['note']).map((note) => fieldsOf(note)?.['text']),
  ]
  return texts.some((text) => typeof text === 'string' && prophylaxis.test(text))
}
