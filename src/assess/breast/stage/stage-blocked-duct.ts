import type { FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { lactationFits } from '../../patient/lactation-fits.js'
import { allOf, anyOf, not } from '../../logic.js'
import { blockedDuctInputs } from './stage-inputs.js'
import { isStage, passedOver, type OfStages } from './stage-order.js'
import type { Workup } from '../workup.js'

/** A blocked duct, never with fever, and only while lactation is known, probable or recent (clinical 5.2 row 7). */
export function blockedDuctRow({ diagnoses, signs, systemicSigns, patient }: Workup): Finding {
  return allOf(
    anyOf(
      'no diagnosis of blocked duct and no painful lump',
      diagnoses.blockedDuct,
      allOf(signs.lump, signs.pain),
    ),
    lactationFits(patient),
    not(systemicSigns.fever, 'no fever', 'fever'),
  )
}

/** The finding that the stage of the breast is blocked duct (clinical 5.2 row 7). */
export const stageBlockedDuct = {
  name: 'stage-blocked-duct',
  scope: 'side',
  means:
    'Is this breast at the stage blocked duct: a driving diagnosis, or a painful lump, in a woman who is lactating, ' +
    'probably lactating or recently weaned?',
  ...blockedDuctInputs,
  edge: 'Fever blocks it: exactly the threshold is fever.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'blocked-duct'),
} as const satisfies FindingDefinition<OfStages>
