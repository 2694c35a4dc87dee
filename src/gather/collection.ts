import type { FhirResource } from 'fhir/r4.js'
import { budgets } from '../protocol/limits.js'
import { templateByKey } from '../protocol/prefetch-templates.js'
import type { DataSource, ReadKey, UnreadableCode } from './chart.js'
import { isObject, isResource } from './fhir-shape.js'
import type { PatientOwnership } from './patient-ownership.js'

/** One key's answer with the way it came. */
export interface KeyAnswer {
  origin: DataSource['origin']
  entries: readonly unknown[]
  why?: UnreadableCode
  ms: number
}

/**
 * What an entry is to the key that was asked: hers and of the type asked for, something that may stand beside it, another
 * patient's, nothing that belongs there, or one too many for the call.
 */
type EntryKind = 'asked-for' | 'beside' | 'foreign' | 'strange' | 'over-budget'

type Tally = Record<EntryKind, number>

/** State of a key from what was found in it. */
function stateOf(why: UnreadableCode | undefined, found: Tally): Pick<DataSource, 'state' | 'why'> {
  if (why === 'not-supplied') return { state: 'absent', why }
  if (why !== undefined) return { state: found['asked-for'] > 0 ? 'partial' : 'error', why }
  if (found['asked-for'] > 0) return { state: 'ok' }
  if (found.foreign > 0) return { state: 'wrong-patient', why: 'wrong-patient' }
  if (found.strange > 0) return { state: 'error', why: 'malformed' }
  return { state: 'empty' }
}

/**
 * The resources of one call while they are being put together: each of hers once, those of others dropped and counted.
 *
 * Edge: two resources with the same type and id are one: the first stays. Without an id every one stays. The key whose
 *       resources pass the budget of the call is read in part: the first given, which are the newest, stay.
 */
export class Collection {
  readonly resources: FhirResource[] = []
  /** Medication resources by every reference that a resource of this call may use for them. */
  readonly medications = new Map<string, FhirResource>()
  droppedForeign = 0
  /** Resources of the call so far, its draft orders among them. */
  taken = 0
  private readonly names = new Set<string>()

  constructor(private readonly ownership: PatientOwnership) {}

  /**
   * Takes the resources of one key, and says what was found in it.
   *
   * Missing: a source with `why` could not be read; without, it was read and `count` may be 0.
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

  /** Keeps a resource of hers, unless the budget is spent; says whether the chart has it now. */
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

  /** Counts one more resource, if the call may have one more. */
  private isWithinBudget(): boolean {
    if (this.taken >= budgets.resources.most) return false
    this.taken += 1
    return true
  }
}

/** The name that others use for a resource, if it has an id. */
const nameOf = ({ resourceType, id }: FhirResource): string | undefined =>
  typeof id === 'string' ? `${resourceType}/${id}` : undefined
