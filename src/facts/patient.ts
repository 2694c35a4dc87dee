import type { PatientFacts } from './facts.js'
import { spanIn, timeOf } from './instants.js'
import { isGiven } from './narrow.js'
import type { Entry, Reading } from './sheet.js'

const genders: ReadonlyMap<unknown, PatientFacts['gender']> = new Map([
  ['female', 'female'],
  ['male', 'male'],
  ['other', 'other'],
])

/**
 * Reads the Patient resource of the call (clinical 1.1).
 *
 * Edge:    any `deceasedDateTime` means deceased, readable or not; a Patient with another id is dropped and counted.
 * Missing: gender that is absent or strange is `unknown`; a birth date that cannot be read leaves the age unknown.
 */
export function readPatient({ fields, source }: Entry, { chart, clock, sheet }: Reading): void {
  if (fields['id'] !== chart.patientId) {
    sheet.droppedForeign += 1
    return
  }
  if (sheet.patient) return
  const birth = spanIn(timeOf(fields['birthDate'], clock))
  sheet.patient = {
    source,
    gender: genders.get(fields['gender']) ?? 'unknown',
    deceased: fields['deceasedBoolean'] === true || isGiven(fields['deceasedDateTime']),
    ...(birth && { birth }),
  }
}
