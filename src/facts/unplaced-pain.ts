import { breastConditions, systemicSigns } from './breast-conditions.js'
import type { Sign } from './facts.js'
import type { Sheet } from './sheet.js'

/** Does anything else on the sheet speak of the breast: a sign present, or an active breast diagnosis? */
const hasBreastEvidence = ({ signs, problems }: Sheet): boolean =>
  signs.some(({ sign, state }) => state === 'present' && !systemicSigns.has(sign)) ||
  problems.some(({ active, sets }) => active && sets.some((set) => breastConditions.has(set)))

/**
 * Pain scores without any body site that may stand as breast pain.
 *
 * Edge:   beside other evidence of the breast they join it (clinical 2.8); alone they say nothing of the breast: the
 *         pain may be anywhere, and a woman without breast signs gets no card. The score stays a measure either way.
 * Source: clinical 2.2 and 2.8, product section 6 ("quiet")
 */
export const placedPain = (sheet: Sheet): readonly Sign[] =>
  hasBreastEvidence(sheet) ? sheet.unplacedPain : []
