import type { FhirResource } from 'fhir/r4.js'
import { isResource } from './fhir-shape.js'
import type { Collection } from './collection.js'
import type { PatientOwnership } from './patient-ownership.js'

/**
 * The draft orders of the hook that belong to the patient, in the order of the context; one without a subject does.
 *
 * Edge:  drafts count first against the resources of the call, and none is left out: the hook is about them. One that names
 *        another patient is dropped and counted: it never leads to a card.
 * Shape: a Medication among the drafts is no order; it joins the medications for look-up.
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
