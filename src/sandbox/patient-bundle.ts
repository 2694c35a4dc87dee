import type { FhirResource } from 'fhir/r4.js'
import { namesOf, readEntry } from '../gather/entries.js'
import { isObject } from '../gather/fhir-shape.js'

/** The address (`fullUrl`) under which a Bundle carries each resource. */
export type Addresses = ReadonlyMap<FhirResource, string>

/** The resources of a Bundle, and the patient that a call about it is about. */
export interface PatientBundle {
  patientId: string
  resources: readonly FhirResource[]
  addresses: Addresses
}

/** Why no patient could be chosen: the Bundle has none, several, or not the one that was named. */
export interface NoPatient {
  problem: 'no-bundle' | 'none' | 'several' | 'not-there'
  /** The ids of the Patients in the Bundle. */
  ids: readonly string[]
}

/** The id of a Patient that has neither an id nor an address. */
const idOfTheOnly = 'the-patient'

/** The resources of a Bundle and their addresses; a resource without an id has the one at the end of its address. */
export function resourcesIn(bundle: unknown): Pick<PatientBundle, 'resources' | 'addresses'> {
  const listed: readonly unknown[] = isObject(bundle) && Array.isArray(bundle['entry']) ? bundle['entry'] : []
  const entries = listed.flatMap((value) => readEntry(value) ?? [])
  const addresses = new Map(
    entries.flatMap(({ resource, fullUrl }): readonly (readonly [FhirResource, string])[] =>
      fullUrl === undefined ? [] : [[resource, fullUrl]],
    ),
  )
  return { resources: entries.map(({ resource }) => resource), addresses }
}

/**
 * Reads a Bundle, and finds the patient that a call about it is about.
 *
 * Shape:   `wanted` names one of several Patients: by id, as `Patient/id`, or by the address of the entry.
 * Edge:    one Patient without id and address gets an id, so that other resources can be hers by an identifier.
 * Missing: `NoPatient` when there is no Patient, when several are there and none is wanted, or when the wanted one is not.
 */
export function patientBundle(bundle: unknown, wanted?: string): PatientBundle | NoPatient {
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle') return { problem: 'no-bundle', ids: [] }
  const { resources, addresses } = resourcesIn(bundle)
  const patients = resources.filter(({ resourceType }) => resourceType === 'Patient')
  const ids = [...new Set(patients.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])))]
  const [only] = patients
  if (!only) return { problem: 'none', ids }
  if (ids.length === 0 && patients.length === 1) {
    const named = { ...only, id: idOfTheOnly }
    const others = resources.filter((resource) => resource !== only)
    return { patientId: idOfTheOnly, resources: [named, ...others], addresses }
  }
  if (wanted === undefined) {
    const [id] = ids
    return ids.length === 1 && id !== undefined
      ? { patientId: id, resources, addresses }
      : { problem: ids.length === 0 ? 'none' : 'several', ids }
  }
  const found = patients.find((resource) => isNamed(resource, addresses.get(resource), wanted))
  return found?.id === undefined
    ? { problem: 'not-there', ids }
    : { patientId: found.id, resources, addresses }
}

const isNamed = (resource: FhirResource, fullUrl: string | undefined, wanted: string): boolean =>
  resource.id === wanted || namesOf({ resource, ...(fullUrl !== undefined && { fullUrl }) }).includes(wanted)
