import type { StoredRecord } from './record.js'

/**
 * A record as one line of an export, always in the same form, so that not even a space can be added unnoticed.
 *
 * Shape: JSON; `body` is JSON text inside it, because the commitment is over its very letters. No body once purged.
 */
export function lineOf(record: StoredRecord): string {
  const { schemaVersion, stream, seq, prevHash, type, tenant, at, commitment, hash, salt, body } = record
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
  })
}

/** The record of a line; `undefined` when the line is not exactly as `lineOf` writes one. */
export function recordOfLine(line: string): StoredRecord | undefined {
  try {
    const record = JSON.parse(line) as StoredRecord
    return lineOf(record) === line ? record : undefined
  } catch {
    return undefined // not even JSON
  }
}
