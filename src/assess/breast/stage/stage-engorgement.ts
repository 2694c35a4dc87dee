import type { FindingDefinition } from '../../definition.js'
import { absent, type Finding } from '../../finding.js'
import { allOf, anyOf, not } from '../../logic.js'
import { stasisInputs } from './stage-inputs.js'
import { isStage, passedOver, type OfStages } from './stage-order.js'
import type { Workup } from '../workup.js'

/**
 * Clinical 5.2 row 8: a diagnosis, or graded fullness soon after delivery; never with redness of that side or high
 * fever.
 */
export function engorgementRow({ diagnoses, fullness, signs, systemicSigns }: Workup): Finding {
  return allOf(
    anyOf(
      'no diagnosis of engorgement and no graded fullness soon after delivery',
      diagnoses.engorgement,
      systemicSigns.deliveredRecently ? allOf(fullness, signs.moderate) : absent('not soon after delivery'),
    ),
    not(signs.erythema, 'no redness', 'redness'),
    not(systemicSigns.highFever, 'no high fever', 'high fever'),
  )
}

/** The finding that the stage of the breast is engorgement (clinical 5.2 row 8). */
export const stageEngorgement = {
  name: 'stage-engorgement',
  scope: 'side',
  means:
    'Is this breast at the stage engorgement: a driving diagnosis, or fullness of both breasts soon after delivery with ' +
    'swelling or pain of at least moderate severity?',
  ...stasisInputs,
  edge: 'Exactly the last day after delivery counts. Redness of that side and a high temperature block it.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'engorgement'),
} as const satisfies FindingDefinition<OfStages>
