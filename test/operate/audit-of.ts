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
  for await (const { stream, type, body = '{}' } of readRecords(db))
    records.push({ type, stream, body: JSON.parse(body) as Record<string, unknown> })
  await db.destroy()
  return { records, faults: await faultsIn(database) }
}

/** Uuids of every card in an audit database. */
export async function cardsIn(database: string): Promise<ReadonlySet<string>> {
  const db = openDatabase(database)
  const rows = await db.selectFrom('cards').select('uuid').execute()
  await db.destroy()
  return new Set(rows.map(({ uuid }) => uuid))
}

/** Whatever is wrong in the chains of an audit database of any size. */
export async function faultsIn(database: string): Promise<readonly ChainFault[]> {
  const db = openDatabase(database)
  const faults: ChainFault[] = []
  const verifiers = new Map<string, ReturnType<typeof makeChainVerifier>>()
  for await (const record of readRecords(db)) {
    const verify = verifiers.get(record.stream) ?? makeChainVerifier(record.stream)
    verifiers.set(record.stream, verify)
    const fault = verify(record)
    if (fault) faults.push(fault)
  }
  await db.destroy()
  return faults
}
