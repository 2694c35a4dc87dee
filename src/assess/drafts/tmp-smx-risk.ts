import type { DraftOrder } from '../../facts/facts.js'
import { daysBetween } from '../../units/units.js'
import type { DraftContext } from '../context.js'
import type { FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import type { PatientView } from '../views.js'
import type { Moment } from '../moment.js'
import { draftOf } from './draft-medicine.js'

/**
 * Is sulfamethoxazole-trimethoprim drafted while the infant may be too young or too frail for the medicine?
 *
 * Units:   infant age in days from the delivery date.
 * Edge:    an infant of exactly `drug.tmpSmxInfantDays` is old enough, unless preterm or ill.
 * Missing: an unknown age counts as too young.
 * Source:  clinical 7 rule 6
 */
function tmpSmxRisk({ parameters, now }: Moment, patient: PatientView, draft: DraftOrder): Finding {
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

/**
 * The finding that sulfamethoxazole-trimethoprim is drafted with an infant who may be too young or frail (clinical 7
 * rule 6).
 */
export const draftTmpSmxRisk = {
  name: 'draft-tmp-smx-risk',
  scope: 'draft',
  means: 'Is sulfamethoxazole-trimethoprim drafted while the infant may be too young or too frail for it?',
  facts: ['drafts', 'births'],
  sets: ['tmp-smx', 'delivery', 'delivery-date', 'preterm', 'premature-history', 'infant-at-risk'],
  parameters: ['drug.tmpSmxInfantDays'],
  edge: 'Younger than `drug.tmpSmxInfantDays`; exactly that old is old enough, unless preterm or ill.',
  missing: 'An unknown age counts as too young.',
  find: ({ timeline, patient, draft }) => tmpSmxRisk(timeline, patient, draft),
} as const satisfies FindingDefinition<DraftContext>
