import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { PatientView } from '../views.js'

/**
 * Is the patient lactating, probably lactating or recently weaned? The blocked duct stage and rule R6 ask.
 *
 * Missing: cannot-tell when an unread fact could change the status.
 */
export function lactationFits({ lactation }: PatientView): Finding {
  const { status, because, evidence, unsettled } = lactation
  if (status === 'lactating' || status === 'probable' || status === 'recently-weaned') {
    return present(because, ...evidence)
  }
  return unsettled === undefined
    ? absent('lactation is not known, probable or recent')
    : cannotTell(unsettled)
}
