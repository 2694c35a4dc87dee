import type {
  CodeableConcept,
  Coding,
  Condition,
  Observation,
  Questionnaire,
  QuestionnaireItem,
} from 'fhir/r4.js'
import { hoursInMs } from '../units/units.js'
import { comparable, itemsByLink, readAnswers } from './answers.js'
import type { AnswerValue, CheckProblem } from './answers.js'
import { fixedInCondition } from './condition-marks.js'
import { isEnabled } from './enabled.js'
import { definitions, extensionOf, extensionUrls as urls } from './extensions.js'
import { headOf, type ResponseHead } from './response-head.js'

export type CheckResource = Observation | Condition

/** What a response writes, and what of the response was not understood. */
export interface Extracted {
  resources: readonly CheckResource[]
  problems: readonly CheckProblem[]
}

/** What the items of one response share while they are written. */
interface Writing {
  head: ResponseHead
  values: ReadonlyMap<string, AnswerValue>
  site?: CodeableConcept
}

/**
 * Writes the coded resources of a response to the breast check. The SMART app writes these resources into the chart, and
 * the reader of facts reads the same ones where the chart holds the response.
 *
 * Shape:   an Observation for each item with a code that was answered, with its performer and encounter, and a Condition
 *          of the infant. What is of the breast has the side as bodySite. A sign that is there has a period that begins
 *          with its own onset: without an answer on the onset, at the time of the response.
 * Edge:    an item that is not asked beside the other answers writes nothing, whatever the response holds.
 * Missing: an open question writes nothing. A response of another form, status or time, and each answer that is not
 *          understood, is a problem, and never an error.
 * Source:  clinical changes C34; https://hl7.org/fhir/uv/sdc/STU4/extraction.html
 */
export function extract(
  questionnaire: Questionnaire,
  response: Readonly<Record<string, unknown>>,
): Extracted {
  const head = headOf(response)
  if ('why' in head) return { resources: [], problems: head.why === undefined ? [] : [{ why: head.why }] }
  const { values, problems } = readAnswers(response, itemsByLink(questionnaire))
  const site = siteIn(questionnaire.item, values)
  const writing: Writing = { head, values, ...(site && { site }) }
  return { resources: (questionnaire.item ?? []).flatMap((item) => written(item, writing)), problems }
}

/** The breast that the response is about. */
function siteIn(
  items: readonly QuestionnaireItem[] = [],
  values: Writing['values'],
): CodeableConcept | undefined {
  for (const item of items) {
    const found = siteIn(item.item, values)
    if (found) return found
    const answer = values.get(item.linkId)
    if (item.definition === definitions.site && isCoding(answer)) return conceptOf(answer)
  }
  return undefined
}

/** What an item and the items within it write; `onset` is that of the sign that the item stands below. */
function written(
  item: QuestionnaireItem,
  writing: Writing,
  onset?: QuestionnaireItem,
): readonly CheckResource[] {
  if (!isEnabled(item, writing.values)) return []
  const children = item.item ?? []
  const since = children.find(({ definition }) => definition === definitions.onset) ?? onset
  const own = isMarked(item) ? [observationOf(item, writing, since)] : [conditionIn(item, writing)]
  const below = item.type === 'group' && isMarked(item) ? [] : children // the items of a panel are its components
  return [...own.flatMap((one) => one ?? []), ...below.flatMap((each) => written(each, writing, since))]
}

const isMarked = (item: QuestionnaireItem): boolean =>
  extensionOf(item, urls.observationExtract)?.valueBoolean === true

const isCoding = (value: AnswerValue | undefined): value is Coding =>
  typeof value === 'object' && !('unit' in value)

/** A coding without the marks of the form. */
const plain = ({ system, code, display }: Coding): Coding => ({
  ...(system !== undefined && { system }),
  ...(code !== undefined && { code }),
  ...(display !== undefined && { display }),
})

const conceptOf = (coding: Coding): CodeableConcept => ({
  coding: [plain(coding)],
  ...(coding.display !== undefined && { text: coding.display }),
})

