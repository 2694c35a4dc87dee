import type { Assessment, Scope } from '../assess/assessment.js'
import type { RequestIdentity } from '../protocol/hook-request.js'
import type { ClientSettings } from '../settings.js'
import type { CardPack, CompiledCard } from './card-pack.js'
import type { ChosenCard, Hidden } from './chosen-card.js'
import { ConsideredCard } from './considered-card.js'
import { overridden, repeated } from './earlier-cards.js'
import { heldRows } from './held-rows.js'
import { mergeRows, urgency, type MergedRows } from './merged-rows.js'
import { renderCard } from './render-card.js'

/** The call that cards are chosen for; `invocationId` is all that makes their ids differ from those of another call. */
export interface Call {
  request: RequestIdentity
  client: ClientSettings
  invocationId: string
}

/** A card with the rows that hold for it, before anything said earlier is known. */
export interface AskedCard {
  card: CompiledCard
  /** The rows that hold, as one; none if no row does. */
  merged: MergedRows | undefined
  /** Why the card is not given here, whoever the patient is. */
  off: Hidden | undefined
}

interface Candidate {
  card: CompiledCard
  merged: MergedRows | undefined
  hidden: Hidden | undefined
}

/**
 * Asks the rows of every card of the pack.
 *
 * Missing: nothing at all when the patient is out of scope or that cannot be told (clinical 1.1).
 */
export function askCards(
  pack: CardPack,
  { request, client }: Call,
  { inScope, scopes }: Assessment,
): readonly AskedCard[] {
  if (inScope.verdict !== 'present') return []
  return pack.cards.map((card) => ({
    card,
    merged: mergeRows(heldRows(card.rowsOf.get(request.hook) ?? [], scopes)),
    off: whyOff(pack, card, client),
  }))
}

/**
 * Would any card be given if nothing had been said earlier of this patient?
 *
 * Edge: a card that another replaces, or that is one too many, counts; the one that hides it is given then.
 */
export const someCardHolds = (asked: readonly AskedCard[]): boolean =>
  asked.some(({ merged, off }) => merged && !off)

/**
 * Every card of the pack, given or hidden with its reason; the given ones first, in the order of the wire.
 *
 * Shape:   critical, warning, info, then the order of clinical 6.2; then the hidden ones. Only given cards have `wire`.
 *          `asked` are the rows of the same call, if they were asked before.
 * Missing: nothing at all when the patient is out of scope or that cannot be told (clinical 1.1).
 * Source:  clinical 6 (common rules) and 8.
 */
export function chooseCards(
  pack: CardPack,
  call: Call,
  assessment: Assessment,
  asked = askCards(pack, call, assessment),
): readonly ChosenCard[] {
  const { scopes } = assessment
  const candidates = asked.map(({ card, merged, off }): Candidate => {
    if (!merged) return { card, merged, hidden: 'no-row' }
    return { card, merged, hidden: off ?? whySaidBefore(pack, card, merged, assessment) }
  })
  hideReplaced(candidates)
  const given = capped(
    candidates.filter(({ hidden }) => !hidden),
    pack.parameters['cards.max'],
  )
  const considered = given.map((candidate) => chosen(candidate, call, scopes, pack, assessment))
  for (const candidate of candidates) if (candidate.hidden) considered.push(chosen(candidate, call, scopes))
  return considered
}

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

/** A card stands for another only while it is itself given and at least as urgent. */
function hideReplaced(candidates: readonly Candidate[]): void {
  for (const { merged, hidden } of candidates) {
    if (!merged || hidden) continue
    const kinds = merged.held.flatMap(({ row }) => row.replaces)
    if (kinds.length === 0) continue
    for (const other of candidates) {
      const weaker = other.merged && urgency[other.merged.indicator] <= urgency[merged.indicator]
      if (weaker && !other.hidden && kinds.includes(other.card.kind)) other.hidden = 'replaced'
    }
  }
}

/** In the order of the wire; beyond `max`, info cards go first, critical and never-capped cards stay. */
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

/** The candidate as a chosen card, with the wire card when it is given. */
function chosen(
  { card, merged, hidden }: Candidate,
  call: Call,
  scopes: readonly Scope[],
  pack?: CardPack,
  assessment?: Assessment,
): ChosenCard {
  const considered = new ConsideredCard(card, card.rowsOf.get(call.request.hook) ?? [], scopes)
  if (hidden) considered.hidden = hidden
  if (!merged) return considered
  considered.indicator = merged.indicator
  considered.variant = card.variants[merged.variant]?.name ?? ''
  if (!pack || !assessment) return considered
  considered.held = merged.held
  return Object.assign(considered, renderCard(pack, card, merged, call, assessment))
}
