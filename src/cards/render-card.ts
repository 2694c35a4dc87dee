import type { Assessment } from '../assess/assessment.js'
import { cardDetail } from './card-detail.js'
import { idsOf } from './card-ids.js'
import type { CardPack, CompiledCard, CompiledVariant } from './card-pack.js'
import type { OrderSide } from './card-source.js'
import type { Call } from './choose-cards.js'
import type { WireCard } from './chosen-card.js'
import { contentHash } from './content-hash.js'
import { escapeChartText } from './escape-chart-text.js'
import type { MergedRows } from './merged-rows.js'
import { suggestedOrders } from './suggested-orders.js'
import { fillIn, type SlotValues } from './template.js'

/** CDS Hooks: a summary has fewer than 140 characters. */
export const longestSummary = 139

const sideWords: Readonly<Record<OrderSide, string>> = {
  left: 'left breast',
  right: 'right breast',
  both: 'both breasts',
  unspecified: 'breast',
}

/** The orders the card is about, named in the chart's words, escaped. Privacy: only for the detail of a card. */
const orderNames = ({ held }: MergedRows): string =>
  [
    ...new Set(
      held.flatMap(({ row, scope }) =>
        row.aboutDraft && scope.draft ? [escapeChartText(scope.draft.name ?? scope.draft.resourceType)] : [],
      ),
    ),
  ].join(', ')

/**
 * The card as the clinician sees it, and the hash of what it says.
 *
 * Privacy: the only chart text in it is the name of the order it is about, escaped.
 * Source:  clinical 6; https://cds-hooks.hl7.org/2.0/#card-attributes
 */
export function renderCard(
  pack: CardPack,
  card: CompiledCard,
  merged: MergedRows,
  call: Call,
  assessment: Assessment,
): { wire: WireCard; contentHash: string } {
  const variant = card.variants[merged.variant] as CompiledVariant
  const values: SlotValues = {
    finding: assessment.feeding.finding ?? '',
    category: assessment.feeding.category ?? '',
    order: orderNames(merged),
    ...merged.lead.scope.values,
    side: sideWords[merged.summarySide],
  }
  const summary = shortEnough(fillIn(variant.summary, values))
  const [uuid = '', ...ids] = idsOf(call.invocationId, card.kind, variant.suggestions.length)
  const suggestions = suggestedOrders(pack, variant, ids, merged, values, call, assessment)
  const wire: WireCard = {
    uuid,
    summary,
    indicator: merged.indicator,
    detail: cardDetail(pack, card, variant, merged, values, assessment),
    source: { label: variant.source.label, url: variant.source.url, topic: card.topic },
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'any' as const }),
    overrideReasons: card.overrideReasons,
    links: links(pack, card, call),
  }
  return { wire, contentHash: contentHash(card, variant, merged, summary) }
}

/** The check proves that summaries are short enough; a value longer than any known still gives a valid card. */
const shortEnough = (summary: string): string =>
  summary.length <= longestSummary ? summary : `${summary.slice(0, longestSummary - 1)}…`

/** The source attributes always; the SMART app where the client takes such links. Source: SEC-062. */
function links(pack: CardPack, card: CompiledCard, call: Call): NonNullable<WireCard['links']> {
  const attributes = {
    label: pack.everyCard.attributes_link,
    url: card.attributesUrl,
    type: 'absolute' as const,
  }
  if (pack.smartLaunchUrl === undefined || !call.client.links.includes('smart-app')) return [attributes]
  return [
    attributes,
    {
      label: pack.everyCard.smart_link,
      url: pack.smartLaunchUrl,
      type: 'smart' as const,
      appContext: call.invocationId,
    },
  ]
}
