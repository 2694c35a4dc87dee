import { assess } from './assess/assess.js'
import type { Assessment } from './assess/assessment.js'
import { timeOrderedId } from './audit/time-ordered-id.js'
import type { Audit } from './audit/trace.js'
import { askCards, chooseCards, someCardHolds } from './cards/choose-cards.js'
import type { WireCard } from './cards/chosen-card.js'
import { couldNotRun, couldSayNothing } from './cards/could-not-run.js'
import { earlierScope } from './cards/earlier-cards.js'
import { DataUnavailable } from './errors.js'
import { readFacts } from './facts/read-facts.js'
import type { Chart } from './gather/chart.js'
import type { Library } from './library.js'
import { identityOf } from './protocol/hook-request.js'
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
}

export type Decide<Answer = Decision> = (
  request: HookRequest,
  client: ClientSettings,
  now: Instant,
  context?: TraceContext,
) => Promise<Answer>

/** Gives what was decided the form in which it waits for its record. */
export type FormAnswer<Answer> = (decision: Decision, client: ClientSettings) => Answer

/** What is answered once the record is kept. */
interface Pending<Answer> {
  answer: Answer
  status: 200 | 412
  unreadRequired: Assessment['unreadRequired']
  kept: Promise<void>
}

/**
 * One request, start to finish; the only place that knows the order of the rooms.
 *
 * Edge:   while a call waits for its record it holds its answer alone: the chart of a call is many times larger.
 * Throws: `DataUnavailable` when nothing could be said because required data could not be read (412), after recording
 *         it; `RecordUnavailable` when the record could not be kept (503): no record, no advice.
 */
export function makeDecide(rooms: Rooms): Decide {
  return makeAnswer(rooms, (decision) => decision)
}

/**
 * As `makeDecide`, with an answer in a form of the caller's, which is given while the record is on its way.
 *
 * Shape:  a hundred small objects that wait are moved by every young collection meanwhile; bytes are not.
 * Throws: as `makeDecide`.
 */
export function makeAnswer<Answer>(rooms: Rooms, form: FormAnswer<Answer>): Decide<Answer> {
  return (...call) => decided(rooms, form, ...call).then(onceKept<Answer>)
}

/** A function of its own, so that what waits here does not hold the call. */
async function onceKept<Answer>({ kept, status, unreadRequired, answer }: Pending<Answer>): Promise<Answer> {
  await kept // durable before the answer leaves: no record, no advice
  if (status === 412) throw new DataUnavailable(unreadRequired)
  return answer
}

/** All of a call up to its record, which is on its way then. */
async function decided<Answer>(
  { gather, library, audit, clock }: Rooms,
  form: FormAnswer<Answer>,
  ...[request, client, now, context]: Parameters<Decide>
): Promise<Pending<Answer>> {
  const { reading, parameters, pack } = library()
  const started = clock()
  const chart = await gather(request, client, context)
  const gathered = clock()
  const facts = readFacts(chart, reading)
  const read = clock()
  const assessment = assess(facts, parameters, now)
  const assessed = clock()
  const invocationId = timeOrderedId(now)
  const call = { request: identityOf(request), client, invocationId }
  const asked = askCards(pack, call, assessment)
  const askedAt = clock()
  // what was said earlier only ever hides a card, so most calls need not ask for it
  const earlier = someCardHolds(asked)
    ? await audit.earlier(client, request.patientId, request.userId, now, earlierScope(parameters))
    : []
  const remembered = clock()
  const chosen = chooseCards(pack, call, { ...assessment, earlier }, asked)
  const missed = couldSayNothing(assessment, chosen)
  const status = missed && client.onMissingData === '412' ? 412 : 200
  const considered =
    missed && status === 200
      ? [...chosen, couldNotRun(pack, assessment.unreadRequired, invocationId)]
      : chosen
  const shown = client.rulesMode === 'live' ? considered.filter((card) => card.wire) : []
  const kept = audit.record({
    invocationId,
    client,
    pack,
    request: call.request,
    now,
    sources: chart.sources,
    facts: { ...facts, earlier },
    assessment,
    considered,
    status,
    shown,
    timings: {
      gather: gathered - started,
      facts: read - gathered,
      assess: assessed - read,
      cards: askedAt - assessed + clock() - remembered,
    },
    ...(context && { traceId: context.traceId }),
  })
  const cards = shown.flatMap((card) => (card.wire ? [card.wire] : []))
  return {
    answer: form({ invocationId, cards }, client),
    status,
    unreadRequired: assessment.unreadRequired,
    kept,
  }
}
