import type { Assessment, Stage } from '../assess/assessment.js'
import type { Parameters } from '../assess/parameters.js'
import type { EarlierCard, EarlierScope } from '../facts/facts.js'
import { daysInMs, hoursInMs } from '../units/units.js'
import type { CompiledCard } from './card-pack.js'
import type { Indicator } from './chosen-card.js'
import { urgency } from './merged-rows.js'

const stageRank = new Map<string, number>(
  (
    [
      'none',
      'engorgement',
      'blocked-duct',
      'inflammatory-mastitis',
      'bacterial-mastitis',
      'phlegmon',
      'abscess',
    ] satisfies Stage[]
  ).map((stage, rank) => [stage, rank]),
)

/** What was said earlier can hide a card in which ways, by these parameters? */
export const earlierScope = (parameters: Parameters): EarlierScope =>
  parameters['cards.repeatMinutes'] > 0 ? 'overrides-and-repeats' : 'overrides'

/** How long an override of a card of this indicator holds. Milliseconds. */
function overrideMs(card: CompiledCard, indicator: Indicator, parameters: Parameters): number {
  if (card.overrideHours !== undefined) return hoursInMs(card.overrideHours)
  if (indicator === 'critical') return hoursInMs(parameters['cards.overrideCriticalHours'])
  if (indicator === 'warning') return hoursInMs(parameters['cards.overrideWarningHours'])
  return daysInMs(parameters['cards.overrideInfoDays'])
}

/** A STRONG sign, a higher stage or a sepsis criterion that was not there when the card was overridden. */
function newEvidence(
  earlier: EarlierCard,
  { strongSince, leadingStage, sepsisCriteria }: Assessment,
): boolean {
  if (strongSince !== undefined && strongSince > earlier.at) return true
  if ((stageRank.get(leadingStage) ?? 0) > (stageRank.get(earlier.stage) ?? 0)) return true
  return sepsisCriteria.some((criterion) => !earlier.sepsisCriteria.includes(criterion))
}

/**
 * Was this kind overridden for this patient, recently enough and without new evidence since?
 *
 * Edge:   exactly at the end of the time the card comes again. The shorter time of both indicators counts, and an
 *         override of a weaker card never hides a stronger one.
 * Source: clinical 8.
 */
export function overridden(
  card: CompiledCard,
  indicator: Indicator,
  assessment: Assessment,
  parameters: Parameters,
): boolean {
  return (assessment.earlier ?? []).some((earlier) => {
    if (earlier.kind !== card.kind || earlier.outcome !== 'overridden') return false
    if (urgency[indicator] > urgency[earlier.indicator]) return false
    const holdsMs = Math.min(
      overrideMs(card, indicator, parameters),
      overrideMs(card, earlier.indicator, parameters),
    )
    return assessment.now - earlier.at < holdsMs && !newEvidence(earlier, assessment)
  })
}

/**
 * Was this info card given to the same user within the quiet time (off by default)?
 *
 * Edge:   some cards come once per user and stage instead, in their own time.
 * Source: clinical 8, `cards.repeatMinutes`.
 */
export function repeated(
  card: CompiledCard,
  indicator: Indicator,
  { now, leadingStage, earlier = [] }: Assessment,
  parameters: Parameters,
): boolean {
  if (earlierScope(parameters) === 'overrides' || indicator !== 'info') return false
  const quietMinutes = parameters['cards.repeatMinutes']
  const perStage = card.repeatHoursPerStage
  return earlier.some(({ kind, sameUser, at, stage }) => {
    if (kind !== card.kind || !sameUser) return false
    if (now - at < hoursInMs(quietMinutes / 60)) return true
    return perStage !== undefined && stage === leadingStage && now - at < hoursInMs(perStage)
  })
}
