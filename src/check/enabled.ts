import type { Coding, QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4.js'
import type { AnswerValue } from './answers.js'

type Values = ReadonlyMap<string, AnswerValue>

const codeIn = (value: AnswerValue | Coding | undefined): string | undefined =>
  typeof value === 'object' && 'code' in value ? value.code : undefined

/** Does one condition hold? A question without an answer differs from every answer. */
function holds(
  { question, operator, answerBoolean, answerCoding }: QuestionnaireItemEnableWhen,
  values: Values,
): boolean {
  const value = values.get(question)
  if (operator === 'exists') return (value !== undefined) === (answerBoolean ?? true)
  const isEqual = answerCoding ? codeIn(value) === answerCoding.code : value === answerBoolean
  return operator === '=' ? isEqual : !isEqual
}

/**
 * Is the item asked beside these answers? All conditions of the check must hold, as its items say (`enableBehavior`).
 *
 * Source: https://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export const isEnabled = ({ enableWhen = [] }: QuestionnaireItem, values: Values): boolean =>
  enableWhen.every((condition) => holds(condition, values))
