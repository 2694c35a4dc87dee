import type { Kysely } from 'kysely'
import { countRecords, readRecords } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import { CallRows } from './call-rows.js'
import type { CallRow } from './call-rows.js'

/** The calls of a range, of one mode or both, with what became of their cards; later feedback counts as well. */
export async function readCalls(
  db: Kysely<AuditDatabase>,
  range: RecordRange,
  mode?: CallRow['mode'],
  onRead: (read: number, of: number) => void = () => undefined,
): Promise<readonly CallRow[]> {
  const rows = new CallRows()
  const { to: _to, ...openEnd } = range
  const calls: RecordRange = { ...range, types: ['invocation'] }
  const total = await countRecords(db, calls)
  let read = 0
  for await (const record of readRecords(db, calls)) {
    rows.add(record)
    onRead((read += 1), total)
  }
  for await (const record of readRecords(db, { ...openEnd, types: ['feedback'] })) rows.add(record)
  return rows.joined().filter((call) => mode === undefined || call.mode === mode)
}
