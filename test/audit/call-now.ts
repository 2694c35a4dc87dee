import { agedFacts, recordedFacts } from '../../src/audit/aged-facts.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { timeOrderedId } from '../../src/audit/time-ordered-id.js'
import type { Trace } from '../../src/audit/trace.js'
import { decision } from '../../src/decision.js'
import { readKeys } from '../../src/gather/chart.js'
import type { Library } from '../../src/service/library.js'

/** The call of a trace made again now: the chart is as old as it was then, and the audit says what was said earlier. */
export async function callNow(
  audit: OpenAudit,
  library: Library,
  { trace, now }: { trace: Trace; now: number },
): Promise<Trace> {
  const { client, request } = trace
  const earlier = await audit.earlier(client, request.patientId, request.userId, now)
  const facts = { ...recordedFacts(agedFacts(trace.facts, trace.now).facts, now, readKeys), earlier }
  const invocationId = timeOrderedId(now)
  const decided = decision(facts, library, { request, client, invocationId }, now)
  const shown = decided.considered.filter(({ wire }) => wire)
  return { ...trace, ...decided, pack: library.pack, facts, invocationId, now, shown }
}
