/**
 * What a record is about; `checkpoint` names other streams, `migration` says what a store held before streams were signed.
 */
export const recordTypes = [
  'invocation',
  'feedback',
  'content-change',
  'config-change',
  'access',
  'purge',
  'repair',
  'checkpoint',
  'migration',
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

/**
 * How the bodies of records are to be read: since 2 the facts of a call always hold what was said earlier, be it nothing. In
 * version 1 they hold that only where a card was to be given, and cards shown only where repeats counted. Since 3 each earlier
 * card names the records that say so (`places`), so that `verify` can look whether they do.
 */
export const schemaVersion = 3
