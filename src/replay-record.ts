import { bodyOf } from './audit/metrics/call-rows.js'
import type { InvocationBody } from './audit/invocation-body.js'
import { cardDifferences } from './audit/replay/card-differences.js'
import { withCall } from './audit/replay/replay-tally.js'
import type { ReplayReport } from './audit/replay/replay-tally.js'
import { recordsSaidEarlier } from './audit/replay/said-earlier.js'
import type { AskSaidEarlier } from './audit/replay/said-earlier.js'
import type { StoredRecord } from './audit/record.js'
import type { Library } from './library.js'
import { reDecide } from './re-decide.js'

/** What a replay decides by. */
export interface ReplayBy {
  library: Library
  /** Asked only for a call that did not ask itself, and in which a card would be given now. */
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
  const asks = alone.someCardHolds && !recordsSaidEarlier(body)
  const said = asks ? await saidEarlier(tenant, body) : undefined
  const { cards } = said ? reDecide(body, library, said.cards) : alone
  return withCall(report, {
    invocationId: body.invocationId,
    stream,
    seq,
    samePack: body.pack.hash === library.pack.hash,
    differences: cardDifferences(body.cards, cards),
    ...(said && { saidEarlier: said.purged && cards.length > 0 ? 'purged' : 'read' }),
  })
}
