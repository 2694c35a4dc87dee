import type { Coding, Questionnaire, QuestionnaireItem } from 'fhir/r4.js'
import { celsius } from '../units/units.js'
import { extensionOf, extensionsOf, extensionUrls as urls } from './extensions.js'
import { isFields, type ResponseFields } from './fields.js'

/** The value of one answer: a coding of the options, a flag, a number, or a number with one of the units of its item. */
export type AnswerValue = Coding | boolean | number | { value: number; unit: Coding }

/** What was not understood of a response; `item` is the item of an answer that was not. */
export interface CheckProblem {
  why: string
  item?: QuestionnaireItem
}

/** The answers of a response by `linkId`, and what was not understood. */
export interface Answers {
  values: ReadonlyMap<string, AnswerValue>
  problems: readonly CheckProblem[]
}

/** The objects of a list; what is no list has none. */
const objectsIn = (value: unknown): readonly ResponseFields[] =>
  Array.isArray(value) ? value.filter(isFields) : []

const itemsOf = (items: readonly QuestionnaireItem[] = []): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...itemsOf(item.item)])

/** All items of the check by `linkId`. */
export const itemsByLink = ({ item }: Questionnaire): ReadonlyMap<string, QuestionnaireItem> =>
  new Map(itemsOf(item).map((each) => [each.linkId, each]))

/**
 * Reads the answers of a response.
 *
 * Edge:    an answer without a value is an open question. Items may stand below the item or below its answer.
 * Missing: an item that the check does not have, a second answer, and a value that the item does not take are problems; the
 *          other answers count.
 */
export function readAnswers(
  response: ResponseFields,
  items: ReadonlyMap<string, QuestionnaireItem>,
): Answers {
  const problems: CheckProblem[] = []
  const answers = new Map<QuestionnaireItem, readonly ResponseFields[]>()
  const read = (given: ResponseFields): void => {
    const { linkId } = given
    const item = typeof linkId === 'string' ? items.get(linkId) : undefined
    if (!item) problems.push({ why: 'breast check has an item that is not known' })
    else {
      const said = objectsIn(given['answer']).filter(hasValue)
      answers.set(item, [...(answers.get(item) ?? []), ...said])
    }
    for (const below of [given, ...objectsIn(given['answer'])]) objectsIn(below['item']).forEach(read)
  }
  objectsIn(response['item']).forEach(read)
  const values = new Map<string, AnswerValue>()
  for (const [item, given] of answers) {
    if (given.length === 0) continue
    const value = answerTo(item, given)
    if (typeof value === 'object' && 'why' in value) problems.push({ item, ...value })
    else values.set(item.linkId, value)
  }
  return { values, problems }
}

/** The one answer to an item, or why there is none. */
function answerTo(item: QuestionnaireItem, given: readonly ResponseFields[]): AnswerValue | { why: string } {
  const [first, second] = given
  if (!first || second) return { why: 'breast check has two answers to one question' }
  const value = valueOf(item, first)
  if (value === undefined) return { why: 'breast check has an answer that is not understood' }
  return isWithin(item, value) ? value : { why: 'breast check has a number outside its limits' }
}

const hasValue = (answer: ResponseFields): boolean =>
  Object.entries(answer).some(([name, value]) => name.startsWith('value') && value !== null)

function valueOf(item: QuestionnaireItem, answer: ResponseFields): AnswerValue | undefined {
  const { valueCoding, valueBoolean, valueQuantity } = answer
  switch (item.type) {
    case 'choice':
      return isFields(valueCoding) ? optionIn(item, valueCoding) : undefined
    case 'boolean':
      return typeof valueBoolean === 'boolean' ? valueBoolean : undefined
    case 'quantity':
      return isFields(valueQuantity) ? quantityIn(item, valueQuantity) : undefined
    default:
      return numberIn(item, answer)
  }
}

const ownSystem = '/CodeSystem/breast-check'

/** Are two addresses of one system? The service's own system stands below the address of each installation. */
const isSameSystem = (one: unknown, other: string | undefined): boolean =>
  one === undefined ||
  one === other ||
  (typeof one === 'string' && one.endsWith(ownSystem) && other?.endsWith(ownSystem) === true)

const optionIn = ({ answerOption = [] }: QuestionnaireItem, given: ResponseFields): Coding | undefined =>
  answerOption
    .flatMap(({ valueCoding }) => valueCoding ?? [])
    .find(({ system, code }) => code === given['code'] && isSameSystem(given['system'], system))

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function numberIn(
  { type }: QuestionnaireItem,
  { valueInteger, valueDecimal }: ResponseFields,
): number | undefined {
  const value = valueInteger ?? valueDecimal
  return isNumber(value) && (type === 'decimal' || Number.isInteger(value)) ? value : undefined
}

/** A quantity in one of the units of the item, by the code or by the words of the unit. */
function quantityIn(item: QuestionnaireItem, given: ResponseFields): AnswerValue | undefined {
  const { value } = given
  const unit = extensionsOf(item, urls.unitOption)
    .flatMap(({ valueCoding }) => valueCoding ?? [])
    .find(({ code, display }) => code === given['code'] || (!given['code'] && display === given['unit']))
  return isNumber(value) && unit ? { value, unit } : undefined
}

const hoursIn: ReadonlyMap<string | undefined, number> = new Map([
  ['h', 1],
  ['d', 24],
  ['wk', 168],
])

/**
 * The number of a quantity in the unit of its limits.
 *
 * Units: hours of h, d and wk; °C of Cel and [degF], rounded to 0.1 °C; the number itself in any other unit.
 */
export function comparable(value: number, unit: string | undefined): number {
  if (unit === '[degF]') return celsius(((value - 32) * 5) / 9)
  return value * (hoursIn.get(unit) ?? 1)
}

/** The limits of a quantity in words, in each unit that the item takes: "35 to 45 °C, 95 to 113 °F". */
export function limitsInWords(item: QuestionnaireItem): string {
  const [least, most] = [urls.minQuantity, urls.maxQuantity].map((url) => {
    const { value = 0, code } = extensionOf(item, url)?.valueQuantity ?? {}
    return comparable(value, code)
  })
  return extensionsOf(item, urls.unitOption)
    .flatMap(({ valueCoding }) => valueCoding ?? [])
    .map(({ code, display }) => `${inUnit(least ?? 0, code)} to ${inUnit(most ?? 0, code)} ${display ?? ''}`)
    .join(', ')
}

/** A number of `comparable`, back in a unit. */
const inUnit = (value: number, unit: string | undefined): number =>
  unit === '[degF]' ? (value * 9) / 5 + 32 : value / (hoursIn.get(unit) ?? 1)

/** Is a number within the limits of its item, both ends included? */
export function isWithin(item: QuestionnaireItem, answer: AnswerValue): boolean {
  if (typeof answer === 'number') {
    const least = extensionOf(item, urls.minValue)
    const most = extensionOf(item, urls.maxValue)
    return (
      answer >= (least?.valueInteger ?? least?.valueDecimal ?? -Infinity) &&
      answer <= (most?.valueInteger ?? most?.valueDecimal ?? Infinity)
    )
  }
  if (typeof answer === 'boolean' || !('unit' in answer)) return true
  const size = comparable(answer.value, answer.unit.code)
  const least = extensionOf(item, urls.minQuantity)?.valueQuantity
  const most = extensionOf(item, urls.maxQuantity)?.valueQuantity
  return (
    (least?.value === undefined || size >= comparable(least.value, least.code)) &&
    (most?.value === undefined || size <= comparable(most.value, most.code))
  )
}
