import { readKeys } from '../gather/chart.js'
import type { DataSource, ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Facts } from './facts.js'

type Read = Facts['reads'][ReadKey]

const read: Read = { state: 'read' }

/** Why a source could not be read, where gather gave no reason of its own. */
const reasonOf = new Map<DataSource['state'], UnreadableCode>([
  ['absent', 'not-supplied'],
  ['error', 'client-failed'],
  ['partial', 'truncated'],
  ['wrong-patient', 'wrong-patient'],
])

/**
 * What could be read of each prefetch key.
 *
 * Edge:    `partial` is unreadable: what is missing could be what matters.
 * Missing: a key that no source speaks of was not supplied.
 */
export function readsOf(sources: readonly DataSource[]): Facts['reads'] {
  const byKey = new Map<ReadKey, Read>()
  for (const { key, state, why } of sources) {
    const reason = reasonOf.get(state)
    if (reason !== undefined) byKey.set(key, { state: 'unreadable', why: why ?? reason })
    else if (!byKey.has(key)) byKey.set(key, read)
  }
  const notSupplied: Read = { state: 'unreadable', why: 'not-supplied' }
  const reads = readKeys.map((key): [ReadKey, Read] => [key, byKey.get(key) ?? notSupplied])
  return Object.fromEntries(reads) as Record<ReadKey, Read>
}
