import type { Kysely } from 'kysely'
import type { FeedbackBody } from '../feedback-body.js'
import { bodyOf } from '../metrics/call-rows.js'
import type { StoredRecord } from '../record.js'
import { readRecords } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import type { OpenComment, OpenedComment } from './open-comment.js'

/** A comment that a record commits to; `missing` when the comment is not in its table. */
export interface ReadComment {
  at: string
  client: string
  card: string
  outcome: FeedbackBody['outcome']
  reason?: string
  found: OpenedComment | { state: 'missing' }
}

/**
 * Reads the comments that the feedback records of a range commit to, in the order of the chain.
 *
 * Shape:   the reading starts from the records, so a comment without a record is not read.
 * Missing: a record whose body was erased commits to no comment.
 * Privacy: free text of clinicians; for the `privacy` role only (AUD-092).
 */
export async function* readComments(
  db: Kysely<AuditDatabase>,
  range: RecordRange,
  open: OpenComment,
): AsyncGenerator<ReadComment> {
  for await (const record of readRecords(db, { ...range, types: ['feedback'] })) {
    const body = bodyOf(record) as FeedbackBody | undefined
    if (body?.commentCommitment === undefined) continue
    const sealed = await sealedFor(db, record)
    yield {
      at: record.at,
      client: record.tenant,
      card: body.card,
      outcome: body.outcome,
      ...(body.reason && { reason: body.reason.code }),
      found:
        sealed === undefined
          ? { state: 'missing' }
          : await open({ sealed, commitment: body.commentCommitment }),
    }
  }
}

async function sealedFor(
  db: Kysely<AuditDatabase>,
  { stream, seq }: StoredRecord,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('comments')
    .select('sealed')
    .where('stream', '=', stream)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.sealed
}
