import type { Kysely } from 'kysely'
import { bodyOf } from '../metrics/call-rows.js'
import { readRecords } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import { changeWords } from './month-report.js'
import type { ReportedChange } from './month-report.js'

/** What changed in content and settings in a range, in words. */
export async function readChanges(
  db: Kysely<AuditDatabase>,
  { from, to }: Required<Pick<RecordRange, 'from' | 'to'>>,
): Promise<readonly ReportedChange[]> {
  const changes: ReportedChange[] = []
  for await (const record of readRecords(db, { from, to, types: ['content-change', 'config-change'] }))
    changes.push({ at: record.at, says: changeWords(record.type, bodyOf(record)) })
  return changes
}

/** The range of a month "2026-03", in UTC; `undefined` for anything else. */
export function monthRange(month: string | undefined): { from: number; to: number } | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month ?? '') ?? []
  if (year === undefined || number === undefined) return undefined
  return { from: Date.UTC(Number(year), Number(number) - 1), to: Date.UTC(Number(year), Number(number)) }
}
