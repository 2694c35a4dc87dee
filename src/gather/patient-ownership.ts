import type { FhirResource } from 'fhir/r4.js'
import { readEntry, namesOf, withoutVersion } from './entries.js'
import { isObject } from './fhir-shape.js'

type Fields = Record<string, unknown>

/** The resource types that the rules read, and the element that names the patient. */
const patientElement = new Map<string, 'id' | 'subject' | 'patient'>([
  ['Patient', 'id'],
  ['Observation', 'subject'],
  ['Condition', 'subject'],
  ['MedicationRequest', 'subject'],
  ['MedicationAdministration', 'subject'],
  ['MedicationStatement', 'subject'],
  ['AllergyIntolerance', 'patient'],
  ['ServiceRequest', 'subject'],
  ['Procedure', 'subject'],
  ['DiagnosticReport', 'subject'],
  ['Encounter', 'subject'],
  ['QuestionnaireResponse', 'subject'],
])

/**
 * `hers`: the patient's. `foreign`: another patient's or nobody's. `medication`: of no patient. `not-read`: a type not
 * read.
 */
export type Owner = 'hers' | 'foreign' | 'medication' | 'not-read'

/** Tells for one patient to whom a resource belongs. */
export interface PatientOwnership {
  resource(resource: FhirResource): Owner
  /**
   * Does a draft order belong to the patient? A draft without a subject, or with an empty one, belongs to
   * her, because it is being written in her chart. A subject that names another patient, or that cannot be read, makes
   * the draft foreign.
   */
  draft(resource: FhirResource): boolean
}

/** What Patients of a call are called: the addresses of their entries, and their identifiers. */
interface Called {
  names: Set<string>
  identifiers: Set<string>
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** An identifier as one text; undefined for one without a value. */
function identifierText(identifier: unknown): string | undefined {
  if (!isObject(identifier)) return undefined
  const value = text(identifier['value'])
  return value === undefined ? undefined : `${text(identifier['system']) ?? ''}|${value}`
}

/** The identifiers that a Patient carries. */
const identifiersOf = (patient: Fields): readonly string[] =>
  (Array.isArray(patient['identifier']) ? patient['identifier'] : []).flatMap(
    (identifier) => identifierText(identifier) ?? [],
  )

/** What the Patient of the call is called, and what other Patients are. */
function calledIn(patientId: string, entries: Iterable<unknown>): { her: Called; others: Called } {
  const her: Called = { names: new Set(), identifiers: new Set() }
  const others: Called = { names: new Set(), identifiers: new Set() }
  for (const value of entries) {
    const entry = readEntry(value)
    if (entry?.resource.resourceType !== 'Patient') continue
    const called = entry.resource.id === patientId ? her : others
    for (const name of namesOf(entry)) called.names.add(name)
    for (const identifier of identifiersOf(entry.resource as unknown as Fields))
      called.identifiers.add(identifier)
  }
  return { her, others }
}

/** The Patient that a resource contains under a reference ("#x"). */
function containedPatient(reference: string, { contained }: Fields): Fields | undefined {
  const parts: readonly unknown[] = Array.isArray(contained) ? contained : []
  const id = reference.slice(1)
  return parts
    .filter(isObject)
    .find((part) => part['resourceType'] === 'Patient' && (part['id'] === id || part['id'] === reference))
}

/**
 * Builds the test whether a resource belongs to the patient of one call. No other place decides this.
 *
 * Shape:   accepts `Patient/id`, an absolute http(s) URL that ends in it, both with or without `/_history/n`; the
 *          address under which an entry of the call carries the Patient, and `urn:uuid:` before an id that is a UUID; and
 *          an identifier that the Patient of the call carries, in the subject or in a contained Patient.
 * Edge:    a reference that names a resource decides, whatever identifier stands beside it. Identifiers are the same when
 *          system and value are; one that another Patient of the call carries too names neither.
 * Missing: a resource without a patient reference is nobody's, and therefore foreign.
 */
export function patientOwnership(patientId: string, entries: () => Iterable<unknown>): PatientOwnership {
  const own = namesOf({ resource: { resourceType: 'Patient', id: patientId } })
  const ending = `/Patient/${patientId}`
  let found: ReturnType<typeof calledIn> | undefined
  const called = (): ReturnType<typeof calledIn> => (found ??= calledIn(patientId, entries()))

  const carries = (identifiers: readonly string[]): boolean => {
    const { her, others } = called()
    return identifiers.some((each) => her.identifiers.has(each) && !others.identifiers.has(each))
  }

  /** Does a reference name her? `unknown` for one that names no resource that could be told apart. */
  function byReference(reference: string): boolean | 'unknown' {
    const name = withoutVersion(reference)
    if (own.includes(name) || name.toLowerCase() === own[1]) return true
    if (/^https?:\/\//.test(name) && name.endsWith(ending)) return true
    if (/^(?:urn:|https?:\/\/)/.test(name) && called().her.names.has(name)) return true
    return name.startsWith('urn:') && !called().others.names.has(name) ? 'unknown' : false
  }

  function names(element: unknown, holder: Fields): boolean {
    if (!isObject(element)) return false
    const { reference, identifier } = element
    if (typeof reference === 'string' && reference.startsWith('#')) {
      const patient = containedPatient(reference, holder)
      return patient !== undefined && carries(identifiersOf(patient))
    }
    const named = typeof reference === 'string' ? byReference(reference) : 'unknown'
    if (named !== 'unknown') return named
    const logical = identifierText(identifier)
    return logical !== undefined && carries([logical])
  }

  return {
    resource(resource) {
      const element = patientElement.get(resource.resourceType)
      if (element === undefined) return resource.resourceType === 'Medication' ? 'medication' : 'not-read'
      const fields = resource as unknown as Fields
      const hers = element === 'id' ? fields['id'] === patientId : names(fields[element], fields)
      return hers ? 'hers' : 'foreign'
    },
    draft(resource) {
      const fields = resource as unknown as Fields
      const subject = fields['subject'] ?? fields['patient'] ?? fields['for']
      return saysNobody(subject) || names(subject, fields)
    },
  }
}

/** Is there no subject, or one that says nothing at all? */
const saysNobody = (subject: unknown): boolean =>
  subject === undefined ||
  subject === null ||
  (isObject(subject) &&
    ['reference', 'identifier', 'display'].every((name) => (subject[name] ?? null) === null))
