import type { FhirResource } from 'fhir/r4.js'
import { budgets } from '../protocol/limits.js'
import { templateByKey } from '../protocol/prefetch-templates.js'
import { isBreastCheck } from '../protocol/breast-check.js'
import type { DataSource, ReadKey, UnreadableCode, UnreadCheck } from './chart.js'
import { isObject } from './fhir-shape.js'
import { isOfOtherVersion } from './other-version.js'
import { type ResourceEntry, readEntry, namesOf } from './entries.js'
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
 * the result, a resource of another patient, an unexpected entry, a resource of another version of FHIR, or a resource
 * over the budget of the call.
 */
type EntryKind = 'asked-for' | 'beside' | 'foreign' | 'strange' | 'other-version' | 'over-budget'

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
  /** The resources of the patient by every name that a reference may use for them. */
  readonly named = new Map<string, FhirResource>()
  /** Medication resources by every name that a reference may use for them. */
  readonly medications = new Map<string, FhirResource>()
  droppedForeign = 0
  /** The number of resources of the call up to now, draft orders included. */
  taken = 0

  constructor(private readonly ownership: PatientOwnership) {}

  /**
   * Takes the resources of one key, and returns the source of the key.
   *
   * Missing: a source with `why` could not be read; a source without `why` was read and `count` may be 0.
   */
  add(key: ReadKey, { origin, entries, why, ms }: KeyAnswer): DataSource {
    const expected = templateByKey.get(key)?.type
    const found: Tally = {
      'asked-for': 0,
      beside: 0,
      foreign: 0,
      strange: 0,
      'other-version': 0,
      'over-budget': 0,
    }
    for (const entry of entries) found[this.takeEntry(entry, expected)] += 1
    this.droppedForeign += found.foreign
    const reason =
      why ??
      (found['over-budget'] > 0 ? 'over-budget' : undefined) ??
      (found['other-version'] > 0 ? 'other-version' : undefined)
    return { key, origin, ...stateOf(reason, found), count: found['asked-for'], ms }
  }

  /** Takes the responses to the breast check, and returns why each other entry could not be used. */
  addChecks(entries: readonly unknown[]): readonly UnreadCheck[] {
    return entries.flatMap((entry) => {
      const form: unknown = readEntry(entry)?.resource
      if (isObject(form) && form['resourceType'] === responseType && !isBreastCheck(form['questionnaire']))
        return ['other-form' as const]
      const kind = this.takeEntry(entry, responseType)
      if (kind === 'foreign') this.droppedForeign += 1
      return unreadKinds.get(kind) ?? []
    })
  }

  private takeEntry(value: unknown, expected: string | undefined): EntryKind {
    const entry = readEntry(value)
    if (!entry) return 'strange'
    const { resource } = entry
    if (isOfOtherVersion(resource)) return 'other-version'
    switch (this.ownership.resource(resource)) {
      case 'foreign':
        return 'foreign'
      case 'not-read':
        return 'strange'
      case 'medication':
        return this.keepMedication(entry) ? 'beside' : 'over-budget'
      case 'hers':
        if (!this.keep(entry)) return 'over-budget'
        return resource.resourceType === expected ? 'asked-for' : 'strange'
    }
  }

  /** Keeps a resource of the patient within the budget; true when the chart now has the resource. */
  private keep(entry: ResourceEntry): boolean {
    const names = namesOf(entry)
    const own = nameOf(entry.resource)
    const known = own === undefined ? undefined : this.named.get(own)
    if (!known && !this.isWithinBudget()) return false
    for (const name of names) if (!this.named.has(name)) this.named.set(name, known ?? entry.resource)
    if (!known) this.resources.push(entry.resource)
    return true
  }

  /** Keeps a Medication within the budget. */
  private keepMedication(entry: ResourceEntry): boolean {
    if (!this.isWithinBudget()) return false
    this.nameMedication(entry)
    return true
  }

  /** Puts a Medication under its names; of two Medications with the same name the first stays. */
  nameMedication(entry: ResourceEntry): void {
    for (const name of namesOf(entry))
      if (!this.medications.has(name)) this.medications.set(name, entry.resource)
  }

  /** Counts one more resource; false when the budget of the call is spent. */
  private isWithinBudget(): boolean {
    if (this.taken >= budgets.resources.most) return false
    this.taken += 1
    return true
  }
}

const responseType = 'QuestionnaireResponse'

const unreadKinds: ReadonlyMap<EntryKind, UnreadCheck> = new Map([
  ['strange', 'malformed'],
  ['foreign', 'wrong-patient'],
  ['other-version', 'other-version'],
  ['over-budget', 'over-budget'],
])

/** The reference by which other resources name a resource with an id. */
const nameOf = ({ resourceType, id }: FhirResource): string | undefined =>
  typeof id === 'string' ? `${resourceType}/${id}` : undefined
