import type {
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4.js'
import { base, testQuestionnaire } from './test-questionnaire.js'

/** Answers by `linkId`: the display of a choice, a number, a flag, or a number with a unit. */
export type AnswersGiven = Readonly<Record<string, string | number | boolean | readonly [number, string]>>

function answerOf(item: QuestionnaireItem, given: AnswersGiven[string]): QuestionnaireResponseItemAnswer {
  if (typeof given === 'boolean') return { valueBoolean: given }
  if (typeof given === 'number')
    return item.type === 'decimal' ? { valueDecimal: given } : { valueInteger: given }
  if (typeof given !== 'string')
    return { valueQuantity: { value: given[0], system: 'http://unitsofmeasure.org', code: given[1] } }
  const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.display === given)?.valueCoding
  if (!option) throw new Error(`${item.linkId} has no answer "${given}"`)
  const { system, code, display } = option
  return { valueCoding: { ...(system && { system }), ...(code && { code }), ...(display && { display }) } }
}

/** The items of a response, those of a question below its answer, as FHIR says. */
function itemsOf(items: readonly QuestionnaireItem[] = [], given: AnswersGiven): QuestionnaireResponseItem[] {
  return items.flatMap((item) => {
    const answer = given[item.linkId]
    const below = itemsOf(item.item, given)
    if (item.type === 'group') return below.length > 0 ? [{ linkId: item.linkId, item: below }] : []
    if (answer === undefined) return below
    return [
      {
        linkId: item.linkId,
        answer: [{ ...answerOf(item, answer), ...(below.length > 0 && { item: below }) }],
      },
    ]
  })
}

/** When the responses of the tests were given, unless a test says otherwise. */
export const authored = '2026-03-03T09:00:00Z'

/** A completed response of patient p to the breast check. */
export const responseOf = (
  given: AnswersGiven,
  more: Partial<QuestionnaireResponse> = {},
): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  id: 'check',
  questionnaire: `${base}/Questionnaire/breast-check|1.0.0`,
  status: 'completed',
  subject: { reference: 'Patient/p' },
  authored,
  item: itemsOf(testQuestionnaire().item, given),
  ...more,
})