/** A number with the unit of a coding, as a resource writes them. */
export const quantityOf = (value: number, { system, code, display }: Coding) => ({
  valueQuantity: {
    value,
    ...(display !== undefined && { unit: display }),
    ...(system !== undefined && { system }),
    ...(code !== undefined && { code }),
  },
})

/** The value of an Observation: a number gets the unit of its item, and so does an answer that stands for a share. */
function observedValue(item: QuestionnaireItem, answer: AnswerValue): Partial<Observation> {
  const unit = extensionOf(item, urls.unit)?.valueCoding
  if (typeof answer === 'boolean') return { valueBoolean: answer }
  if (typeof answer === 'number') return unit ? quantityOf(answer, unit) : { valueInteger: answer }
  if (!isCoding(answer)) return quantityOf(answer.value, answer.unit)
  const share = extensionOf(answer, urls.ordinalValue)?.valueDecimal
  return share !== undefined && unit ? quantityOf(share, unit) : { valueCodeableConcept: conceptOf(answer) }
}

/** The categories of what is seen, felt or asked of the breast. */
const ofTheBreast: ReadonlySet<string | undefined> = new Set(['exam', 'survey'])

function observationOf(
  item: QuestionnaireItem,
  { head, values, site }: Writing,
  since: QuestionnaireItem | undefined,
): Observation | undefined {
  const [code] = item.code ?? []
  const answer = values.get(item.linkId)
  const component = (item.item ?? []).flatMap((part) => {
    const value = values.get(part.linkId)
    const [partCode] = part.code ?? []
    return item.type === 'group' && value !== undefined && partCode
      ? [{ code: conceptOf(partCode), ...observedValue(part, value) }]
      : []
  })
  if (!code || (answer === undefined && component.length === 0)) return undefined
  const category = extensionOf(item, urls.observationCategory)?.valueCodeableConcept
  const isOfBreast = ofTheBreast.has(category?.coding?.[0]?.code)
  return {
    resourceType: 'Observation',
    status: 'final',
    ...identifierOf(head, item),
    ...(category && { category: [category] }),
    code: conceptOf(code),
    ...subjectOf(head),
    ...whenOf({ head, values }, since),
    ...(head.performer && { performer: [head.performer] }),
    ...(isOfBreast && site && { bodySite: site }),
    ...(answer !== undefined && observedValue(item, answer)),
    ...(component.length > 0 && { component }),
  }
}

/** The period of a sign that is there, from its onset; the time of the response for everything else. */
function whenOf(
  { head: { authored }, values }: Pick<Writing, 'head' | 'values'>,
  since: QuestionnaireItem | undefined,
): Pick<Observation, 'effectivePeriod' | 'effectiveDateTime'> {
  if (!since || !isEnabled(since, values)) return { effectiveDateTime: authored }
  const onset = values.get(since.linkId)
  if (typeof onset !== 'object' || !('unit' in onset))
    return { effectivePeriod: { start: authored, end: authored } }
  const ago = hoursInMs(comparable(onset.value, onset.unit.code))
  return { effectivePeriod: { start: new Date(Date.parse(authored) - ago).toISOString(), end: authored } }
}

/** The Condition of a group whose answer is the code of a Condition. */
function conditionIn(item: QuestionnaireItem, { head, values }: Writing): Condition | undefined {
  const answer = values.get(item.linkId)
  if (item.definition !== definitions.conditionCode || !isCoding(answer)) return undefined
  return {
    resourceType: 'Condition',
    ...identifierOf(head, item),
    ...fixedInCondition,
    code: conceptOf(answer),
    ...subjectOf(head),
    recordedDate: head.authored,
    ...(head.performer && { recorder: head.performer }),
  }
}

const subjectOf = ({ subject, encounter }: ResponseHead) => ({ subject, ...(encounter && { encounter }) })

/** An identifier that is the same for the same item of the same response, so that nothing is written twice. */
const identifierOf = ({ identifier }: ResponseHead, { linkId }: QuestionnaireItem) =>
  identifier === undefined
    ? {}
    : { identifier: [{ system: 'urn:ietf:rfc:3986', value: `${identifier}#${linkId}` }] }
