import { sideWords } from '../../assess/words.js'
import { cardDetail } from './card-detail.js'
import { idsOf } from '../card-ids.js'
import type { CardPack, CompiledVariant } from '../card-pack.js'
import type { OrderSide } from '../card-source.js'
import type { CardCall } from './call.js'
import type { WireCard } from '../chosen-card.js'
import { contentHash } from '../content/content-hash.js'
import { escapeChartText } from './escape-chart-text.js'
import type { MergedRows } from './merged-rows.js'
import type { Choosing, Rendering } from './rendering.js'
import { suggestedOrders } from './suggested-orders.js'
import { fillIn, type SlotValues } from '../template.js'

/** The most characters of a summary: CDS Hooks wants fewer than 140. */
export const longestSummary = 139

/**
 * The names of the orders that the card is about, from the chart, escaped.
 *
 * Privacy: only for the detail of a card.
 */
const orderNames = ({ held }: MergedRows): string =>
  [
    ...new Set(
      held.flatMap(({ row, scope }) =>
        row.aboutDraft && scope.draft ? [escapeChartText(scope.draft.name ?? scope.draft.resourceType)] : [],
      ),
    ),
  ].join(', ')

/**
 * Renders the card for the clinician, and the hash of its words.
 *
 * Privacy: the only chart text is the escaped name of the order that the card is about.
 * Source:  clinical 6; https://cds-hooks.hl7.org/2.0/#card-attributes
 */
export function renderCard(
  choosing: Choosing,
  { card, merged, saysFeeding }: Pick<Rendering, 'card' | 'merged' | 'saysFeeding'>,
): { wire: WireCard; contentHash: string } {
  const { pack, call, assessment } = choosing
  const variant = card.variants[merged.variant] as CompiledVariant
  const values: SlotValues = {
    finding: assessment.feeding.finding ?? '',
    category: assessment.feeding.category ?? '',
    order: orderNames(merged),
    ...merged.lead.scope.values,
    ...sideValues(merged.summarySide),
  }
  const rendering: Rendering = { ...choosing, card, variant, merged, values, saysFeeding }
  const summary = shortEnough(fillIn(variant.summary, values))
  const [uuid = '', ...ids] = idsOf(call.invocationId, card.kind, variant.suggestions.length)
  const suggestions = suggestedOrders(rendering, ids)
  const [source] = variant.sources
  const wire: WireCard = {
    uuid,
    summary,
    indicator: merged.indicator,
    detail: cardDetail(rendering),
    source: { label: source.label, url: source.url, topic: card.topic },
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'any' as const }),
    overrideReasons: variant.overrideReasons,
    links: links(pack, { card, variant }, call),
  }
  return { wire, contentHash: contentHash(card, variant, merged, summary) }
}

/**
 * Cuts a summary that is too long. The check at start proves that none is; a value longer than any known one still
 * gives a valid card.
 */
const shortEnough = (summary: string): string =>
  summary.length <= longestSummary ? summary : `${summary.slice(0, longestSummary - 1)}…`

/** The words for the side of a card, in a sentence, after a preposition and before a noun. */
const sideValues = (side: OrderSide): Pick<SlotValues, 'side' | 'theSide' | 'breast'> => ({
  side: sideWords[side],
  theSide: side === 'both' ? sideWords.both : `the ${sideWords[side]}`,
  breast: sideWords[side === 'both' ? 'unspecified' : side],
})

/**
 * The links of a card: its sources, then its own page, then the SMART app for a client that takes such links.
 *
 * Source: SEC-062, clinical changes C30
 */
function links(
  pack: CardPack,
  { card, variant }: Pick<Rendering, 'card' | 'variant'>,
  call: CardCall,
): NonNullable<WireCard['links']> {
  const absolute = (label: string, url: string) => ({ label, url, type: 'absolute' as const })
  const read = [
    ...variant.sources.map(({ label, url }) => absolute(label, url)),
    absolute(pack.everyCard.attributes_link, card.attributesUrl),
  ]
  if (pack.smartLaunchUrl === undefined || !call.client.links.includes('smart-app')) return read
  return [
    ...read,
    {
      label: pack.everyCard.smart_link,
      url: pack.smartLaunchUrl,
      type: 'smart' as const,
      appContext: call.invocationId,
    },
  ]
}
