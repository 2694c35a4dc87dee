import type { Assessment } from '../assess/assessment.js'
import { hoursInMs } from '../units/units.js'
import type { CardPack, CompiledSuggestion, CompiledVariant } from './card-pack.js'
import type { Call } from './choose-cards.js'
import type { WireSuggestion } from './chosen-card.js'
import type { MergedRows } from './merged-rows.js'
import { fillIn, type SlotValues } from './template.js'

/**
 * The draft orders a card suggests: one ServiceRequest each, created by one click and signed by the clinician.
 *
 * Shape:  `ids` holds one UUID per suggestion. R4 ServiceRequest, `status: draft`, `intent` from `orders.intent`, for the patient of the call only.
 * Source: clinical 6.3, SEC-063, R5-R9.
 */
export function suggestedOrders(
  pack: CardPack,
  variant: CompiledVariant,
  ids: readonly string[],
  merged: MergedRows,
  values: SlotValues,
  call: Call,
  assessment: Assessment,
): readonly WireSuggestion[] {
  return variant.suggestions.map((suggestion, place) => ({
    label: fillIn(suggestion.label, values),
    uuid: ids[place] ?? '',
    ...(suggestion.recommended && { isRecommended: true }),
    actions: [
      {
        type: 'create' as const,
        description: fillIn(suggestion.description, values),
        resource: draftOrder(pack, suggestion, merged, values, call, assessment),
      },
    ],
  }))
}

function draftOrder(
  pack: CardPack,
  suggestion: CompiledSuggestion,
  { indicator, orderSide, lead }: MergedRows,
  values: SlotValues,
  call: Call,
  { now }: Assessment,
): Record<string, unknown> {
  const side = suggestion.bothSides ? 'both' : orderSide
  const codes = suggestion.codes[side]
  const reason = pack.stageReasons.get(lead.scope.stage)
  const { bodySite, priority, occursInHours } = suggestion
  return {
    resourceType: 'ServiceRequest',
    status: 'draft',
    intent: pack.parameters['orders.intent'],
    ...(priority && { priority: priority[indicator] }),
    code: { ...(codes.length > 0 && { coding: codes }), text: fillIn(suggestion.text, values) },
    subject: { reference: `Patient/${call.request.patientId}` },
    ...(occursInHours !== undefined && {
      occurrenceDateTime: new Date(now + hoursInMs(occursInHours)).toISOString(),
    }),
    ...(reason && { reasonCode: [reason] }),
    ...(bodySite && { bodySite: [bodySite[side]] }),
  }
}
