import { conceptsOf, fieldsOf, objectsOf, stringOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import type { ReaderContext } from '../fact-collector.js'

/** Every text of an order that can carry an instruction. */
function textsOf(fields: Fields): readonly string[] {
  const oralDiet = fieldsOf(fields['oralDiet'])
  const formula = fieldsOf(fields['enteralFormula'])
  const concepts = [
    ...conceptsOf(fields['code']),
    ...conceptsOf(fields['orderDetail']),
    ...conceptsOf(oralDiet?.['type']),
    ...conceptsOf(fields['foodPreferenceModifier']),
    ...conceptsOf(fields['excludeFoodModifier']),
    ...conceptsOf(fields['category']),
  ].map(conceptWords)
  const strings = [
    fields['patientInstruction'],
    fields['instructions'],
    oralDiet?.['instruction'],
    formula?.['administrationInstruction'],
    formula?.['baseFormulaProductName'],
    ...objectsOf(fields['supplement']).map((supplement) => supplement['instruction']),
    ...objectsOf(fields['payload']).map((payload) => payload['contentString']),
    ...objectsOf(fields['note']).map((note) => note['text']),
  ].flatMap((text) => stringOf(text) ?? [])
  return [...concepts, ...strings]
}

/**
 * Does an order say to stop breastfeeding ("stop breastfeeding", "formula only", "pump and dump")?
 *
 * Edge:    "do not stop breastfeeding" is no such order, and neither is "if …, stop breastfeeding".
 * Missing: a text for which there is no reading left says nothing; the draft then counts as one that could not be read.
 * Source:  clinical 7, rule 4; clinical changes C28
 */
export const stopsFeeding = (fields: Fields, { readText }: Pick<ReaderContext, 'readText'>): boolean =>
  textsOf(fields).some((text) =>
    readText({ kind: 'order', text }).readings.some(({ term }) => term === 'stops-feeding'),
  )
