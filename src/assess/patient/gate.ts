import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { PatientView } from '../views.js'
import type { Moment } from '../moment.js'

/** The age in whole years, as precise as the chart tells. */
export type Age = PatientView['ageYears']

/**
 * Is the patient in scope of the service? Absent means that no card is shown.
 *
 * Edge:    the day of the birthday of `gate.minAgeYears` is in scope. A birth year alone excludes only a patient who
 *          is younger all that year.
 * Missing: without a Patient the finding is absent, and the call is answered 412. A missing gender or birth date
 *          excludes nobody. A man whose conditions or lactation status could not be read is `cannot-tell`, which
 *          excludes nobody.
 * Source:  clinical 1.1, P1 to P5
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
