/**
 * The types of records; `checkpoint` names other streams, `migration` describes a store from before streams were
 * signed.
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
 * Shape:   `commitment` is SHA-256 over a random salt and the body's stored text. After both are erased the chain still
 *          verifies, and nobody can guess the body from the commitment.
 * Privacy: no patient data, not even a pseudonym.
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

/** A record as stored: the envelope, its hash, and the erasable body with its salt. */
export interface StoredRecord extends Envelope {
  hash: string
  /** The JSON text of the body; absent when purged. */
  body?: string
  salt?: string
}

/**
 * The version of record bodies. In version 1, the facts of a call hold earlier cards only where a card was to be shown,
 * and earlier shown cards only where repeats counted. From version 2 on, the facts always hold the list of earlier
 * cards, even when empty. From version 3 on, each earlier card names the records behind it (`places`), which `verify`
 * checks.
 */
export const schemaVersion = 3
