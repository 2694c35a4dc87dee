import { recordedFacts } from '../aged-facts.js'
import { recordedCard } from '../invocation-body.js'
import type { InvocationBody, RecordedCard } from '../invocation-body.js'
import { couldNotRunTopic } from '../../cards/choose/could-not-run.js'
import { developmentClient } from '../../config/development-client.js'
import { decision } from '../../decision.js'
import type { Decision } from '../../decision.js'
import type { EarlierCard } from '../../facts/earlier-card.js'
import { readKeys } from '../../gather/chart.js'
import type { Library } from '../../service/library.js'

/** A recorded call after a second decision. */
export interface DecidedAgain extends Decision {
  /** The returned cards, in the form of a record. */
  cards: readonly RecordedCard[]
}

/**
 * Decides a recorded call again, from its recorded facts and at its recorded moment, with the given content.
 *
 * Shape:   pure; with the content and code of the first decision, the cards have the same content hashes (AUD-080).
 *          `earlier` replaces the earlier cards of the record.
 * Missing: a record does not say whether its client prefers a card or a 412 when data are missing. The card for missing
 *          data is therefore returned only for a call that returned it before.
 */
export function reDecide(
  body: InvocationBody,
  library: Library,
  earlier?: readonly EarlierCard[],
): DecidedAgain {
  const now = Date.parse(body.receivedAt)
  const facts = recordedFacts(body.facts, now, readKeys)
  const wasToldByCard = body.cards.some(({ kind }) => kind === couldNotRunTopic.code)
  const call = {
    request: {
      serviceId: `mastitis-${body.hook}` as const,
      hook: body.hook,
      hookInstance: body.hookInstance,
      patientId: body.patientRef,
      userId: body.userRef,
    },
    client: {
      ...developmentClient,
      cardsOff: body.cardsOff ?? [],
      onMissingData: wasToldByCard ? ('card' as const) : ('412' as const),
    },
    invocationId: body.invocationId,
  }
  const decided = decision(earlier ? { ...facts, earlier } : facts, library, call, now)
  const given = decided.considered.filter(({ wire }) => wire)
  return { ...decided, cards: given.map((card) => recordedCard(card, (ref) => ref)) }
}
