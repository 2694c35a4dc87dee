import type { Reference } from 'fhir/r4.js'
import { isBreastCheck } from '../protocol/breast-check.js'
import { isFields, type ResponseFields } from './fields.js'

/** What all resources of a response share. */
export interface ResponseHead {
  subject: Reference
  encounter?: Reference
  /** Who answered, if Observations and Conditions may name that author. */
  performer?: Reference
  /** The time of the response, with its offset. */
  authored: string
  identifier?: string
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/
const performers = /(?:^|\/)(?:Practitioner|PractitionerRole|Patient|RelatedPerson)\/[^/]{1,64}$/
const encounters = /(?:^|\/)Encounter\/[^/]{1,64}$/
const longestReference = 512

/** A reference whose address fits; a reference by words or identifier alone is left out. */
function referenceTo(value: unknown, shape: RegExp): Reference | undefined {
  const reference = isFields(value) ? value['reference'] : undefined
  if (typeof reference !== 'string' || reference.length > longestReference) return undefined
  return shape.test(reference) ? { reference } : undefined
}

/**
 * Reads what a response says beside its answers.
 *
 * Missing: `why` says why no answer of the response counts. A response that was entered in error, and one to another form,
 *          says nothing of a breast, so its `why` is undefined.
 */
export function headOf(response: ResponseFields): ResponseHead | { why: string | undefined } {
  const { questionnaire, status, authored, subject, identifier } = response
  if (status === 'entered-in-error' || !isBreastCheck(questionnaire)) return { why: undefined }
  if (status !== 'completed' && status !== 'amended') return { why: 'breast check is not completed' }
  if (typeof authored !== 'string' || !instant.test(authored) || Number.isNaN(Date.parse(authored)))
    return { why: 'breast check has no time with an offset' }
  if (!Array.isArray(response['item'])) return { why: 'breast check has no answers' }
  const encounter = referenceTo(response['encounter'], encounters)
  const performer = referenceTo(response['author'], performers)
  const own = isFields(identifier) ? identifier['value'] : undefined
  return {
    subject: isFields(subject) ? subject : {},
    authored,
    ...(encounter && { encounter }),
    ...(performer && { performer }),
    ...(typeof own === 'string' && own !== '' && { identifier: own.slice(0, 200) }),
  }
}
