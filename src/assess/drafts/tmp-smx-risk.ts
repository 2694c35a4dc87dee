import type { DraftOrder } from '../../facts/facts.js'
import { daysBetween } from '../../units/units.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import type { Moment, PatientView } from '../views.js'
import { draftOf } from './draft-medicine.js'

/**
 * Is sulfamethoxazole-trimethoprim drafted while the infant may be too young or too frail for it?
 *
 * Units:   infant age in days from the delivery date.
 * Edge:    an infant of exactly `drug.tmpSmxInfantDays` is old enough, unless preterm or ill.
 * Missing: an unknown age counts as too young.
 * Source:  clinical 7 rule 6.
 */
export function tmpSmxRisk(
  { parameters, now }: Moment,
  patient: PatientView,
  draft: DraftOrder | undefined,
): Finding {
  const drafted = draftOf(draft, 'tmp-smx', 'sulfamethoxazole-trimethoprim')
  if (drafted.verdict !== 'present') return drafted
  const { infantAtRisk, deliveredAt } = patient
  if (infantAtRisk.length > 0) {
    return present('a preterm or ill infant is on record', ...drafted.evidence, ...infantAtRisk)
  }
  if (deliveredAt === undefined) return present('the age of the infant is not known', ...drafted.evidence)
  const limit = parameters['drug.tmpSmxInfantDays']
  return daysBetween(deliveredAt, now) < limit
    ? present(`the infant is younger than ${limit} days`, ...drafted.evidence)
    : absent(`the infant is ${limit} days or older and not known to be at risk`, ...drafted.evidence)
}
