import { recordedCall } from '../old-finding-names.js'
import { cardDifferences } from './card-differences.js'
import type { AskEarlier } from './earlier-in-store.js'
import { withCall } from './replay-tally.js'
import type { ReplayReport } from './replay-tally.js'
import type { StoredRecord } from '../record.js'
import type { Library } from '../../service/library.js'
import { reDecide } from './re-decide.js'

/** What a replay decides by. */
export interface ReplayBy {
  library: Library
  /** Asked for a record of version 1 that other content decided: such a record may lack what was said earlier. */
  earlierInStore: AskEarlier
}

/**
 * The report with one record replayed in it.
 *
 * Throws: what the database says, when it is asked for earlier cards and cannot tell.
 */
export async function replayRecord(
  report: ReplayReport,
  record: StoredRecord,
  { library, earlierInStore }: ReplayBy,
): Promise<ReplayReport> {
  const body = recordedCall(record)
  const { stream, seq, tenant } = record
  if (!body || body.factsCut !== undefined)
    return { ...report, notReplayable: report.notReplayable + 1, after: { stream, seq } }
  const samePack = body.pack.hash === library.pack.hash
  // what a record of version 1 lacks made no difference to the content that decided it
  const isWhole = record.schemaVersion > 1 || samePack
  const found = isWhole ? undefined : await earlierInStore(tenant, body)
  const { cards } = reDecide(body, library, found?.cards)
  return withCall(report, {
    invocationId: body.invocationId,
    stream,
    seq,
    samePack,
    differences: cardDifferences(body.cards, cards),
    ...(found && { saidEarlier: found.purged && cards.length > 0 ? 'purged' : 'read' }),
  })
}
