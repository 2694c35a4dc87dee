import type { Audit, Trace } from '../audit/trace.js'
import { MemoryAudit } from '../audit/memory-audit.js'
import { tracing } from '../audit/tracing.js'
import { developmentClient } from '../config/development-client.js'
import { makeDecide } from '../decide.js'
import type { Decided } from '../decide.js'
import { DataUnavailable } from '../errors.js'
import { makeGather } from '../gather/gather.js'
import type { Library } from './library.js'
import { parseHookRequest } from '../protocol/parse-hook-request.js'
import type { ClientSettings } from '../config/settings.js'
import type { Instant } from '../units/units.js'
import { makeWorkLine } from './work-line.js'
import type { WorkLine } from './work-line.js'

/** The content, client, moment and record for a call outside the service. */
export interface DecideOnceBy {
  library: Library
  now: Instant
  /** The client; without one, the client of development. */
  client?: ClientSettings
  /** The audit; without one, an audit in memory. */
  audit?: Audit
  /** The work line in which the steps wait for their turn, for a process with other work; by default a new line. */
  line?: WorkLine
}

/** The outcome of one call. `unavailable` holds the words of a 412, and then there are no cards. */
export interface DecidedOnce extends Decided {
  trace: Trace
  unavailable?: DataUnavailable
}

/**
 * Decides one call outside the service with the same steps as a live call, from the parsed body to the record.
 *
 * Shape:  the chart is the prefetch of the body; `now` is also the time of day. Durations in the trace are 0.
 * Throws: `ProtocolError` for a body that the service would refuse, `RecordUnavailable` when no record could be stored.
 */
export async function decideOnce(body: Record<string, unknown>, by: DecideOnceBy): Promise<DecidedOnce> {
  const { library, now, client = developmentClient, audit = new MemoryAudit(), line = makeWorkLine() } = by
  const traced = tracing(audit)
  const decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => now }),
    library: () => library,
    audit: traced.audit,
    line,
    clock: () => 0, // no client waits for this call, so no deadline ends the call
  })
  const request = parseHookRequest(`mastitis-${String(body['hook'])}`, body)
  const unavailable = (error: unknown): DataUnavailable => {
    if (error instanceof DataUnavailable) return error
    throw error
  }
  const decided = await decide(request, client, now).catch(unavailable)
  const trace = traced.trace()
  if (!trace) throw new Error('a decided call is recorded')
  if (!(decided instanceof DataUnavailable)) return { ...decided, trace }
  return { invocationId: trace.invocationId, cards: [], trace, unavailable: decided }
}
