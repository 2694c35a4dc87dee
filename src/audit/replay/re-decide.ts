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

/** A recorded call, decided again. */
export interface DecidedAgain extends Decision {
  /** The cards given, as a record keeps them. */
  cards: readonly RecordedCard[]
}

/**
 * Decides a recorded call again, from its recorded facts and at its recorded moment, by the given content.
 *
 * Shape:   pure; with the content and code that decided first, the cards have the same content hashes (AUD-080).
 *          `earlier` stands in for what the record says of earlier cards.
 * Missing: a record does not say whether its client wants a card or a 412 when the check could not run. Only a call that
 *          was given that card is given it again.
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
