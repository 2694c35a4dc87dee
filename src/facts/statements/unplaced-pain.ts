import { breastConditions, systemicSigns } from '../../terminology/breast-conditions.js'
import type { Sign } from '../facts.js'
import type { FactCollector } from '../fact-collector.js'

/** Does any other collected fact concern the breast: a present sign, or an active breast diagnosis? */
const hasBreastEvidence = ({ signs, problems }: FactCollector): boolean =>
  signs.some(({ sign, state }) => state === 'present' && !systemicSigns.has(sign)) ||
  problems.some(({ active, sets }) => active && sets.some((set) => breastConditions.has(set)))

/**
 * Pain scores without a body site that count as breast pain.
 *
 * Edge:   beside other evidence of the breast the scores join that evidence (clinical 2.8). Alone they count for
 *         nothing, because the pain may be anywhere and a woman without breast signs gets no card. The score stays a
 *         measure in both cases.
 * Source: clinical 2.2 and 2.8, product section 6 ("quiet")
 */
export const placedPain = (collector: FactCollector): readonly Sign[] =>
  hasBreastEvidence(collector) ? collector.unplacedPain : []
