import { inputs, type Inputs } from '../../definition.js'
import { diagnosisInputs } from '../current-diagnoses.js'
import { imagingInputs } from '../imaging/imaging.js'
import { inflammationInputs } from '../signs/inflammation.js'
import { responseInputs } from '../antibiotics/response.js'

/** The inputs of the lactation status, as far as a stage depends on that status. */
export const lactationInputs: Inputs = {
  facts: ['lactation', 'births', 'problems'],
  sets: [],
  parameters: [],
}

const cultures: Inputs = { facts: ['results'], sets: ['culture'], parameters: ['currency.resultDays'] }

/** The inputs of the whole table of stages. */
export const stageInputs = inputs(
  inflammationInputs,
  diagnosisInputs,
  imagingInputs,
  responseInputs,
  cultures,
  lactationInputs,
)
