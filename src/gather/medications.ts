import type { FhirResource } from 'fhir/r4.js'
import { budgets } from '../protocol/limits.js'
import type { ReadKey } from './chart.js'
import type { FhirAccess } from './fhir-access.js'
import { isObject, isResource } from './fhir-shape.js'

/** The order types that may name their drug by reference, and the key that supplies each type. */
const prescribing: ReadonlyMap<string, ReadKey> = new Map([
  ['MedicationRequest', 'medicationRequests'],
  ['MedicationAdministration', 'medicationAdministrations'],
  ['MedicationStatement', 'medicationStatements'],
])

/** Reads `Medication/x` from a relative, absolute or versioned reference. */
function medicationName(reference: string): string | undefined {
  const start = reference.lastIndexOf('Medication/')
  if (start < 0 || (start > 0 && reference[start - 1] !== '/')) return undefined
  const history = reference.indexOf('/_history/', start)
  return history < 0 ? reference.slice(start) : reference.slice(start, history)
}

/** Finds the reference by which an order names its drug, and the display beside the reference. */
function medicationReference(order: FhirResource): { reference?: string; display?: string } {
  const element = (order as unknown as Record<string, unknown>)['medicationReference']
  if (!isObject(element)) return {}
  const { reference, display } = element
  return {
    ...(typeof reference === 'string' && { reference }),
    ...(typeof display === 'string' && { display }),
  }
}

/**
 * Links each order's medication reference to a known Medication, and names the Medications that are still unknown.
 *
 * Shape: afterwards `medications` has each resource under the reference that the order uses. Returns "Medication/x" for
 *        each Medication that no answer supplied, those without a display beside their reference first: a display may be
 *        a brand name that names no drug to the reader.
 * Edge:  an absolute reference is looked up by its last two segments, and is never fetched from its own address.
 */
export function linkMedications(
  orders: readonly FhirResource[],
  medications: Map<string, FhirResource>,
): readonly string[] {
  const unnamed = new Set<string>()
  const displayed = new Set<string>()
  for (const resource of orders) {
    if (!prescribing.has(resource.resourceType)) continue
    const { reference, display } = medicationReference(resource)
    if (reference === undefined) continue
    if (reference.startsWith('#') || medications.has(reference)) continue
    const name = medicationName(reference)
    const found = name === undefined ? undefined : medications.get(name)
    if (found) medications.set(reference, found)
    else if (name !== undefined) (display === undefined ? unnamed : displayed).add(name)
  }
  return [...new Set([...unnamed, ...displayed])]
}

/** The most Medication reads of one call at the same time. */
const parallel = 16

/**
 * Reads Medications that no answer supplied, at most 16 at once, and no more than the budget of the call.
 *
 * Shape:   returns the names of the Medications over the budget.
 * Missing: a Medication that cannot be read stays unlinked; the facts room reports the gap.
 */
export async function readMedications(
  names: ReadonlySet<string>,
  access: FhirAccess,
  medications: Map<string, FhirResource>,
): Promise<ReadonlySet<string>> {
  const waiting = [...names]
  const beyond = new Set(waiting.splice(budgets.fhirReads.most))
  while (waiting.length > 0) {
    await Promise.all(
      waiting.splice(0, parallel).map(async (name) => {
        const { entries, why } = await access.read('Medication', name.slice('Medication/'.length))
        const resource = isObject(entries[0]) ? entries[0]['resource'] : undefined
        if (isResource(resource)) medications.set(name, resource)
        if (why === 'over-budget') beyond.add(name)
      }),
    )
  }
  return beyond
}

/** The keys whose orders name one of these Medications; such a key was read in part. */
export function keysNaming(
  names: ReadonlySet<string>,
  orders: readonly FhirResource[],
): ReadonlySet<ReadKey> {
  const keys = new Set<ReadKey>()
  if (names.size === 0) return keys
  for (const order of orders) {
    const key = prescribing.get(order.resourceType)
    const { reference, display } = medicationReference(order)
    const name = reference === undefined ? undefined : medicationName(reference)
    if (key && name !== undefined && display === undefined && names.has(name)) keys.add(key)
  }
  return keys
}
