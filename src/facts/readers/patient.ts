import type { PatientFacts } from '../facts.js'
import { spanIn, timeOf } from '../fhir/instants.js'
import { isGiven, stringOf } from '../fhir/narrow.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'

const genders: ReadonlyMap<unknown, PatientFacts['gender']> = new Map([
  ['female', 'female'],
  ['male', 'male'],
  ['other', 'other'],
])

/**
 * Reads the Patient resource of the call (clinical 1.1).
 *
 * Edge:    any `deceasedDateTime`, readable or not, means deceased.
 * Missing: an absent or unknown gender is `unknown`; an unreadable birth date leaves the age unknown.
 */
export function readPatient({ fields, source }: PatientResource, { clock, collector }: ReaderContext): void {
  if (collector.patient) return
  const birth = spanIn(timeOf(fields['birthDate'], clock))
  collector.patient = {
    source,
    gender: genders.get(stringOf(fields['gender'])?.trim().toLowerCase()) ?? 'unknown',
    deceased: fields['deceasedBoolean'] === true || isGiven(fields['deceasedDateTime']),
    ...(birth && { birth }),
  }
}
