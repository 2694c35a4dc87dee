import type { FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { allOf, anyOf } from '../../logic.js'
import { phlegmonInputs } from './stage-inputs.js'
import { isStage, passedOver, type OfStages } from './stage-order.js'
import type { Workup } from '../workup.js'

/** A phlegmon seen on a scan or written down, or a lump in mastitis that failed (clinical 5.2 row 4). */
export function phlegmonRow({ diagnoses, imaging, signs, inflamed, failed }: Workup): Finding {
  return anyOf(
    'no phlegmon seen or written, and no lump in failed mastitis',
    imaging.currentReading('phlegmon'),
    signs.phlegmonText,
    diagnoses.phlegmon,
    allOf(signs.lump, inflamed, diagnoses.mastitis, failed),
  )
}

/** The finding that the stage of the breast is phlegmon (clinical 5.2 row 4). */
export const stagePhlegmon = {
  name: 'stage-phlegmon',
  scope: 'side',
  means:
    'Is this breast at the stage phlegmon: seen on ultrasound, written, on the problem list, or a lump with inflammation ' +
    'in a mastitis that has failed?',
  ...phlegmonInputs,
  edge: 'A lump in mastitis becomes a phlegmon only once antibiotics have failed.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'phlegmon'),
} as const satisfies FindingDefinition<OfStages>
