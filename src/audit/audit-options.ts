import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import type { RecordMeter } from './durable-audit.js'

/** What is told to metrics. */
export interface AuditMeter extends RecordMeter {
  /** Records now in this process's stream. */
  chainLength(records: number): void
  /** The store failed or stalled; `records` were refused because the spool failed too (0: the spool took them). */
  writeFailed(records: number): void
}

/** The part of a logger that the audit uses. */
export interface AuditLog {
  info(message: string, fields?: object): unknown
  warn(message: string, fields?: object): unknown
  error(message: string, fields?: object): unknown
}

/** What the audit is opened with. */
export interface AuditOptions {
  settings: Settings
  /** Version of the service. */
  engine: string
  pack: CardPack
  clock: () => number
  log: AuditLog
  meter?: AuditMeter
  /** How long the store may take over a batch before the spool does; 250 ms unless said otherwise. */
  stallMs?: number
}
