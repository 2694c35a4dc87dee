import { inputs } from '../../definition.js'
import { lactationStatusInputs } from '../../patient/lactation-status.js'
import { untreatedInputs } from '../antibiotics/antibiotic-window.js'
import { failedInputs } from '../antibiotics/failed.js'
import { diagnosisInputs, infectionInputs } from '../current-diagnoses.js'
import { imagingInputs } from '../imaging/imaging.js'
import { afebrileInputs, inflammationInputs } from '../signs/inflammation.js'

/** The inputs of the stage abscess, which every lower stage reads as well: a breast has the highest stage that holds. */
export const abscessInputs = inputs(infectionInputs, inflammationInputs, imagingInputs)

/** The inputs of the question whether there is any stage of infection, whichever it is. */
export const infectedStageInputs = inputs(abscessInputs, diagnosisInputs)

/** The inputs of the stage phlegmon: a lump in mastitis becomes one once antibiotics have failed. */
export const phlegmonInputs = inputs(infectedStageInputs, failedInputs)

/**
 * The inputs of the stage inflammatory mastitis.
 *
 * Edge: the response is not among them: without an antibiotic there is none, and an antibiotic ends this stage.
 */
export const inflammatoryInputs = inputs(infectedStageInputs, untreatedInputs, {
  facts: ['results'],
  sets: ['culture'],
  parameters: ['currency.resultDays'],
})

/** The inputs of the stage bacterial mastitis. */
export const bacterialInputs = inputs(phlegmonInputs, inflammatoryInputs)

/** The inputs of the stage blocked duct, which fever ends. */
export const blockedDuctInputs = inputs(
  infectionInputs,
  afebrileInputs,
  imagingInputs,
  diagnosisInputs,
  lactationStatusInputs,
)

/** The inputs of the stage engorgement, and of no stage. */
export const stasisInputs = inputs(infectedStageInputs, lactationStatusInputs)
