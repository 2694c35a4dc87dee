import { assess } from './assess/assess.js'
import { recordedFacts } from './audit/aged-facts.js'
import { recordedCard } from './audit/invocation-body.js'
import type { InvocationBody, RecordedCard } from './audit/invocation-body.js'
import { chooseCards } from './cards/choose-cards.js'
import type { ChosenCard } from './cards/chosen-card.js'
import type { Assessment } from './assess/assessment.js'
import { developmentClient } from './config/development-client.js'
import { readKeys } from './gather/chart.js'
import type { Library } from './library.js'
import type { HookRequest } from './protocol/hook-request.js'

/** A recorded call, decided again. */
export interface DecidedAgain {
  assessment: Assessment
  considered: readonly ChosenCard[]
  cards: readonly RecordedCard[]
}

/**
 * Decides a recorded call again, from its stored facts and at its stored time, by the given content.
 *
 * Shape: pure; with the content and code that decided it first, the cards have the same content hashes (AUD-080).
 */
export function reDecide(body: InvocationBody, library: Library): DecidedAgain {
  const now = Date.parse(body.receivedAt)
  const assessment = assess(recordedFacts(body.facts, now, readKeys), library.parameters, now)
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
  const considered = chooseCards(
    library.pack,
    { request, client, invocationId: body.invocationId },
    assessment,
  )
  return {
    assessment,
    considered,
    cards: considered.flatMap((card) => (card.wire ? [recordedCard(card, (ref) => ref)] : [])),
  }
}
