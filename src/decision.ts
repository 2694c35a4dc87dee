import { assess } from './assess/assess.js'
import type { Assessment } from './assess/assessment.js'
import { chooseCards } from './cards/choose/choose-cards.js'
import type { CardCall } from './cards/choose/call.js'
import type { ChosenCard } from './cards/chosen-card.js'
import { couldNotRun, couldSayNothing } from './cards/choose/could-not-run.js'
import type { Facts } from './facts/facts.js'
import type { Library } from './service/library.js'
import type { Instant } from './units/units.js'

/** The decision on one call. */
export interface Decision {
  assessment: Assessment
  /** Every card, shown (with `wire`) or hidden with the reason. */
  considered: readonly ChosenCard[]
  /** 412 when no card could be shown because required data could not be read, and this client wants that status. */
  status: 200 | 412
}

/**
 * Decides one call: the same facts, content, call and moment always give the same cards.
 *
 * Shape:   pure; a replay uses this function. A live call runs the two steps, `assess` and `decisionOn`, separately, so
 *          that each is timed and the event loop runs other work between them.
 * Missing: facts that could not be read lead to findings with the verdict cannot-tell; see `decisionOn` for a call
 *          without cards.
 */
export const decision = (facts: Facts, library: Library, call: CardCall, now: Instant): Decision =>
  decisionOn(assess(facts, library.parameters, now), library, call)

/**
 * Decides the cards of an assessment.
 *
 * Missing: when no card is shown and required data could not be read, the result depends on the settings of the client:
 *          a card that says that the check could not run, or the status 412.
 */
export function decisionOn(assessment: Assessment, { pack }: Library, call: CardCall): Decision {
  const chosen = chooseCards(pack, call, assessment)
  if (!couldSayNothing(assessment, chosen)) return { assessment, considered: chosen, status: 200 }
  if (call.client.onMissingData === '412') return { assessment, considered: chosen, status: 412 }
  const told = couldNotRun(pack, assessment.unreadRequired, call.invocationId)
  return { assessment, considered: [...chosen, told], status: 200 }
}
