import type { FhirResource } from 'fhir/r4.js'
import { budgets } from '../protocol/limits.js'
import { templateByKey } from '../protocol/prefetch-templates.js'
import type { DataSource, ReadKey, UnreadableCode } from './chart.js'
import { isObject, isResource } from './fhir-shape.js'
import type { PatientOwnership } from './patient-ownership.js'

/** The answer for one key, with its origin. */
export interface KeyAnswer {
  origin: DataSource['origin']
  entries: readonly unknown[]
  why?: UnreadableCode
  ms: number
}

/**
 * The kind of an entry for its key: a resource of the patient and of the type of the key, a resource that may accompany
 * the result, a resource of another patient, an unexpected entry, or a resource over the budget of the call.
 */
type EntryKind = 'asked-for' | 'beside' | 'foreign' | 'strange' | 'over-budget'

type Tally = Record<EntryKind, number>

/** Derives the state of a key from the kinds of its entries. */
function stateOf(why: UnreadableCode | undefined, found: Tally): Pick<DataSource, 'state' | 'why'> {
  if (why === 'not-supplied') return { state: 'absent', why }
  if (why !== undefined) return { state: found['asked-for'] > 0 ? 'partial' : 'error', why }
  if (found['asked-for'] > 0) return { state: 'ok' }
  if (found.foreign > 0) return { state: 'wrong-patient', why: 'wrong-patient' }
  if (found.strange > 0) return { state: 'error', why: 'malformed' }
  return { state: 'empty' }
}

/**
 * Collects the resources of one call: each resource of the patient once; resources of others are dropped and counted.
 *
 * Edge: of two resources with the same type and id the first stays; every resource without an id stays. The key whose
 *       resources exceed the budget of the call is read in part: its first resources, which are the newest, stay.
 */
export class Collection {
  readonly resources: FhirResource[] = []
  /** Medication resources by every reference that a resource of this call may use for them. */
  readonly medications = new Map<string, FhirResource>()
  droppedForeign = 0
  /** The number of resources of the call up to now, draft orders included. */
  taken = 0
  private readonly names = new Set<string>()

  constructor(private readonly ownership: PatientOwnership) {}

  /**
   * Takes the resources of one key, and returns the source of the key.
   *
   * Missing: a source with `why` could not be read; a source without `why` was read and `count` may be 0.
   */
  add(key: ReadKey, { origin, entries, why, ms }: KeyAnswer): DataSource {
    const expected = templateByKey.get(key)?.type
    const found: Tally = { 'asked-for': 0, beside: 0, foreign: 0, strange: 0, 'over-budget': 0 }
    for (const entry of entries) found[this.takeEntry(entry, expected)] += 1
    this.droppedForeign += found.foreign
    const reason = why ?? (found['over-budget'] > 0 ? 'over-budget' : undefined)
    return { key, origin, ...stateOf(reason, found), count: found['asked-for'], ms }
  }

  private takeEntry(entry: unknown, expected: string | undefined): EntryKind {
    if (!isObject(entry)) return 'strange'
    const { resource } = entry
    if (!isResource(resource)) return 'strange'
    if (resource.resourceType === 'OperationOutcome') return 'beside'
    switch (this.ownership.resource(resource)) {
      case 'foreign':
        return 'foreign'
      case 'not-read':
        return 'strange'
      case 'medication':
        return this.keepMedication(resource, entry['fullUrl']) ? 'beside' : 'over-budget'
      case 'hers':
        if (!this.keep(resource)) return 'over-budget'
        return resource.resourceType === expected ? 'asked-for' : 'strange'
    }
  }

  /** Keeps a resource of the patient within the budget; true when the chart now has the resource. */
  private keep(resource: FhirResource): boolean {
    const name = nameOf(resource)
    if (name !== undefined && this.names.has(name)) return true
    if (!this.isWithinBudget()) return false
    if (name !== undefined) this.names.add(name)
    this.resources.push(resource)
    return true
  }

  private keepMedication(resource: FhirResource, fullUrl: unknown): boolean {
    if (!this.isWithinBudget()) return false
    const name = nameOf(resource)
    if (name !== undefined && !this.medications.has(name)) this.medications.set(name, resource)
    if (typeof fullUrl === 'string') this.medications.set(fullUrl, resource)
    return true
  }

  /** Counts one more resource; false when the budget of the call is spent. */
  private isWithinBudget(): boolean {
    if (this.taken >= budgets.resources.most) return false
    this.taken += 1
    return true
  }
}

/** The reference by which other resources name a resource with an id. */
const nameOf = ({ resourceType, id }: FhirResource): string | undefined =>
  typeof id === 'string' ? `${resourceType}/${id}` : undefined
