import { assess } from './assess/assess.js'
import { timeOrderedId } from './audit/time-ordered-id.js'
import type { Audit, Trace } from './audit/trace.js'
import { askCards, chooseCards, someCardHolds } from './cards/choose-cards.js'
import type { WireCard } from './cards/chosen-card.js'
import { couldNotRun, couldSayNothing } from './cards/could-not-run.js'
import { DataUnavailable } from './errors.js'
import { readFacts } from './facts/read-facts.js'
import type { Chart } from './gather/chart.js'
import type { Library } from './library.js'
import type { HookRequest } from './protocol/hook-request.js'
import type { TraceContext } from './protocol/trace-context.js'
import type { ClientSettings } from './settings.js'
import type { Instant } from './units/units.js'

/** What decide needs from the rooms; `library` is asked for each call, so that a reload is atomic. */
export interface Rooms {
  gather: (request: HookRequest, client: ClientSettings, context?: TraceContext) => Promise<Chart>
  library: () => Library
  audit: Audit
  clock: () => number
}

export interface Decision {
  invocationId: string
  cards: readonly WireCard[]
  trace: Trace
}

export type Decide = (
  request: HookRequest,
  client: ClientSettings,
  now: Instant,
  context?: TraceContext,
) => Promise<Decision>

/**
 * One request, start to finish; the only place that knows the order of the rooms.
 *
 * Throws: `DataUnavailable` when nothing could be said because required data could not be read (412), after recording
 *         it; `RecordUnavailable` when the record could not be kept (503): no record, no advice.
 */
export function makeDecide({ gather, library, audit, clock }: Rooms): Decide {
  return async (request, client, now, context) => {
    const { reading, parameters, pack } = library()
    const started = clock()
    const chart = await gather(request, client, context)
    const gathered = clock()
    const facts = readFacts(chart, reading)
    const read = clock()
    const assessment = assess(facts, parameters, now)
    const assessed = clock()
    const invocationId = timeOrderedId(now)
    const call = { request, client, invocationId }
    const asked = askCards(pack, call, assessment)
    const askedAt = clock()
    // what was said earlier only ever hides a card, so most calls need not ask for it
    const earlier = someCardHolds(asked)
      ? await audit.earlier(client, request.patientId, request.userId, now)
      : []
    const remembered = clock()
    const chosen = chooseCards(pack, call, { ...assessment, earlier }, asked)
    const missed = couldSayNothing(assessment, chosen)
    const status = missed && client.onMissingData === '412' ? 412 : 200
    const considered =
      missed && status === 200
        ? [...chosen, couldNotRun(pack, assessment.unreadRequired, invocationId)]
        : chosen
    const trace: Trace = {
      invocationId,
      client,
      pack,
      request,
      now,
      sources: chart.sources,
      facts: { ...facts, earlier },
      assessment,
      considered,
      status,
      shown: client.rulesMode === 'live' ? considered.filter((card) => card.wire) : [],
      timings: {
        gather: gathered - started,
        facts: read - gathered,
        assess: assessed - read,
        cards: askedAt - assessed + clock() - remembered,
      },
      ...(context && { traceId: context.traceId }),
    }
    await audit.record(trace) // durable before the answer leaves: no record, no advice
    if (status === 412) throw new DataUnavailable(assessment.unreadRequired)
    const cards = trace.shown.flatMap((card) => (card.wire ? [card.wire] : []))
    return { invocationId, trace, cards }
  }
}
