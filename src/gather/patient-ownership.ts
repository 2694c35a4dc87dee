import type { FhirResource } from 'fhir/r4.js'
import { isObject } from './fhir-shape.js'

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
   * Does a draft order belong to the patient? A draft without a subject belongs to her, because it is being written in
   * her chart. A subject that names another patient, or that cannot be read, makes the draft foreign.
   */
  draft(resource: FhirResource): boolean
}

function referenceIn(element: unknown): string | undefined {
  if (!isObject(element)) return undefined
  return typeof element['reference'] === 'string' ? element['reference'] : undefined
}

/** The addresses under which Bundles of this call carry the Patient entry ("urn:uuid:…"). */
function patientUrns(patientId: string, values: Iterable<unknown>): ReadonlySet<string> {
  const urns = new Set<string>()
  for (const value of values) {
    const entries = isObject(value) ? value['entry'] : undefined
    if (!Array.isArray(entries)) continue
    for (const entry of entries) {
      if (!isObject(entry) || !isObject(entry['resource']) || typeof entry['fullUrl'] !== 'string') continue
      const { resourceType, id } = entry['resource']
      if (resourceType === 'Patient' && id === patientId) urns.add(entry['fullUrl'])
    }
  }
  return urns
}

/**
 * Builds the test whether a resource belongs to the patient of one call.
 *
 * Shape:   accepts `Patient/id`, an absolute http(s) URL that ends in it, both with or without `/_history/n`, and the
 *          `urn:uuid:` under which a Bundle of the same call carries the Patient.
 * Missing: a resource without a patient reference is nobody's, and therefore foreign.
 */
export function patientOwnership(patientId: string, bundles: () => Iterable<unknown>): PatientOwnership {
  const relative = `Patient/${patientId}`
  const ending = `/${relative}`
  let urns: ReadonlySet<string> | undefined

  function names(reference: string | undefined): boolean {
    if (reference === relative) return true
    if (reference === undefined) return false
    if (reference.startsWith('urn:')) return (urns ??= patientUrns(patientId, bundles())).has(reference)
    const history = reference.indexOf('/_history/')
    const current = history < 0 ? reference : reference.slice(0, history)
    if (current === relative) return true
    return (current.startsWith('https://') || current.startsWith('http://')) && current.endsWith(ending)
  }

  return {
    resource(resource) {
      const element = patientElement.get(resource.resourceType)
      if (element === undefined) return resource.resourceType === 'Medication' ? 'medication' : 'not-read'
      const fields = resource as unknown as Record<string, unknown>
      const hers = element === 'id' ? fields['id'] === patientId : names(referenceIn(fields[element]))
      return hers ? 'hers' : 'foreign'
    },
    draft(resource) {
      const fields = resource as unknown as Record<string, unknown>
      const subject = fields['subject'] ?? fields['patient'] ?? fields['for']
      return subject === undefined || subject === null || names(referenceIn(subject))
    },
  }
}
