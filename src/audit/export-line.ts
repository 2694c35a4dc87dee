import type { StoredRecord } from './record.js'
import type { SignedHead } from './signed-head.js'
import type { CardsTable, FeedbackTable } from './store/schema.js'

/** A record with the columns of its table row, which must match the record. */
export interface ExportedRecord extends StoredRecord {
  /** The moment in milliseconds, by which records are found and purged. */
  atMs?: number
  /** The pseudonym of the patient, by which a purge finds the record. */
  patientRef?: string
}

/**
 * Writes a record as one line of an export, always in the same form, so that a change of even one space is found.
 *
 * Shape: JSON; `body` is JSON text inside it, because the commitment covers the exact text. A purged record has no
 *        body.
 */
export function lineOf(record: ExportedRecord): string {
  const { schemaVersion, stream, seq, prevHash, type, tenant, at, commitment, hash, salt, body } = record
  const { atMs, patientRef } = record
  return JSON.stringify({
    schemaVersion,
    stream,
    seq,
    prevHash,
    type,
    tenant,
    at,
    commitment,
    hash,
    ...(salt !== undefined && { salt }),
    ...(body !== undefined && { body }),
    ...(atMs !== undefined && { atMs }),
    ...(patientRef !== undefined && { patientRef }),
  })
}

/** Reads the record of a line; `undefined` when the line is not exactly as `lineOf` writes a record. */
export function recordOfLine(line: string): ExportedRecord | undefined {
  try {
    const record = JSON.parse(line) as ExportedRecord
    return lineOf(record) === line ? record : undefined
  } catch {
    return undefined // the line is no JSON
  }
}

const headMark = '{"head":'

/** Writes the signed head of a stream as a line of an export; heads come before all records. */
export const headLine = ({ stream, seq, hash, at, keyId, signature }: SignedHead): string =>
  JSON.stringify({ head: { stream, seq, hash, at, keyId, signature } })

export const isHeadLine = (line: string): boolean => line.startsWith(headMark)

/** Reads the head of a line; `undefined` when the line is not exactly as `headLine` writes a head. */
export function headOfLine(line: string): SignedHead | undefined {
  try {
    const { head } = JSON.parse(line) as { head: SignedHead }
    return headLine(head) === line ? head : undefined
  } catch {
    return undefined // the line is no JSON
  }
}

/** A row that belongs to a record; in an export the rows of a record come directly after the record. */
export type ExportedRow =
  | { table: 'cards'; row: CardsTable }
  | {
      table: 'feedback'
      row: Omit<FeedbackTable, 'reasoned'> & {
        reasoned?: number | null | undefined
        patient_ref: string | null
      }
    }

const rowMark = '{"row":'

/** Writes a row as a line of an export, with its columns always in the same order. */
export function rowLine(exported: ExportedRow): string {
  if (exported.table === 'cards') {
    const { uuid, tenant, service_id, kind, indicator, patient_ref, user_ref, stage, sepsis_criteria } =
      exported.row
    const { shown, at_ms, stream, seq } = exported.row
    const row = { uuid, tenant, service_id, kind, indicator, patient_ref, user_ref, stage, sepsis_criteria }
    return JSON.stringify({ row: 'cards', ...row, shown, at_ms, stream, seq })
  }
  const {
    card,
    tenant,
    outcome,
    outcome_at,
    received_ms,
    reasoned = null,
    stream,
    seq,
    patient_ref,
  } = exported.row
  const row = { card, tenant, outcome, outcome_at, received_ms, reasoned }
  return JSON.stringify({ row: 'feedback', ...row, stream, seq, patient_ref })
}

export const isRowLine = (line: string): boolean => line.startsWith(rowMark)

/** Reads the row of a line; `undefined` when the line is not exactly as `rowLine` writes a row. */
export function rowOfLine(line: string): ExportedRow | undefined {
  try {
    const { row: table, ...row } = JSON.parse(line) as { row: string }
    const exported = { table, row } as unknown as ExportedRow
    return rowLine(exported) === line ? exported : undefined
  } catch {
    return undefined // the line is no JSON
  }
}

/** A row that the service never writes: at a place where no record can be, or a comment without its feedback. */
export interface StrangeRow {
  table: string
  /** The value of the column as text, whatever its type. */
  stream: string
  seq: string
}

const strangeMark = '{"strange":'

/** Writes a strange row as a line of an export: its place alone. */
export const strangeLine = ({ table, stream, seq }: StrangeRow): string =>
  JSON.stringify({ strange: table, stream, seq })

export const isStrangeLine = (line: string): boolean => line.startsWith(strangeMark)

/** Reads the strange row of a line; `undefined` when the line is not exactly as `strangeLine` writes one. */
export function strangeOfLine(line: string): StrangeRow | undefined {
  try {
    const { strange: table, ...place } = JSON.parse(line) as { strange: string; stream: string; seq: string }
    return strangeLine({ table, ...place }) === line ? { table, ...place } : undefined
  } catch {
    return undefined // the line is no JSON
  }
}
