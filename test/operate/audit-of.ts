import { makeChainVerifier } from '../../src/audit/chain.js'
import type { ChainFault } from '../../src/audit/chain.js'
import type { RecordType } from '../../src/audit/record.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'

/** One record as these tests look at it. */
export interface ReadRecord {
  type: RecordType
  stream: string
  body: Record<string, unknown>
}

/** Everything in an audit database, and whatever is wrong in its chains. */
export async function readAudit(
  database = '',
): Promise<{ records: readonly ReadRecord[]; faults: readonly ChainFault[] }> {
  const db = openDatabase(database)
  const records: ReadRecord[] = []
  const faults: ChainFault[] = []
  const verifiers = new Map<string, ReturnType<typeof makeChainVerifier>>()
  for await (const record of readRecords(db)) {
    const { stream, type, body = '{}' } = record
    const verify = verifiers.get(stream) ?? makeChainVerifier(stream)
    verifiers.set(stream, verify)
    const fault = verify(record)
    if (fault) faults.push(fault)
    records.push({ type, stream, body: JSON.parse(body) as Record<string, unknown> })
  }
  await db.destroy()
  return { records, faults }
}
