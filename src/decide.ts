import { assess } from './assess/assess.js'
import type { UnreadRequired } from './assess/missing.js'
import { timeOrderedId } from './audit/time-ordered-id.js'
import type { Audit } from './audit/trace.js'
import { stepsOfCall } from './service/call-steps.js'
import type { Step } from './service/call-steps.js'
import type { WireCard } from './cards/chosen-card.js'
import { decisionOn } from './decision.js'
import { DataUnavailable } from './errors.js'
import type { UnreadKey } from './errors.js'
import type { Facts } from './facts/facts.js'
import { makeFactsReader } from './facts/read-facts.js'
import type { ReadingRules } from './facts/reading.js'
import type { Chart } from './gather/chart.js'
import type { Gather } from './gather/gather.js'
import { unreadableWords } from './gather/unreadable-words.js'
import type { Library } from './service/library.js'
import { identityOf } from './protocol/hook-request.js'
import type { HookRequest } from './protocol/hook-request.js'
import type { TraceContext } from './protocol/trace-context.js'
import type { ClientSettings } from './config/settings.js'
import type { Instant } from './units/units.js'
import type { WorkLine } from './service/work-line.js'

/** The parts that decide a call; `library` is called for each call, so that a reload is atomic. */
export interface DecideParts {
  gather: Gather
  library: () => Library
  audit: Audit
  /** The work line in which the steps of all calls wait for their turn. */
  line: WorkLine
  /** A clock in milliseconds that never goes back, for the times of the steps of a call. */
  clock: () => number
}

/** The result of a call. */
export interface Decided {
  invocationId: string
  cards: readonly WireCard[]
  /** How many values on record could not be read or understood, by subject; absent without any. */
  notUnderstood?: Readonly<Record<string, number>>
}

/** Decides one live call. */
export type Decide = (
  request: HookRequest,
  client: ClientSettings,
  now: Instant,
  context?: TraceContext,
) => Promise<Decided>

/**
 * Makes the function that decides a live call: it reads the chart and the earlier cards, decides, records, and returns
 * the cards.
 *
 * Throws: `DataUnavailable` when no card could be shown because required data could not be read (412), after the call
 *         is recorded. `DeadlinePassed` when the deadline of the call passed between two steps (503); the call is not
 *         recorded. `RecordUnavailable` when the record could not be stored (503); a call without a record returns no
 *         cards.
 */
export function makeDecide({ gather, library, audit, line, clock }: DecideParts): Decide {
  return async (request, client, now, context) => {
    const content = library()
    const { step, timings } = stepsOfCall(client.deadlineMs, clock, (work) => line.goOn(client.id, work))
    const [chart, earlier] = await Promise.all([
      step('gather', () => gather(request, client, context)),
      audit.earlier(client, request.patientId, request.userId, now),
    ])
    const facts = { ...(await factsOf(chart, content.reading, step)), earlier }
    const call = { request: identityOf(request), client, invocationId: timeOrderedId(now) }
    const assessment = await step('assess', () => assess(facts, content.parameters, now))
    const { considered, status } = await step('cards', () => decisionOn(assessment, content, call))
    const shown = client.rulesMode === 'live' ? considered.filter((card) => card.wire) : []
    // the record is durable before the response is sent
    await line.goOn(client.id, () =>
      audit.record({
        ...call,
        pack: content.pack,
        now,
        sources: chart.sources,
        facts,
        assessment,
        considered,
        status,
        shown,
        timings,
        ...(context && { traceId: context.traceId }),
      }),
    )
    if (status === 412)
      throw new DataUnavailable(assessment.unreadRequired.map((key) => unreadKey(key, facts)))
    const { unreadable } = facts
    return {
      invocationId: call.invocationId,
      cards: shown.flatMap(({ wire }) => (wire ? [wire] : [])),
      ...(unreadable.length > 0 && { notUnderstood: countsOf(unreadable.map(({ subject }) => subject)) }),
    }
  }
}

function countsOf(subjects: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const subject of subjects) counts[subject] = (counts[subject] ?? 0) + 1
  return counts
}

/** Why a required key could not be read. */
function unreadKey(key: UnreadRequired, { reads }: Facts): UnreadKey {
  if (key === 'draftOrders') return { key, why: 'over-budget', says: unreadableWords['over-budget'] }
  const { why } = reads[key]
  return why === undefined
    ? { key, why: 'none-found', says: 'nothing was found' }
    : { key, why, says: unreadableWords[why] }
}

/** Reads the facts of a chart, some resources in each turn of the client. */
async function factsOf(chart: Chart, rules: ReadingRules, step: Step): Promise<Facts> {
  const reader = makeFactsReader(chart, rules)
  for (let at = 0; at < chart.resources.length;) {
    const from = at
    at = await step('facts', () => reader.read(from))
  }
  return step('facts', () => reader.facts())
}
