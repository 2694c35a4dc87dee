import { conceptOf, fieldsOf, isGiven, objectsOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'

/** The codes of FHIR for the status or intent of the resources that are read. */
const knownCodes: ReadonlySet<string> = new Set([
  ...['registered', 'partial', 'preliminary', 'final', 'amended', 'corrected', 'appended', 'cancelled'],
  ...['entered-in-error', 'unknown', 'draft', 'active', 'on-hold', 'revoked', 'completed', 'stopped'],
  ...['preparation', 'in-progress', 'not-done', 'intended', 'not-taken', 'planned', 'arrived', 'triaged'],
  ...[
    'onleave',
    'finished',
    'discharged',
    'proposed',
    'requested',
    'received',
    'accepted',
    'rejected',
    'ready',
    'failed',
  ],
  ...['proposal', 'plan', 'directive', 'order', 'original-order', 'reflex-order', 'filler-order'],
  ...['instance-order', 'option'],
])

/** Other spellings of a code, and codes of FHIR R5 with the same meaning. */
const otherSpellings: ReadonlyMap<string, string> = new Map([
  ['canceled', 'cancelled'],
  ['complete', 'completed'],
  ['discontinued', 'stopped'],
  ['ended', 'stopped'],
  ['error', 'entered-in-error'],
  ['hold', 'on-hold'],
  ['on-leave', 'onleave'],
])

const spelled = (text: string): string => {
  const code = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-')
  return otherSpellings.get(code) ?? code
}

/**
 * The code of a status or intent, however written: as a code in any letter case, as words, or as a concept.
 *
 * Missing: a value that has none of the codes of FHIR is undefined, so that the resource counts as one whose status could
 *          not be read.
 */
function codeOf(value: unknown): unknown {
  if (!isGiven(value) || (typeof value === 'string' && knownCodes.has(value))) return value
  const concept = conceptOf(value)
  const codings = concept?.coding ?? []
  const written = [
    value,
    ...codings.map(({ code }) => code),
    concept?.text,
    ...codings.map(({ display }) => display),
  ]
  return written
    .flatMap((text) => stringOf(text) ?? [])
    .map(spelled)
    .find((code) => knownCodes.has(code))
}

/** The members of FHIR R5 that hold a concept or a reference in one, and the two members of R4 for each. */
const codeableReferences = [
  ['medication', 'medicationCodeableConcept', 'medicationReference'],
  ['reason', 'reasonCode', 'reasonReference'],
] as const

/** Members of FHIR R5 with another name in R4 and the same meaning. */
const renamed = [
  ['occurenceDateTime', 'effectiveDateTime'],
  ['occurencePeriod', 'effectivePeriod'],
  ['actualPeriod', 'period'],
] as const

/** The members that a resource of FHIR R5 has under other names in R4. */
function membersOfR4(fields: Fields): Fields {
  const members: Record<string, unknown> = {}
  for (const [member, concept, reference] of codeableReferences) {
    const parts = objectsOf(fields[member])
    const isList = Array.isArray(fields[member])
    const concepts = parts.map((part) => part['concept']).filter(isGiven)
    const references = parts.map((part) => part['reference']).filter(fieldsOf)
    if (concepts.length > 0) members[concept] = isList ? concepts : concepts[0]
    if (references.length > 0) members[reference] = isList ? references : references[0]
  }
  for (const [member, name] of renamed) if (isGiven(fields[member])) members[name] = fields[member]
  const code = fieldsOf(fields['code'])
  if (code && isGiven(code['concept'])) members['code'] = code['concept']
  if (fields['resourceType'] === 'Procedure') {
    if (isGiven(fields['occurrenceDateTime'])) members['performedDateTime'] = fields['occurrenceDateTime']
    if (isGiven(fields['occurrencePeriod'])) members['performedPeriod'] = fields['occurrencePeriod']
  }
  return members
}

/**
 * A resource with the members that the readers ask for.
 *
 * Shape:   status and intent are codes of FHIR; what FHIR R5 says under another name stands under the name of R4, unless
 *          the resource has that member itself.
 * Missing: undefined for a value that is no object.
 * Source:  https://hl7.org/fhir/R5/medicationrequest.html, https://hl7.org/fhir/R5/references.html#CodeableReference
 */
export function plainFields(resource: unknown): Fields | undefined {
  const fields = fieldsOf(resource)
  if (!fields) return undefined
  const members = membersOfR4(fields)
  const [status, intent] = [codeOf(fields['status']), codeOf(fields['intent'])]
  const asWritten = status === fields['status'] && intent === fields['intent']
  if (asWritten && Object.keys(members).length === 0) return fields
  const { code = fields['code'], ...others } = members
  const missing = Object.entries(others).filter(([name]) => !isGiven(fields[name]))
  return { ...fields, ...Object.fromEntries(missing), code, status, intent }
}
