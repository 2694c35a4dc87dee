import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import type { RecordMeter } from './durable-audit.js'

/** The metrics that the audit reports. */
export interface AuditMeter extends RecordMeter {
  /** The number of records in the stream of this process. */
  chainLength(records: number): void
  /**
   * The store failed or stalled; `records` is the number of records refused because the spool failed too (0: the spool
   * took them).
   */
  writeFailed(records: number): void
}

/** The part of a logger that the audit uses. */
export interface AuditLog {
  info(message: string, fields?: object): unknown
  warn(message: string, fields?: object): unknown
  error(message: string, fields?: object): unknown
}

/** The options of the audit. */
export interface AuditOptions {
  settings: Settings
  /** The version of the service. */
  engine: string
  pack: CardPack
  clock: () => number
  log: AuditLog
  meter?: AuditMeter
  /** The longest time in milliseconds for storing a batch before the spool takes over; 250 by default. */
  stallMs?: number
}
