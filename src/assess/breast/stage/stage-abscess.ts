import type { FindingDefinition } from '../../definition.js'
import { absent, type Finding } from '../../finding.js'
import { unreadScan } from '../imaging/imaging.js'
import { allOf, anyOf } from '../../logic.js'
import { clearedByLaterScan } from '../imaging/normal-scan.js'
import { abscessInputs } from './stage-inputs.js'
import { isStage, passedOver, type OfStages } from './stage-order.js'
import type { Workup } from '../workup.js'

/** A diagnosis, a scan or fluctuance, unless a newer scan of that side is normal (clinical 5.2 row 3). */
export const abscessRow = (workup: Workup): Finding =>
  abscessBy(workup, workup.imaging.currentReading('collection'))

/** The same without a collection that is too small to drain. */
export const drainableAbscess = (workup: Workup): Finding => abscessBy(workup, workup.imaging.drainable())

function abscessBy(workup: Workup, collection: Finding): Finding {
  const { diagnoses, imaging, signs, inflamed } = workup
  const inflammation = anyOf('no inflammation beside it', inflamed, diagnoses.mastitis)
  const evidence = anyOf(
    'no sign, diagnosis or scan of an abscess',
    diagnoses.abscess,
    imaging.currentReading('abscess'),
    allOf(collection, inflammation),
    allOf(signs.fluctuance, anyOf('fluctuance stands alone', signs.pain, inflammation)),
    unreadScan(workup.timeline),
  )
  return clearedByLaterScan(workup) ? absent('a newer ultrasound shows no abscess or collection') : evidence
}

/** The finding that the stage of the breast is abscess (clinical 5.2 row 3). */
export const stageAbscess = {
  name: 'stage-abscess',
  scope: 'side',
  means:
    'Is this breast at the stage abscess: a driving diagnosis of abscess; an ultrasound with abscess; an ultrasound ' +
    'with a collection beside inflammation or a driving mastitis; or fluctuance with pain, inflammation or mastitis?',
  ...abscessInputs,
  edge:
    'An ultrasound of that side read as normal and newer than the diagnosis, the scan and the fluctuance blocks it; ' +
    'one at the same instant, or one that adds a doubt, does not.',
  missing: passedOver,
  find: ({ breast }) => isStage(breast.stages, 'abscess'),
} as const satisfies FindingDefinition<OfStages>
