import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { PatientView } from '../views.js'

/**
 * Is she lactating, probably so, or recently weaned? Asked by the blocked duct stage and by rule R6.
 *
 * Missing: cannot-tell when what could not be read could make the status another one.
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
