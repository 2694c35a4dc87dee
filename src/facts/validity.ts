import type { ResourceRef } from './facts.js'
import { isGiven, referenceOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'

/** Characters that have no business in an id; what is left is short and prints on one line. */
const unsafeInId = /[^A-Za-z0-9\-._:]/g
const safeId = /^[A-Za-z0-9\-._:]{1,128}$/
const longestId = 128

/** "Observation/abc", the name of a resource in every fact; "?" stands for an id that is missing or unusable. */
export function resourceRef(type: string, fields: Fields): ResourceRef {
  const given = fields['id']
  if (typeof given === 'string' && safeId.test(given)) return `${type}/${given}`
  const id = stringOf(given)?.slice(0, longestId).replace(unsafeInId, '')
  return `${type}/${id === undefined || id === '' ? '?' : id}`
}

/** A reference without the version that may follow it. */
const withoutVersion = (reference: string): string => {
  const at = reference.indexOf('/_history/')
  return at === -1 ? reference : reference.slice(0, at)
}

/** "Condition/x", the name of the resource that a relative or absolute reference points to. */
export const nameIn = (reference: string): ResourceRef =>
  withoutVersion(reference).split('/').slice(-2).join('/')

/** Does a reference name this patient: `Patient/{id}`, or an absolute URL that ends so? */
function namesPatient(reference: string, patientId: string): boolean {
  const own = `Patient/${patientId}`
  if (reference === own) return true
  const name = withoutVersion(reference)
  return name === own || (name.endsWith(`/${own}`) && /^https?:\/\//.test(name))
}

/**
 * Does a resource of the chart belong to the patient (clinical 3.2)?
 *
 * Edge:    gather has resolved `urn:uuid:` subjects against the Patient entry, so such a subject is taken from it.
 * Missing: a resource without a subject belongs to nobody.
 */
export function belongsTo(fields: Fields, patientId: string): boolean {
  const reference = referenceOf(fields['subject']) ?? referenceOf(fields['patient'])
  if (reference === undefined) return false
  return namesPatient(reference, patientId) || reference.startsWith('urn:uuid:')
}

/** Does a draft order belong to the patient? Nothing resolves a `urn:uuid:` here but the patient's own id. */
export function draftBelongsTo(fields: Fields, patientId: string): boolean {
  const reference = referenceOf(fields['subject']) ?? referenceOf(fields['patient'])
  if (reference === undefined) return false
  return namesPatient(reference, patientId) || reference === `urn:uuid:${patientId}`
}

/** Whether a status counts, does not count, or cannot be read (absent, or no string). */
export type StatusReading = 'counts' | 'void' | 'unreadable'

/** Reads a status against the ones that count. */
export function statusIn(counting: ReadonlySet<string>, status: unknown): StatusReading {
  if (typeof status !== 'string' || status === '') return 'unreadable'
  return counting.has(status) ? 'counts' : 'void'
}

export const observationStatuses: ReadonlySet<string> = new Set([
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
])

/** Statuses of a finished report; `appended` is FHIR's word for an amended one whose old text stands. */
export const reportStatuses: ReadonlySet<string> = new Set(['final', 'amended', 'corrected', 'appended'])

/** The code of a status concept such as clinicalStatus, lower-cased; undefined when none is readable. */
export function statusCode(value: unknown): string | undefined {
  if (!isGiven(value) || typeof value !== 'object') return undefined
  const { coding } = value as { coding?: unknown }
  const entries: readonly unknown[] = Array.isArray(coding) ? coding : [coding]
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null) continue
    const { code } = entry as { code?: unknown }
    if (typeof code === 'string' && code !== '') return code.toLowerCase()
  }
  return undefined
}
