import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment, PatientView } from '../views.js'

/** Age in whole years, as precise as it is known. */
export type Age = PatientView['ageYears']

/**
 * Is this patient one the service speaks about at all? Absent means no cards.
 *
 * Edge:    the day she reaches `gate.minAgeYears` is in; a birth year alone excludes only if she is under it all year.
 * Missing: no Patient is absent (and the call is then answered 412); no gender and no birth date exclude nobody; a man
 *          whose conditions or lactation status could not be read is `cannot-tell`, which excludes nobody.
 * Source:  clinical 1.1, P1 to P5.
 */
export function gate({ facts, parameters }: Moment, age: Age, lactationSupported: boolean): Finding {
  const { patient, reads } = facts
  if (!patient) return absent('the patient record of this call could not be read (P1)')
  const evidence = { what: 'patient record', source: patient.source, fromText: false }
  if (patient.deceased) return absent('the patient is recorded as deceased (P2)', evidence)
  const minimum = parameters['gate.minAgeYears']
  if (age && age.max < minimum) return absent(`the patient is under ${minimum} years (P4)`, evidence)
  if (patient.gender === 'male' && !lactationSupported) {
    if (reads.conditions.state === 'unreadable' || reads.lactationStatus.state === 'unreadable') {
      return cannotTell('recorded as male, and evidence of lactation could not be read (P3)', evidence)
    }
    return absent('recorded as male, without evidence of lactation or delivery (P3)', evidence)
  }
  return present('the patient is in scope (P5)', evidence)
}
