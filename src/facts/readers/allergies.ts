import { spanIn, timeOf } from '../fhir/instants.js'
import { ingredientsNamed } from '../medicines/medicine-names.js'
import { conceptOf, conceptsOf, objectsOf } from '../fhir/narrow.js'
import { provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { noteBareCode } from '../statements/unknown-codes.js'
import { hasStatus, takenBack } from '../fhir/validity.js'

const over: ReadonlySet<string> = new Set(['inactive', 'resolved'])

/**
 * Reads an AllergyIntolerance to a medicine of clinical 2.6.
 *
 * Edge:    every medicine that is named counts, whatever is said of it ("penicillin allergy"); inactive, resolved and refuted allergies are dropped; an allergy without clinicalStatus is active.
 * Missing: an allergy to anything but a medicine of clinical 2.6 is no fact; one with neither a known code nor words is noted.
 */
export function readAllergy({ fields, source }: PatientResource, context: ReaderContext): void {
  const { budget, clock, collector } = context
  if (hasStatus(fields['verificationStatus'], takenBack)) return
  if (hasStatus(fields['clinicalStatus'], over)) return
  const substances = [
    conceptOf(fields['code']),
    ...budget.take(objectsOf(fields['reaction'])).flatMap((reaction) => conceptsOf(reaction['substance'])),
  ]
  const ingredients = new Set(substances.flatMap((substance) => ingredientsNamed(substance, context)))
  const when = spanIn(timeOf(fields['onsetDateTime'], clock) ?? timeOf(fields['recordedDate'], clock))
  if (ingredients.size === 0) {
    noteBareCode('allergy', conceptOf(fields['code']), { source, when }, context)
    return
  }
  collector.allergies.push({ ingredients: [...ingredients], ...provenance(source, when, false) })
}
