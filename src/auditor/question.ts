import type { LineFormat } from '../audit/export/line-writer.js'
import type { Dimension } from '../audit/metrics/metric-table.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import type { Settings } from '../config/settings.js'

/** A question about the records, as the service hands it to the process that answers it: plain JSON. */
export type Question =
  | { ask: 'explain'; invocationId: string; tenant?: string }
  | { ask: 'metrics'; range: RecordRange; mode: 'live' | 'silent'; by: readonly Dimension[] }
  | { ask: 'replay'; range: RecordRange }
  | { ask: 'report'; month: string; format: 'markdown' | 'html'; tenant?: string }
  | { ask: 'chain' }
  | { ask: 'export'; format: LineFormat; range: RecordRange }

/** The one message that the answering process is given. */
export interface Errand {
  settings: Settings
  question: Question
}

/** The one message that it gives before its answer: whether there is anything to answer with. */
export type Beginning = 'found' | 'absent'
