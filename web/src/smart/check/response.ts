import type {
  Coding,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4.js'
import type { AnswerValue } from '../../../../src/check/answers.js'
import { quantityOf } from '../../../../src/check/extract.js'
import type { Entries } from './items.js'

/** Who answers about whom, and when. */
export interface ResponseOf {
  patientId: string
  user?: string
  encounter?: string
  authored: string
  /** A UUID of this check, from which each finding has an identifier of its own. */
  id: string
}

function answerOf(item: QuestionnaireItem, value: AnswerValue): QuestionnaireResponseItemAnswer {
  if (typeof value === 'boolean') return { valueBoolean: value }
  if (typeof value === 'number')
    return item.type === 'decimal' ? { valueDecimal: value } : { valueInteger: value }
  if ('unit' in value) return quantityOf(value.value, value.unit)
  const { extension: _, ...coding }: Coding = value
  return { valueCoding: coding }
}

/** The answered items of a list; those below a question stand below its answer. */
const itemsOf = (items: readonly QuestionnaireItem[] = [], entries: Entries): QuestionnaireResponseItem[] =>
  items.flatMap((item) => {
    const { linkId } = item
    const value = entries.get(linkId)
    const below = itemsOf(item.item, entries)
    if (item.type === 'group') return below.length > 0 ? [{ linkId, item: below }] : []
    if (value === undefined) return below
    return [{ linkId, answer: [{ ...answerOf(item, value), ...(below.length > 0 && { item: below }) }] }]
  })

/** The answers of the form as a QuestionnaireResponse; open questions are left out. */
export function responseFrom(
  { url = '', version = '', item }: Questionnaire,
  entries: Entries,
  { patientId, user, encounter, authored, id }: ResponseOf,
): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    questionnaire: `${url}|${version}`,
    status: 'completed',
    subject: { reference: `Patient/${patientId}` },
    ...(encounter !== undefined && { encounter: { reference: `Encounter/${encounter}` } }),
    authored,
    ...(user !== undefined && { author: { reference: user } }),
    item: itemsOf(item, entries),
  }
}
