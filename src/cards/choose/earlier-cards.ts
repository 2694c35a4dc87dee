import type { Assessment } from '../../assess/assessment.js'
import { stageRank } from '../../assess/stages.js'
import type { Parameters } from '../../assess/parameters.js'
import type { EarlierCard } from '../../facts/earlier-card.js'
import { daysInMs, hoursInMs } from '../../units/units.js'
import type { CompiledCard } from '../card-pack.js'
import type { Indicator } from '../chosen-card.js'
import { urgency } from './merged-rows.js'

/** How long an override of a card of this indicator holds, in milliseconds. */
function overrideMs(card: CompiledCard, indicator: Indicator, parameters: Parameters): number {
  if (card.overrideHours !== undefined) return hoursInMs(card.overrideHours)
  if (indicator === 'critical') return hoursInMs(parameters['cards.overrideCriticalHours'])
  if (indicator === 'warning') return hoursInMs(parameters['cards.overrideWarningHours'])
  return daysInMs(parameters['cards.overrideInfoDays'])
}

/** Is there a STRONG sign, a higher stage or a sepsis criterion that was not there at the time of the override? */
function newEvidence(
  earlier: EarlierCard,
  { strongSince, leadingStage, sepsisCriteria }: Assessment,
): boolean {
  if (strongSince !== undefined && strongSince > earlier.at) return true
  if (stageRank(leadingStage) > stageRank(earlier.stage)) return true
  return sepsisCriteria.some((criterion) => !earlier.sepsisCriteria.includes(criterion))
}

/**
 * Was this kind of card overridden for this patient, recently enough and without new evidence since?
 *
 * Edge:   an override without a reason hides a card of any indicator from its own user only, so a critical or sepsis
 *         card stays for everybody else. Exactly at the end of the time the card shows again. The shorter time of the
 *         two indicators counts, and the override of a weaker card never hides a stronger one.
 * Source: clinical 8, product decision 20
 */
export function overridden(
  card: CompiledCard,
  indicator: Indicator,
  assessment: Assessment,
  parameters: Parameters,
): boolean {
  return (assessment.earlier ?? []).some((earlier) => {
    if (earlier.kind !== card.kind || earlier.outcome !== 'overridden') return false
    if (!earlier.sameUser && !earlier.reasoned) return false
    if (urgency[indicator] > urgency[earlier.indicator]) return false
    const holdsMs = Math.min(
      overrideMs(card, indicator, parameters),
      overrideMs(card, earlier.indicator, parameters),
    )
    return assessment.now - earlier.at < holdsMs && !newEvidence(earlier, assessment)
  })
}

/**
 * Was this info card shown to the same user within the quiet time (off by default)?
 *
 * Edge:   some cards show once for each user and stage instead, within a time of their own.
 * Source: clinical 8, `cards.repeatMinutes`
 */
export function repeated(
  card: CompiledCard,
  indicator: Indicator,
  { now, leadingStage, earlier = [] }: Assessment,
  parameters: Parameters,
): boolean {
  const quietMinutes = parameters['cards.repeatMinutes']
  if (quietMinutes === 0 || indicator !== 'info') return false
  const perStage = card.repeatHoursPerStage
  return earlier.some(({ kind, sameUser, at, stage }) => {
    if (kind !== card.kind || !sameUser) return false
    if (now - at < hoursInMs(quietMinutes / 60)) return true
    return perStage !== undefined && stage === leadingStage && now - at < hoursInMs(perStage)
  })
}
