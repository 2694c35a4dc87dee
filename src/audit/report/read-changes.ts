import type { Kysely } from 'kysely'
import { bodyOf } from '../metrics/call-rows.js'
import type { RecordType } from '../record.js'
import { readRecords } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import { changeWords } from './month-report.js'
import type { ReportedChange } from './month-report.js'

/** The range of a report: a month, of one client or of all clients. */
export type ReportRange = Required<Pick<RecordRange, 'from' | 'to'>> & Pick<RecordRange, 'tenant'>

/**
 * Reads the changes of a range, in words: the content, which is the same for all clients.
 *
 * Privacy: changes of settings too, except in the report of one client, because settings may name other clients.
 */
export async function readChanges(
  db: Kysely<AuditDatabase>,
  { from, to, tenant }: ReportRange,
): Promise<readonly ReportedChange[]> {
  const types: readonly RecordType[] =
    tenant === undefined ? ['content-change', 'config-change'] : ['content-change']
  const changes: ReportedChange[] = []
  for await (const record of readRecords(db, { from, to, types }))
    changes.push({ at: record.at, says: changeWords(record.type, bodyOf(record)) })
  return changes
}

/** The range of a month such as "2026-03", in UTC; `undefined` for any other text. */
export function monthRange(month: string | undefined): { from: number; to: number } | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month ?? '') ?? []
  if (year === undefined || number === undefined) return undefined
  return { from: Date.UTC(Number(year), Number(number) - 1), to: Date.UTC(Number(year), Number(number)) }
}
