import { hash as digestOf, randomUUID } from 'node:crypto'
import { schemaVersion } from './record.js'
import type { Envelope, RecordType, StoredRecord } from './record.js'

/** The previous hash of the first record of every stream. */
export const genesis = '0'.repeat(64)

const sha256 = (text: string): string => digestOf('sha256', text, 'hex')

/** The commitment to a body, from which nobody can guess the body after salt and body are erased. */
export const commitmentOf = (salt: string, body: string): string => sha256(`${salt}\n${body}`)

/**
 * The hash of a record: SHA-256 over the canonical JSON of its envelope, which holds the hash of the record before.
 *
 * Shape:  the members are written in the order of RFC 8785, so plain JSON is canonical here; a test compares both.
 * Source: AUD-100.
 */
export function hashOf({
  at,
  commitment,
  prevHash,
  schemaVersion: version,
  seq,
  stream,
  tenant,
  type,
}: Envelope) {
  return sha256(
    JSON.stringify({ at, commitment, prevHash, schemaVersion: version, seq, stream, tenant, type }),
  )
}

/** The content of a new record. */
export interface Entry {
  type: RecordType
  tenant: string
  at: string
  body: string
}

/** The hash chain of one process, which binds each record to the record before. */
export interface Chain {
  stream(): string
  /** The sequence number and the hash of the last record. */
  head(): { seq: number; hash: string }
  append(entry: Entry): StoredRecord
  /** Continues in a new stream, when the last records may or may not be stored. */
  renew(): void
}

/**
 * Starts a hash chain.
 *
 * Shape: sequence numbers run from 1 without gaps. Renewed streams have the name of the first with a number: "a",
 *        "a.2", "a.3".
 */
export function makeChain(name: string): Chain {
  let stream = name
  let renewals = 1
  let seq = 0
  let hash = genesis
  return {
    stream: () => stream,
    head: () => ({ seq, hash }),
    append({ type, tenant, at, body }) {
      const salt = randomUUID() // 122 random bits, from a pool
      const envelope: Envelope = {
        schemaVersion,
        stream,
        seq: seq + 1,
        prevHash: hash,
        type,
        tenant,
        at,
        commitment: commitmentOf(salt, body),
      }
      hash = hashOf(envelope)
      seq += 1
      return { hash, body, salt, ...envelope }
    },
    renew() {
      renewals += 1
      stream = `${name}.${renewals}`
      seq = 0
      hash = genesis
    },
  }
}

/** The first fault of a stream. */
export interface ChainFault {
  stream: string
  seq: number
  says: 'edited' | 'missing' | 'out-of-order' | 'unlinked' | 'body-edited'
}

/**
 * Makes the check of the records of one stream in their order, which returns the fault of a record that does not fit.
 *
 * Edge: a purged record (without body) is checked by its envelope alone. `start` is a trusted head from which the check
 *       goes on.
 */
export function makeChainVerifier(
  stream: string,
  start = { seq: 0, hash: genesis },
): (record: StoredRecord) => ChainFault | undefined {
  let { seq, hash } = start
  return (record) => {
    const expected = seq + 1
    const fault = faultOf(record, expected, hash)
    seq = record.seq
    hash = record.hash
    return fault ? { stream, seq: expected, says: fault } : undefined
  }
}

function faultOf(record: StoredRecord, expected: number, hash: string): ChainFault['says'] | undefined {
  if (record.seq > expected) return 'missing'
  if (record.seq < expected) return 'out-of-order'
  if (hashOf(record) !== record.hash) return 'edited'
  if (record.prevHash !== hash) return 'unlinked'
  const { body, salt } = record
  if (body !== undefined && (salt === undefined || commitmentOf(salt, body) !== record.commitment))
    return 'body-edited'
  return undefined
}
