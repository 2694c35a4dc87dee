import type { RecordingParts } from './recording-parts.js'
import type { SignedHead } from './signed-head.js'
import { databaseFile } from './store/database-file.js'
import { makeGroupWriter } from './store/group-writer.js'
import type { GroupWriter, WriterParts } from './store/group-writer.js'
import { onceItWorks } from './store/once-it-works.js'
import { makeStoreBatch } from './store/record-store.js'
import type { StoreBatch } from './store/record-store.js'
import type { Spooled } from './store/spool.js'
import { makeTokenMemory } from './token-memory.js'
import type { DurableTokens } from './token-memory.js'

/** The listeners for written records. */
export interface WritingListeners {
  /** Receives the number of records stored, and the heads of late records from a spool. */
  onStored: (records: number, late: readonly SignedHead[]) => void
  /** Receives the body of a `repair` record for a spool file with torn or bad lines. */
  onDamaged: (found: object) => void
}

/** Writes the records of this process, together with the used tokens. */
export interface RecordWriting {
  writer: GroupWriter
  tokens: DurableTokens
}

/** Makes the writer of records, which uses the store, and the spool while the store fails. */
export function makeRecordWriting(parts: RecordingParts, listeners: WritingListeners): RecordWriting {
  const { options, chain, spool, owned } = parts
  const { settings, clock, stallMs } = options
  const tokens = makeTokenMemory({
    db: owned.db,
    shared: databaseFile(settings.audit.database) === undefined,
    startedAt: clock(),
    storeWorks: () => writer.storeWorks(),
    stallMs,
  })
  const writer = makeGroupWriter({
    ...{ chain, spool, tokens, stallMs, mayWrite: owned.mayWrite },
    store: storeOf(parts, listeners),
    ...reportsOf(parts, listeners),
  })
  return { writer, tokens }
}

/** Stores batches in the database, after its schema and identity are checked once. */
function storeOf(
  { options, chain, sign, owned }: RecordingParts,
  { onStored }: WritingListeners,
): StoreBatch {
  const prepared = onceItWorks(() => owned.prepare())
  const insert = makeStoreBatch(owned.db, sign)
  return async (batch, arrival) => {
    await prepared()
    await insert(batch, arrival)
    owned.stored(batch)
    options.meter?.chainLength(chain.head().seq)
    onStored(batch.length, arrival === 'late' ? batch.flatMap(({ head }) => head ?? []) : [])
  }
}

/** Reports the state of store and spool to log and metrics. */
function reportsOf(
  { options: { log, meter }, owned }: RecordingParts,
  { onDamaged }: WritingListeners,
): Pick<WriterParts, 'onStore' | 'onRefused' | 'onDamaged'> {
  return {
    onStore: (works) => {
      if (works) log.info('audit store works')
      else {
        meter?.writeFailed(0)
        log.error('audit store failed', { next: 'records go to the spool until it works again' })
      }
    },
    onRefused: (records) => {
      meter?.writeFailed(records)
      if (!owned.isLost())
        log.error('audit spool failed', { records, next: 'no advice is given until store or spool works' })
    },
    onDamaged: (file, aside) => {
      const found = spoolDamage(file, aside)
      log.warn('audit spool damaged', found)
      onDamaged(found)
    },
  }
}

/**
 * Builds the body of a `repair` record for a spool file: the number of lines of each kind, and the old and new places
 * of bad lines.
 */
const spoolDamage = ({ name, written, torn, refused }: Spooled, aside?: string): object => ({
  spool: name,
  kept: written.length,
  torn,
  ...(aside !== undefined && {
    refused: refused.length,
    lines: refused.slice(0, 20).map(({ line }) => line),
    aside,
  }),
})
