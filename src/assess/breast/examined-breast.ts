import type { OtherInfection } from '../patient/other-infection.js'
import type { Timeline } from '../timeline.js'
import type { Exposures } from './antibiotics/exposures.js'
import { forThisBreast } from './antibiotics/of-breast.js'
import type { Breast } from './breasts.js'
import { currentDiagnoses, type CurrentDiagnoses } from './current-diagnoses.js'
import { breastSignsOf, type BreastSigns } from './signs/signs.js'

/** What one breast shows by itself, before anything is judged that needs the other breast. */
export interface ExaminedBreast {
  breast: Breast
  signs: BreastSigns
  /** The antibiotics for this breast. */
  antibiotics: Exposures
  diagnoses: CurrentDiagnoses
}

/** Reads the signs, the antibiotics and the current diagnoses of one breast. */
export function examined(
  timeline: Timeline,
  breast: Breast,
  exposures: Exposures,
  infections: readonly OtherInfection[],
): ExaminedBreast {
  const signs = breastSignsOf(timeline, breast)
  const antibiotics = forThisBreast(timeline, breast, exposures, infections)
  const diagnoses = currentDiagnoses(timeline, breast, signs.anySign, antibiotics.coveredNow)
  return { breast, signs, antibiotics, diagnoses }
}
