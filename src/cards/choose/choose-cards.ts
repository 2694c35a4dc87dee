import type { Assessment } from '../../assess/assessment.js'
import type { HookName } from '../../protocol/hook-request.js'
import type { ClientSettings } from '../../config/settings.js'
import type { CardCall } from './call.js'
import type { CardPack, CompiledCard, CompiledVariant } from '../card-pack.js'
import type { ChosenCard, Hidden } from '../chosen-card.js'
import { overridden, repeated } from './earlier-cards.js'
import { askRows, type AskedRows, type HeldRow } from './held-rows.js'
import { mergeRows, urgency, type MergedRows } from './merged-rows.js'
import { renderCard } from './render-card.js'
import type { Choosing } from './rendering.js'

interface Candidate {
  card: CompiledCard
  merged: MergedRows | undefined
  hidden: Hidden | undefined
  /** No row holds, and at least one row could not be decided. */
  undecided: boolean
}

/**
 * Chooses the cards of one call: every card of the pack, shown or hidden with its reason.
 *
 * Shape:   the shown cards first, in the order of the wire (critical, warning, info, then the order of clinical 6.2);
 *          then the hidden cards. Only shown cards have `wire`.
 * Missing: no card is listed when the patient is out of scope or the scope cannot be told (clinical 1.1).
 * Source:  clinical 6 (common rules) and 8
 */
export function chooseCards(pack: CardPack, call: CardCall, assessment: Assessment): readonly ChosenCard[] {
  if (assessment.inScope.verdict !== 'present') return []
  const asked = pack.cards.map((card) => askCard(card, pack, call, assessment))
  const alone = asked.some((each) => speaksAlone(each, call.request.hook))
  const candidates = asked.map((each) => candidate(each, alone, { pack, call, assessment }))
  hideReplaced(candidates)
  const given = capped(
    candidates.filter(({ hidden }) => !hidden),
    pack.parameters['cards.max'],
  )
  const hidden = candidates.filter((each) => each.hidden)
  const speaker = given.some((each) => variantOf(each)?.feeding === 'own')
    ? undefined
    : given.find((each) => variantOf(each)?.feeding === 'if-first')
  return [
    ...given.map((each) => ({
      ...consideredCard(each),
      ...rendered(each, { pack, call, assessment }, each === speaker),
    })),
    ...hidden.map(consideredCard),
  ]
}

/** One card with its rows that hold, and the reason if the card is off. */
interface AskedCard extends AskedRows {
  card: CompiledCard
  off: Hidden | undefined
}

function askCard(card: CompiledCard, pack: CardPack, call: CardCall, { scopes }: Assessment): AskedCard {
  const rows = card.rowsOf.get(call.request.hook) ?? []
  return { card, off: whyOff(pack, card, call.client), ...askRows(rows, scopes) }
}

/** Does a row of the card hold beside which only the rows speak that may stand beside it? */
const speaksAlone = ({ held, off }: AskedCard, hook: HookName): boolean =>
  off === undefined && held.some(({ row }) => row.aloneOn.includes(hook))

/** One card with its rows that speak, and the reason if the card is hidden whatever the other cards are. */
function candidate(
  { card, off, held, undecided }: AskedCard,
  alone: boolean,
  { pack, call, assessment }: Choosing,
): Candidate {
  const speaking = alone ? held.filter((row) => isBesideAlone(row, call.request.hook)) : held
  const merged = mergeRows(speaking.length > 0 ? speaking : held)
  if (!merged) return { card, merged, hidden: 'no-row', undecided }
  const silent = speaking.length === 0 ? 'replaced' : undefined
  const hidden = off ?? silent ?? whySaidBefore(pack, card, merged, assessment)
  return { card, merged, hidden, undecided: false }
}

/** A row that free text weakened is not as urgent as the content means it. */
const isBesideAlone = ({ row, indicator }: HeldRow, hook: HookName): boolean =>
  row.aloneOn.includes(hook) || (row.besideAlone && indicator === row.indicator)

function whyOff(pack: CardPack, card: CompiledCard, client: ClientSettings): Hidden | undefined {
  if (card.status === 'retired' || pack.switchedOff.has(card.kind)) return 'off'
  if (client.cardsOff.includes(card.kind)) return 'off'
  if (card.status === 'draft' && !pack.draftsAccepted) return 'draft-not-accepted'
  return undefined
}

function whySaidBefore(
  { parameters }: CardPack,
  card: CompiledCard,
  { indicator }: MergedRows,
  assessment: Assessment,
): Hidden | undefined {
  if (overridden(card, indicator, assessment, parameters)) return 'overridden'
  if (repeated(card, indicator, assessment, parameters)) return 'repeated'
  return undefined
}

/**
 * Takes away the cards that another card replaces, and the rows of single variants on the breast of the other card; a
 * card replaces only while it is shown itself and at least as urgent.
 */
function hideReplaced(candidates: readonly Candidate[]): void {
  for (const { merged, hidden } of candidates) {
    if (!merged || hidden) continue
    const replacing = merged.held.filter(({ row }) => row.replaces.length > 0)
    for (const other of candidates) {
      if (!other.merged || other.hidden || urgency[other.merged.indicator] > urgency[merged.indicator])
        continue
      const stay = other.merged.held.filter((held) => !replacing.some((by) => replaces(by, held, other.card)))
      const rest = mergeRows(stay)
      if (rest) other.merged = rest
      else other.hidden = 'replaced'
    }
  }
}

/** Does a row stand for a row of another card, by the card's kind, or by the variant on the same breast? */
const replaces = ({ row, scope }: HeldRow, other: HeldRow, { kind, variants }: CompiledCard): boolean =>
  row.replaces.includes(kind) ||
  (scope.side === other.scope.side && row.replaces.includes(`${kind}/${variants[other.variant]?.name ?? ''}`))

/** The variant that a card shows, if a row of the card holds. */
const variantOf = ({ card, merged }: Candidate): CompiledVariant | undefined =>
  merged && card.variants[merged.variant]

/**
 * The shown cards in the order of the wire; beyond `max` info cards are left out first, critical and never-capped
 * cards stay.
 */
function capped(given: readonly Candidate[], max: number): readonly Candidate[] {
  const indicatorOf = ({ merged }: Candidate) => merged?.indicator ?? 'info'
  const ordered = [...given].sort(
    (a, b) => urgency[indicatorOf(b)] - urgency[indicatorOf(a)] || a.card.order - b.card.order,
  )
  let tooMany = ordered.length - max
  for (let place = ordered.length - 1; place >= 0 && tooMany > 0; place -= 1) {
    const candidate = ordered[place]
    if (!candidate || indicatorOf(candidate) === 'critical' || candidate.card.neverCapped) continue
    candidate.hidden = 'cap'
    tooMany -= 1
  }
  return ordered.filter(({ hidden }) => !hidden)
}

/** The candidate as recorded, without the wire card. */
function consideredCard(candidate: Candidate): ChosenCard {
  const { card, merged, hidden, undecided } = candidate
  return {
    kind: card.kind,
    version: card.version,
    ...(hidden && { hidden }),
    ...(undecided && { undecided }),
    ...(merged && { indicator: merged.indicator, variant: variantOf(candidate)?.name ?? '' }),
  }
}

/** The members that only a shown card has. */
const rendered = (
  { card, merged }: Candidate,
  choosing: Choosing,
  saysFeeding: boolean,
): Partial<ChosenCard> =>
  merged ? { held: merged.held, ...renderCard(choosing, { card, merged, saysFeeding }) } : {}
