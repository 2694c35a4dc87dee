import { hoursInMs } from '../../units/units.js'
import type { CompiledSuggestion } from '../card-pack.js'
import type { WireSuggestion } from '../chosen-card.js'
import type { Rendering } from './rendering.js'
import { fillIn } from '../template.js'

/**
 * Makes the draft orders that a card suggests: one ServiceRequest each, created by one click and signed by the
 * clinician.
 *
 * Shape:  `ids` holds one UUID for each suggestion. R4 ServiceRequest, `status: draft`, `intent` from `orders.intent`,
 *         for the patient of the call only.
 * Source: clinical 6.3, SEC-063, R5-R9
 */
export function suggestedOrders(rendering: Rendering, ids: readonly string[]): readonly WireSuggestion[] {
  const { variant, values } = rendering
  return variant.suggestions.map((suggestion, place) => ({
    label: fillIn(suggestion.label, values),
    uuid: ids[place] ?? '',
    ...(suggestion.recommended && { isRecommended: true }),
    actions: [
      {
        type: 'create' as const,
        description: fillIn(suggestion.description, values),
        resource: draftOrder(suggestion, rendering),
      },
    ],
  }))
}

function draftOrder(
  suggestion: CompiledSuggestion,
  { pack, merged, values, call, assessment }: Rendering,
): Record<string, unknown> {
  const { indicator, orderSide, lead } = merged
  const side = suggestion.bothSides ? 'both' : orderSide
  const codes = suggestion.codes[side]
  const reason = pack.stageReasons.get(lead.scope.stage)
  const { bodySite, priority, occursInHours, afterScan } = suggestion
  const from = (afterScan ? lead.scope.rescanFrom : undefined) ?? assessment.now
  return {
    resourceType: 'ServiceRequest',
    status: 'draft',
    intent: pack.parameters['orders.intent'],
    ...(priority && { priority: priority[indicator] }),
    code: { ...(codes.length > 0 && { coding: codes }), text: fillIn(suggestion.text, values) },
    subject: { reference: `Patient/${call.request.patientId}` },
    ...(occursInHours !== undefined && {
      occurrenceDateTime: new Date(Math.max(from + hoursInMs(occursInHours), assessment.now)).toISOString(),
    }),
    ...(reason && { reasonCode: [reason] }),
    ...(bodySite && { bodySite: [bodySite[side]] }),
  }
}
