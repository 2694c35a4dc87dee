import type { FhirResource } from 'fhir/r4.js'
import { isResource } from './fhir-shape.js'
import type { Collection } from './collection.js'
import type { PatientOwnership } from './patient-ownership.js'

/**
 * The draft orders that belong to the patient, in the order of the context; a draft order without a subject belongs to
 * her.
 *
 * Shape: a Medication among the drafts is no order; it joins the medications for look-up.
 * Edge:  drafts count first against the budget of resources, and none is left out, because the hook is about the
 *        drafts. A draft that names another patient is dropped and counted, and never leads to a card.
 */
export function patientDrafts(
  drafts: readonly unknown[],
  ownership: PatientOwnership,
  collection: Collection,
): readonly FhirResource[] {
  if (drafts.length === 0) return []
  const kept: FhirResource[] = []
  for (const draft of drafts) {
    if (!isResource(draft)) continue
    collection.taken += 1
    if (draft.resourceType === 'Medication') {
      if (typeof draft.id === 'string') collection.medications.set(`Medication/${draft.id}`, draft)
    } else if (ownership.draft(draft)) kept.push(draft)
    else collection.droppedForeign += 1
  }
  return kept
}
