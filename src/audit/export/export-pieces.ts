import type { Kysely } from 'kysely'
import { readRecords } from '../store/record-reader.js'
import type { RecordRange } from '../store/record-reader.js'
import type { AuditDatabase } from '../store/schema.js'
import { wholeStore } from '../store/whole-store.js'
import type { ExportPiece, ExportStop } from '../store/whole-store.js'
import { makeLineWriter } from './line-writer.js'
import type { LineFormat, LineParts } from './line-writer.js'

/** The records and the format of an export. */
export interface ExportWanted extends LineParts {
  format: LineFormat
  range: RecordRange
}

/** Is the export a whole store, which `verify` can check? A range or a de-identified export cannot be checked. */
export const isWhole = ({ format, range }: ExportWanted): boolean =>
  format === 'ndjson' && Object.keys(range).length === 0

/**
 * The pieces of an export, for the command line and the admin listener: the whole store with heads and rows, for
 * `verify`, or a line for each record of a range.
 *
 * Shape: bounded memory; with `stop` the export continues where an earlier export stopped.
 */
export async function* exportPieces(
  db: Kysely<AuditDatabase>,
  wanted: ExportWanted,
  stop?: ExportStop,
): AsyncGenerator<ExportPiece> {
  if (isWhole(wanted)) {
    yield* wholeStore(db, stop)
    return
  }
  const write = makeLineWriter(wanted.format, wanted)
  for await (const record of readRecords(db, { ...wanted.range, ...(stop && { after: stop.after }) })) {
    const line = write(record)
    yield { lines: line === undefined ? [] : [line], at: { stream: record.stream, seq: record.seq } }
  }
}
