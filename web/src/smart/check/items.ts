import type { Coding, Questionnaire, QuestionnaireItem } from 'fhir/r4.js'
import type { AnswerValue } from '../../../../src/check/answers.js'
import { isEnabled } from '../../../../src/check/enabled.js'
import { definitions, extensionOf, extensionUrls as urls } from '../../../../src/check/extensions.js'

/** The answers of a form by `linkId`; an open question has none. */
export type Entries = ReadonlyMap<string, AnswerValue>

/** Sets an answer, or opens the question again with undefined. */
export type SetEntry = (linkId: string, value: AnswerValue | undefined) => void

const isOnset = ({ definition }: QuestionnaireItem): boolean => definition === definitions.onset

/** The item below a sign that asks for its onset. */
export const onsetOf = (item: QuestionnaireItem): QuestionnaireItem | undefined => item.item?.find(isOnset)

/** The words below a question. */
export const hintOf = ({ item = [] }: QuestionnaireItem): string | undefined =>
  item.find(({ type }) => type === 'display')?.text

/** The questions below an item, without its hint and its onset. */
export const questionsIn = ({ item = [] }: Pick<QuestionnaireItem, 'item'>): readonly QuestionnaireItem[] =>
  item.filter((each) => each.type !== 'display' && !isOnset(each))

/** The answers that a question offers. */
export const optionsOf = ({ answerOption = [] }: QuestionnaireItem): readonly Coding[] =>
  answerOption.flatMap(({ valueCoding }) => valueCoding ?? [])

/** Is the item a yes-or-no sign with an onset? */
export const isSign = (item: QuestionnaireItem): boolean =>
  onsetOf(item) !== undefined && optionsOf(item).length === 2

/** Is the item asked of a person? What the chart says itself (a boolean) is not. */
const isAsked = ({ type }: QuestionnaireItem): boolean => type !== 'boolean'

/** The questions of an item that are asked beside these answers. */
export const askedIn = (
  item: Pick<QuestionnaireItem, 'item'>,
  entries: Entries,
): readonly QuestionnaireItem[] =>
  questionsIn(item).filter((each) => isAsked(each) && isEnabled(each, entries))

/** The questions beside these answers that have no answer; a panel or a group counts by its questions. */
export const openIn = (item: Pick<Questionnaire, 'item'>, entries: Entries): readonly QuestionnaireItem[] =>
  askedIn(item, entries).flatMap((each) => [
    ...(each.type !== 'group' && !entries.has(each.linkId) ? [each] : []),
    ...openIn(each, entries),
  ])

/** The unit of a number. */
export const unitOf = (item: QuestionnaireItem): Coding | undefined =>
  extensionOf(item, urls.unit)?.valueCoding

/** The whole numbers of a short scale (0 to 10); undefined for every other item. */
export function scaleOf(item: QuestionnaireItem): readonly number[] | undefined {
  const least = extensionOf(item, urls.minValue)?.valueInteger
  const most = extensionOf(item, urls.maxValue)?.valueInteger
  if (least === undefined || most === undefined || most - least > 10) return undefined
  return Array.from({ length: most - least + 1 }, (_, at) => least + at)
}
