/** What a record is about; `checkpoint` closes a stretch of the chain. */
export const recordTypes = [
  'invocation',
  'feedback',
  'content-change',
  'config-change',
  'access',
  'purge',
  'repair',
  'checkpoint',
] as const
export type RecordType = (typeof recordTypes)[number]

/**
 * The part of a record that is chained and never erased.
 *
 * Shape:   `commitment` is SHA-256 over a random salt and the body's stored text, so that erasing both leaves a chain
 *          that still verifies and a commitment nobody can guess the body from.
 * Privacy: no patient data at all, not even a pseudonym.
 */
export interface Envelope {
  schemaVersion: number
  stream: string
  seq: number
  prevHash: string
  type: RecordType
  tenant: string
  at: string
  commitment: string
}

/** A record as it is stored: the envelope, its hash, and the erasable body with its salt. */
export interface StoredRecord extends Envelope {
  hash: string
  /** JSON text of the body; absent once purged. */
  body?: string
  salt?: string
}

export const schemaVersion = 1
