import { conceptsOf, fieldsOf, objectsOf, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'

const stopWords =
  /\b(?:stop|stops|stopping|discontinue|discontinuing|cease|ceasing)\s+(?:all\s+)?breast[ -]?feeding\b|\bformula only\b|\bpump and dump\b/i
const notToStop = /\b(?:not|never|no|without|avoid|don[’']?t)\b[^.;!?]*$/i
const longestText = 4000
const negationReach = 120

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
  ].map(wordsOf)
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
  return [...concepts, ...strings].map((text) => text.slice(0, longestText))
}

/**
 * Does an order say to stop breastfeeding: "stop/discontinue/cease breastfeeding", "formula only", "pump and dump"?
 *
 * Edge:   "do not stop breastfeeding" does not.
 * Source: clinical 7, rule 4
 */
export function stopsFeeding(fields: Fields): boolean {
  return textsOf(fields).some((text) => {
    const found = stopWords.exec(text)
    return (
      found !== null && !notToStop.test(text.slice(Math.max(0, found.index - negationReach), found.index))
    )
  })
}
