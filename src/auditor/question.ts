import type { LineFormat } from '../audit/export/line-writer.js'
import type { Dimension } from '../audit/metrics/metric-table.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import type { Settings } from '../config/settings.js'

/** A question about the records, as plain JSON that the service sends to the auditor process. */
export type Question =
  | { ask: 'explain'; invocationId: string; tenant?: string }
  | { ask: 'metrics'; range: RecordRange; mode: 'live' | 'silent'; by: readonly Dimension[] }
  | { ask: 'replay'; range: RecordRange }
  | { ask: 'report'; month: string; format: 'markdown' | 'html'; tenant?: string }
  | { ask: 'chain' }
  | { ask: 'export'; format: LineFormat; range: RecordRange }

/** The only message to the auditor process. */
export interface Errand {
  settings: Settings
  question: Question
}

/** The only message of the auditor process, sent before its answer: whether records answer the question. */
export type Beginning = 'found' | 'absent'
