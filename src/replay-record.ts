import type { InvocationBody } from './audit/invocation-body.js'
import { bodyOf } from './audit/metrics/call-rows.js'
import { cardDifferences } from './audit/replay/card-differences.js'
import { withCall } from './audit/replay/replay-tally.js'
import type { ReplayReport } from './audit/replay/replay-tally.js'
import type { StoredRecord } from './audit/record.js'
import type { Library } from './library.js'
import { reDecide } from './re-decide.js'

/** The report with one record replayed in it. */
export function replayRecord(report: ReplayReport, record: StoredRecord, library: Library): ReplayReport {
  const body = bodyOf(record) as InvocationBody | undefined
  const { stream, seq } = record
  if (!body) return { ...report, notReplayable: report.notReplayable + 1, after: { stream, seq } }
  return withCall(report, {
    invocationId: body.invocationId,
    stream,
    seq,
    samePack: body.pack.hash === library.pack.hash,
    differences: cardDifferences(body.cards, reDecide(body, library).cards),
  })
}
