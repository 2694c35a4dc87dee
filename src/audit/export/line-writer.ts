import { lineOf } from '../export-line.js'
import type { StoredRecord } from '../record.js'
import { auditEvent } from './audit-event.js'
import { makeDeidentifier } from './deidentify.js'

/** The formats with one line for each record. */
export const lineFormats = ['ndjson', 'auditevent', 'deidentified'] as const
export type LineFormat = (typeof lineFormats)[number]

/** The parts that lines are made with. */
export interface LineParts {
  canonicalBase: string
  /** Receives each record whose body does not match its type; `audit verify` finds the change. */
  onUnreadable?: (record: StoredRecord) => void
}

/**
 * Makes the function that writes the lines of one export.
 *
 * Missing: `undefined` for a record that the format leaves out, that was purged, or that cannot be read.
 */
export function makeLineWriter(
  format: LineFormat,
  { canonicalBase, onUnreadable }: LineParts,
): (record: StoredRecord) => string | undefined {
  if (format === 'ndjson') return lineOf
  const write = format === 'deidentified' ? makeDeidentifier() : eventLine(canonicalBase)
  return (record) => {
    try {
      return write(record)
    } catch {
      onUnreadable?.(record)
      return undefined
    }
  }
}

const eventLine =
  (base: string) =>
  (record: StoredRecord): string | undefined => {
    const event = auditEvent(record, base)
    return event && JSON.stringify(event)
  }
