import type { FhirResource } from 'fhir/r4.js'
import { templateByKey } from '../protocol/prefetch-templates.js'
import type { DataSource, ReadKey, UnreadableCode } from './chart.js'
import { isObject, isResource } from './fhir-shape.js'
import type { Whose } from './whose.js'

/** One key's answer with the way it came. */
export interface KeyAnswer {
  origin: DataSource['origin']
  entries: readonly unknown[]
  why?: UnreadableCode
  ms: number
}

/** The resources of one call while they are being put together. */
export interface Collection {
  resources: FhirResource[]
  /** Medication resources by every reference that a resource of this call may use for them. */
  medications: Map<string, FhirResource>
  droppedForeign: number
  add(key: ReadKey, answer: KeyAnswer): DataSource
}

/** State of a key from what was found in it. */
function outcome(answer: KeyAnswer, count: number, foreign: number, strange: number) {
  if (answer.why === 'not-supplied') return { state: 'absent', why: answer.why } as const
  if (answer.why !== undefined) return { state: count > 0 ? 'partial' : 'error', why: answer.why } as const
  if (count > 0) return { state: 'ok' } as const
  if (foreign > 0) return { state: 'wrong-patient', why: 'wrong-patient' } as const
  if (strange > 0) return { state: 'error', why: 'malformed' } as const
  return { state: 'empty' } as const
}

/**
 * Collects each of her resources once, drops and counts those of others, and says per key what was found.
 *
 * Edge:    two resources with the same type and id are one: the first stays. Without an id every one stays.
 * Missing: a source with `why` could not be read; without, it was read and `count` may be 0.
 */
export function makeCollection(whose: Whose): Collection {
  const seen = new Set<string>()
  const collection: Collection = { resources: [], medications: new Map(), droppedForeign: 0, add }

  function keep(resource: FhirResource): void {
    if (typeof resource.id === 'string') {
      const name = `${resource.resourceType}/${resource.id}`
      if (seen.has(name)) return
      seen.add(name)
    }
    collection.resources.push(resource)
  }

  function keepMedication(resource: FhirResource, fullUrl: unknown): void {
    if (typeof resource.id === 'string') collection.medications.set(`Medication/${resource.id}`, resource)
    if (typeof fullUrl === 'string') collection.medications.set(fullUrl, resource)
  }

  function add(key: ReadKey, answer: KeyAnswer): DataSource {
    const expected = templateByKey.get(key)?.type
    let count = 0
    let foreign = 0
    let strange = 0
    for (const entry of answer.entries) {
      if (!isObject(entry)) {
        strange += 1
        continue
      }
      const { resource } = entry
      if (!isResource(resource)) {
        strange += 1
        continue
      }
      if (resource.resourceType === 'OperationOutcome') continue
      const owner = whose.resource(resource)
      if (owner === 'hers') keep(resource)
      else if (owner === 'medication') keepMedication(resource, entry['fullUrl'])
      else if (owner === 'foreign') foreign += 1
      if (resource.resourceType === expected) count += owner === 'hers' ? 1 : 0
      else if (owner !== 'medication') strange += 1
    }
    collection.droppedForeign += foreign
    return { key, origin: answer.origin, ...outcome(answer, count, foreign, strange), count, ms: answer.ms }
  }

  return collection
}
