import { assess } from './assess/assess.js'
import { recordedFacts } from './audit/aged-facts.js'
import { recordedCard } from './audit/invocation-body.js'
import type { InvocationBody, RecordedCard } from './audit/invocation-body.js'
import { askCards, chooseCards, someCardHolds } from './cards/choose-cards.js'
import type { ChosenCard } from './cards/chosen-card.js'
import { couldNotRun, couldNotRunTopic, couldSayNothing } from './cards/could-not-run.js'
import type { Assessment } from './assess/assessment.js'
import { developmentClient } from './config/development-client.js'
import type { EarlierCard } from './facts/facts.js'
import { readKeys } from './gather/chart.js'
import type { Library } from './library.js'
import type { HookRequest } from './protocol/hook-request.js'

/** A recorded call, decided again. */
export interface DecidedAgain {
  assessment: Assessment
  considered: readonly ChosenCard[]
  cards: readonly RecordedCard[]
  /** Do the conditions of some card hold, so that what was said earlier can hide it? */
  someCardHolds: boolean
}

/**
 * Decides a recorded call again, from its stored facts and at its stored time, by the given content.
 *
 * Shape:   pure; with the content and code that decided it first, the cards have the same content hashes (AUD-080).
 *          `earlier` is what was said before the call, for a record that does not say it itself.
 * Missing: whether the client is told that the check could not run is known only of a call in which it was; of others
 *          the cards alone are decided.
 */
export function reDecide(
  body: InvocationBody,
  library: Library,
  earlier?: readonly EarlierCard[],
): DecidedAgain {
  const now = Date.parse(body.receivedAt)
  const facts = recordedFacts(body.facts, now, readKeys)
  const assessment = assess(earlier ? { ...facts, earlier } : facts, library.parameters, now)
  const request: HookRequest = {
    serviceId: `mastitis-${body.hook}`,
    hook: body.hook,
    hookInstance: body.hookInstance,
    patientId: body.patientRef,
    userId: body.userRef,
    draftOrders: [],
    selections: [],
    prefetch: new Map(),
  }
  const client = { ...developmentClient, cardsOff: body.cardsOff ?? [] }
  const { invocationId } = body
  const call = { request, client, invocationId }
  const asked = askCards(library.pack, call, assessment)
  const chosen = chooseCards(library.pack, call, assessment, asked)
  const tellsFailure = body.cards.some(({ kind }) => kind === couldNotRunTopic.code)
  const considered =
    tellsFailure && couldSayNothing(assessment, chosen)
      ? [...chosen, couldNotRun(library.pack, assessment.unreadRequired, invocationId)]
      : chosen
  return {
    assessment,
    considered,
    cards: considered.flatMap((card) => (card.wire ? [recordedCard(card, (ref) => ref)] : [])),
    someCardHolds: someCardHolds(asked),
  }
}
