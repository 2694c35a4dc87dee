import type { DataSource, ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Facts } from './facts.js'

type Reads = Record<ReadKey, Facts['reads'][ReadKey]>
type Read = Reads[ReadKey]

const read: Read = { state: 'read' }
const notSupplied: Read = { state: 'unreadable', why: 'not-supplied' }

/** Where every key stands before a source has spoken; the type holds the list to gather's. */
const unspoken: Reads = {
  patient: notSupplied,
  conditions: notSupplied,
  lactationStatus: notSupplied,
  temperatures: notSupplied,
  vitalSigns: notSupplied,
  laboratory: notSupplied,
  breastSigns: notSupplied,
  medicationRequests: notSupplied,
  medicationAdministrations: notSupplied,
  medicationStatements: notSupplied,
  allergies: notSupplied,
  serviceRequests: notSupplied,
  procedures: notSupplied,
  reports: notSupplied,
  encounters: notSupplied,
}

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
  const reads: Reads = { ...unspoken }
  for (const { key, state, why } of sources) {
    const reason = reasonOf.get(state)
    if (reason !== undefined) reads[key] = { state: 'unreadable', why: why ?? reason }
    else if (reads[key] === notSupplied) reads[key] = read
  }
  return reads
}
