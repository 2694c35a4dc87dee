import type { FhirResource } from 'fhir/r4.js'
import { isObject, isResource } from './fhir-shape.js'

/** A resource, and the address under which its Bundle carries the resource. */
export interface ResourceEntry {
  resource: FhirResource
  fullUrl?: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const anAddress = /^(?:urn:uuid:|urn:oid:|https?:\/\/)/
const anId = /^[A-Za-z0-9\-.]{1,128}$/

/** A reference or address without a version (`/_history/n`) at its end. */
export const withoutVersion = (reference: string): string => {
  const at = reference.indexOf('/_history/')
  return at < 0 ? reference : reference.slice(0, at)
}

/**
 * Reads one entry of a Bundle.
 *
 * Edge:    a resource without an id has the one at the end of its `fullUrl`.
 * Missing: undefined for an entry that holds no resource.
 */
export function readEntry(value: unknown): ResourceEntry | undefined {
  if (!isObject(value)) return undefined
  const { resource, fullUrl } = value
  if (!isResource(resource)) return undefined
  if (typeof fullUrl !== 'string') return { resource }
  if (isGiven(resource.id)) return { resource, fullUrl }
  const id = idIn(withoutVersion(fullUrl))
  return id === undefined ? { resource, fullUrl } : { resource: { ...resource, id }, fullUrl }
}

/** The id at the end of an address. */
function idIn(address: string): string | undefined {
  if (!anAddress.test(address)) return undefined
  const end = address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1)
  return anId.test(end) ? end : undefined
}

const isGiven = (id: unknown): boolean => id !== undefined && id !== null && id !== ''

/**
 * The names by which references may mean a resource: `Type/id`, the address in its Bundle, and `urn:uuid:` before an id
 * that is a UUID.
 */
export function namesOf({ resource, fullUrl }: ResourceEntry): readonly string[] {
  const { resourceType, id } = resource
  const names = fullUrl === undefined ? [] : [withoutVersion(fullUrl)]
  if (typeof id !== 'string') return names
  names.push(`${resourceType}/${id}`)
  if (uuid.test(id)) names.push(`urn:uuid:${id.toLowerCase()}`)
  return names
}
