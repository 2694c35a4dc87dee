import { bodyOf } from './audit/metrics/call-rows.js'
import type { InvocationBody } from './audit/invocation-body.js'
import { cardDifferences } from './audit/replay/card-differences.js'
import { withCall } from './audit/replay/replay-tally.js'
import type { ReplayReport } from './audit/replay/replay-tally.js'
import { recordsSaidEarlier } from './audit/replay/said-earlier.js'
import type { AskSaidEarlier } from './audit/replay/said-earlier.js'
import type { StoredRecord } from './audit/record.js'
import { earlierScope } from './cards/earlier-cards.js'
import type { Library } from './library.js'
import { reDecide } from './re-decide.js'

/** What a replay decides by. */
export interface ReplayBy {
  library: Library
  /** Asked only of a call in which a card would be given now, and whose record does not say all that counts. */
  saidEarlier: AskSaidEarlier
}

/**
 * The report with one record replayed in it.
 *
 * Throws: what the database says, when it is asked what was said earlier and cannot tell.
 */
export async function replayRecord(
  report: ReplayReport,
  record: StoredRecord,
  { library, saidEarlier }: ReplayBy,
): Promise<ReplayReport> {
  const body = bodyOf(record) as InvocationBody | undefined
  const { stream, seq, tenant } = record
  if (!body) return { ...report, notReplayable: report.notReplayable + 1, after: { stream, seq } }
  const alone = reDecide(body, library)
  const samePack = body.pack.hash === library.pack.hash
  const scope = earlierScope(library.parameters)
  // a record made by other content may know of overrides alone, if repeats did not count by it
  const isKnown = recordsSaidEarlier(body) && (samePack || scope === 'overrides')
  const said = alone.someCardHolds && !isKnown ? await saidEarlier(tenant, body, scope) : undefined
  const { cards } = said ? reDecide(body, library, said.cards) : alone
  return withCall(report, {
    invocationId: body.invocationId,
    stream,
    seq,
    samePack,
    differences: cardDifferences(body.cards, cards),
    ...(said && { saidEarlier: said.purged && cards.length > 0 ? 'purged' : 'read' }),
  })
}
