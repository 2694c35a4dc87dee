import { assess } from '../../src/assess/assess.js'
import type { Assessment } from '../../src/assess/assessment.js'
import type { Parameters } from '../../src/assess/parameters.js'
import type { CardPack } from '../../src/cards/card-pack.js'
import { chooseCards } from '../../src/cards/choose/choose-cards.js'
import type { ChosenCard, WireCard } from '../../src/cards/chosen-card.js'
import { developmentClient } from '../../src/config/development-client.js'
import type { Facts } from '../../src/facts/facts.js'
import type { Library } from '../../src/service/library.js'
import type { RequestIdentity } from '../../src/protocol/hook-request.js'
import type { Instant } from '../../src/units/units.js'
import { decideCase } from './ask.js'
import type { Case } from './case-file.js'

/** A case whose chart has been read, so that it can be judged again and again by changed rules. */
export interface ReadCase {
  promise: Case
  request: RequestIdentity
  facts: Facts
  at: Instant
}

/** Reads the chart of a case once, as the service does. */
export async function readCase(promise: Case, library: Library): Promise<ReadCase> {
  const { request, facts, now } = (await decideCase(promise, library)).trace
  return { promise, request, at: now, facts }
}

/** The assessment of a case by these parameters. */
export const assessedBy = ({ facts, at }: ReadCase, parameters: Parameters): Assessment =>
  assess(facts, parameters, at)

/** Every card considered for a case by this pack. */
export const consideredBy = (
  { request }: ReadCase,
  pack: CardPack,
  assessment: Assessment,
): readonly ChosenCard[] =>
  chooseCards(pack, { request, client: developmentClient, invocationId: 'case' }, assessment)

const isAsking = (cards: readonly ChosenCard[]): boolean =>
  cards.some(({ kind, variant, wire }) => kind === 'reassess' && variant === 'could-not-read' && wire)

/** What the case promises of its card: hidden or asking, or shown with indicator, variant and hours. */
export function verdictOf({ promise }: ReadCase, cards: readonly ChosenCard[]): string {
  const card = cards.find(({ kind }) => kind === promise.kind)
  if (!card?.wire) return promise.expect === 'asks' && isAsking(cards) ? 'asks' : 'hidden'
  const hours = /\d+ (?:h|days)\b/.exec(card.wire.summary)?.[0] ?? ''
  return `shown ${card.indicator ?? ''} ${card.variant ?? ''} ${hours}`
}

/** The whole card of the case as its expected file holds it, with its rows as the record holds them, or that it is hidden. */
export function cardOf(read: ReadCase, cards: readonly ChosenCard[]): string {
  const { wire, held = [] } = cards.find(({ kind }) => kind === read.promise.kind) ?? {}
  const reasons = held.map(({ row, scope }) => `${row.id} ${scope.side ?? ''}`)
  return wire ? JSON.stringify([withoutIds(wire), reasons]) : verdictOf(read, cards)
}

/** A card without what is new in every call, so that a diff shows only what a clinician would see changed. */
export function withoutIds({ uuid: _uuid, suggestions, links, ...card }: WireCard): object {
  return {
    ...card,
    ...(suggestions && { suggestions: suggestions.map(({ uuid: _own, ...suggestion }) => suggestion) }),
    ...(links && { links: links.map(({ appContext: _context, ...link }) => link) }),
  }
}
