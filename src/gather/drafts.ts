import type { FhirResource } from 'fhir/r4.js'
import { isResource } from './fhir-shape.js'
import type { Collection } from './collection.js'
import type { Whose } from './whose.js'

/**
 * The draft orders of the hook that may be hers, in the order of the context.
 *
 * Edge:  a draft that names another patient is dropped and counted: it never leads to a card.
 * Shape: a Medication among the drafts is no order; it joins the medications for look-up.
 */
export function hersAmongDrafts(
  drafts: readonly unknown[],
  whose: Whose,
  collection: Collection,
): readonly FhirResource[] {
  if (drafts.length === 0) return []
  const kept: FhirResource[] = []
  for (const draft of drafts) {
    if (!isResource(draft)) continue
    if (draft.resourceType === 'Medication') {
      if (typeof draft.id === 'string') collection.medications.set(`Medication/${draft.id}`, draft)
    } else if (whose.draft(draft)) kept.push(draft)
    else collection.droppedForeign += 1
  }
  return kept
}
