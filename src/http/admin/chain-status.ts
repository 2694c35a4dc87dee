import type { Kysely } from 'kysely'
import { makeChainVerifier } from '../../audit/chain.js'
import type { ChainFault } from '../../audit/chain.js'
import { readRecords } from '../../audit/store/record-reader.js'
import type { AuditDatabase } from '../../audit/store/schema.js'

/** Whether the records in the store still form whole chains. */
export interface ChainStatus {
  records: number
  streams: number
  purged: number
  checkpoints: number
  lastCheckpoint?: string
  firstFault?: ChainFault
}

/**
 * Follows every chain in the store from its first record and checks each hash and link.
 *
 * Edge: signatures are not checked here, because the key is not at hand: `mastitis-cds audit verify` does that.
 */
export async function chainStatus(db: Kysely<AuditDatabase>): Promise<ChainStatus> {
  const verifiers = new Map<string, ReturnType<typeof makeChainVerifier>>()
  const status: ChainStatus = { records: 0, streams: 0, purged: 0, checkpoints: 0 }
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
