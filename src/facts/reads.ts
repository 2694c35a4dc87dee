import type { DataSource, ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Facts } from './facts.js'

type Reads = Record<ReadKey, Facts['reads'][ReadKey]>
type Read = Reads[ReadKey]

const read: Read = { state: 'read' }
const notSupplied: Read = { state: 'unreadable', why: 'not-supplied' }

/**
 * The state of every read key before any data source is looked at; the type makes sure that no key of gather is
 * forgotten.
 */
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

/** The reason for a source that could not be read, where gather gave none. */
const reasonOf = new Map<DataSource['state'], UnreadableCode>([
  ['absent', 'not-supplied'],
  ['error', 'client-failed'],
  ['partial', 'truncated'],
  ['wrong-patient', 'wrong-patient'],
])

/**
 * Which read keys could be read.
 *
 * Edge:    a `partial` source is unreadable, because the missing part could decide.
 * Missing: a key without any source was not supplied.
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
