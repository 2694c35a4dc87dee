import type { FhirResource } from 'fhir/r4.js'
import type { Collection } from './collection.js'
import { readEntry, namesOf } from './entries.js'
import type { PatientOwnership } from './patient-ownership.js'

/** The draft orders of the patient, and the references to those that the call selects. */
export interface PatientDrafts {
  draftOrders: readonly FhirResource[]
  /** The drafts by every name that a reference may use for them. */
  named: ReadonlyMap<string, FhirResource>
}

/**
 * Takes the draft orders that belong to the patient, in the order of the context; a draft order without a subject belongs
 * to her.
 *
 * Shape: a Medication among the drafts is no order; it joins the medications for look-up.
 * Edge:  drafts count first against the budget of resources, and none is left out, because the hook is about the
 *        drafts. A draft that names another patient is dropped and counted, and never leads to a card.
 */
export function patientDrafts(
  entries: readonly unknown[],
  ownership: PatientOwnership,
  collection: Collection,
): PatientDrafts {
  const draftOrders: FhirResource[] = []
  const named = new Map<string, FhirResource>()
  for (const value of entries) {
    const entry = readEntry(value)
    if (!entry) continue
    collection.taken += 1
    if (entry.resource.resourceType === 'Medication') collection.nameMedication(entry)
    else if (ownership.draft(entry.resource)) {
      draftOrders.push(entry.resource)
      for (const name of namesOf(entry)) if (!named.has(name)) named.set(name, entry.resource)
    } else collection.droppedForeign += 1
  }
  return { draftOrders, named }
}

/** The selections, in which the address of an entry (`urn:uuid:…`) became the `Type/id` of its draft. */
export const selectedDrafts = (
  selections: readonly string[],
  named: PatientDrafts['named'],
): readonly string[] =>
  selections.map((selection) => {
    const draft = named.get(selection)
    return draft?.id === undefined ? selection : `${draft.resourceType}/${draft.id}`
  })
