import { recordedCall } from '../old-finding-names.js'
import { cardDifferences } from './card-differences.js'
import type { AskEarlier } from './earlier-in-store.js'
import { withCall } from './replay-tally.js'
import type { ReplayReport } from './replay-tally.js'
import type { StoredRecord } from '../record.js'
import type { Library } from '../../service/library.js'
import { reDecide } from './re-decide.js'

/** The content of a replay, and its access to earlier cards. */
export interface ReplayBy {
  library: Library
  /** Called for a record of version 1 that other content decided, because such a record may lack earlier cards. */
  earlierInStore: AskEarlier
}

/**
 * Replays one record, and adds the result to the report.
 *
 * Throws: the error of the database, when the earlier cards cannot be read.
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
  // earlier cards that a version 1 record lacks made no difference to the content that decided it
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
