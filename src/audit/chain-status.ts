import type { Kysely } from 'kysely'
import { makeChainVerifier } from './chain.js'
import type { ChainFault } from './chain.js'
import { readRecords } from './store/record-reader.js'
import type { AuditDatabase } from './store/schema.js'

/** The result of checking the hash chains in the store. */
export interface ChainStatus {
  /** The extent of this check, and the command that gives proof, because this check does not. */
  checked: string
  records: number
  streams: number
  purged: number
  checkpoints: number
  lastCheckpoint?: string
  firstFault?: ChainFault
}

const hashesOnly =
  'Hashes and links only: no signed head, no row and no missing end. The proof is mastitis-cds audit verify of an export, with an anchor.'

/**
 * Checks each hash and link of every chain in the store, from its first record.
 *
 * Edge: the check covers neither signatures nor the end of a stream, because an account that can write to the database
 *       can build chains with correct hashes. `mastitis-cds audit verify` with an anchor is the proof, and the status
 *       says this.
 */
export async function chainStatus(db: Kysely<AuditDatabase>): Promise<ChainStatus> {
  const verifiers = new Map<string, ReturnType<typeof makeChainVerifier>>()
  const status: ChainStatus = { checked: hashesOnly, records: 0, streams: 0, purged: 0, checkpoints: 0 }
  for await (const record of readRecords(db)) {
    const check = verifiers.get(record.stream) ?? makeChainVerifier(record.stream)
    verifiers.set(record.stream, check)
    const fault = check(record)
    if (fault) status.firstFault ??= fault
    status.records += 1
    if (record.body === undefined) status.purged += 1
    if (record.type === 'checkpoint') {
      status.checkpoints += 1
      status.lastCheckpoint = record.at
    }
  }
  return { ...status, streams: verifiers.size }
}
