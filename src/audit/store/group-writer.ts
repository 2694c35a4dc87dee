import { RecordUnavailable } from '../../errors.js'
import type { Chain, Entry } from '../chain.js'
import type { Head } from '../checkpoint.js'
import type { StoreBatch, Written } from './record-store.js'
import type { Spool, Spooled } from './spool.js'
import { within } from './within.js'

/** What a caller hands over: an entry for the chain and the rows that go with it. */
export interface ToWrite extends Entry {
  patientRef?: string
  /** Rows that need the record's place in the chain. */
  rows?: (place: { stream: string; seq: number }) => Pick<Written, 'cards' | 'feedback' | 'comment'>
  /** Told when the record is kept. */
  onKept?: () => void
}

/** Whoever waits for a record. */
interface Waiting {
  done: (place: Head) => void
  failed: (error: unknown) => void
}

interface Asked extends Waiting {
  make: () => ToWrite
}

interface Made extends Waiting {
  entry: ToWrite
}

/** What the writer needs; `store` is one transaction for the whole batch. */
export interface WriterParts {
  chain: Chain
  store: StoreBatch
  spool: Spool
  stallMs: number
  /** Told when the store fails, stalls or works again, for metrics and readiness. */
  onStore: (works: boolean) => void
  /** Told when neither store nor spool took so many records. */
  onRefused: (records: number) => void
  /** Told of a spool file that a crash has torn, once its whole records are in the store. */
  onTorn: (file: Spooled) => void
}

/** Makes records durable, many calls with one commit. */
export interface GroupWriter {
  /**
   * Resolves with the record's place once it is on disk, in the store or in the spool; `make` is asked for the entry at the
   * end of this turn of the event loop. Throws `RecordUnavailable` if it is in neither, and what `make` throws.
   */
  write(make: () => ToWrite): Promise<Head>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>
}

const noRows = { cards: [], feedback: [] }
const largestBatch = 256

/** An entry with its place in the chain, and the rows that need it. */
function linked(chain: Chain, entry: ToWrite): Written {
  const record = chain.append(entry)
  const { patientRef, rows } = entry
  return {
    record,
    ...(rows ? rows({ stream: record.stream, seq: record.seq }) : noRows),
    ...(patientRef !== undefined && { patientRef }),
  }
}

/**
 * Moves all that is spooled into the store, oldest first.
 *
 * Edge:   records that are written meanwhile go to a further spool file, so the order of the chain is kept.
 * Throws: what store or spool said; what was not moved stays in the spool.
 */
async function moveSpool({ store, spool, onTorn }: WriterParts): Promise<void> {
  await store([]) // a spool file without a whole record moves into any store, and proves nothing
  while (!spool.isEmpty())
    for (const name of spool.closed()) {
      const file = spool.read(name)
      for (let from = 0; from < file.written.length; from += largestBatch)
        await store(file.written.slice(from, from + largestBatch), 'late')
      spool.forget(file)
      if (file.torn > 0) onTorn(file)
    }
}

/**
 * Writes records in groups: all that arrived while the last commit ran share the next one.
 *
 * Shape: the chain grows in the order of arrival. The entries of one turn of the event loop are made one right after
 *        another at its end, a third cheaper than each between other work; what they were made from is let go then. While
 *        the store is down the spool takes every record at once, so that a call never waits for a store that is known to be
 *        down; `drain` brings it back.
 * Edge:  if neither takes a batch the chain goes on in a new stream: a stalled store may still keep what was refused, and a
 *        number must never be used twice.
 */
export function makeGroupWriter(parts: WriterParts): GroupWriter {
  const { chain, store, spool, stallMs, onStore, onRefused } = parts
  let asked: Asked[] = []
  let waiting: Made[] = []
  let running: Promise<void> | undefined
  let draining: Promise<boolean> | undefined
  let works = true

  const setWorks = (now: boolean): void => {
    if (now !== works) onStore(now)
    works = now
  }

  const keep = async (batch: readonly Written[]): Promise<void> => {
    if (works) {
      try {
        await within(store(batch), stallMs)
        return
      } catch {
        setWorks(false) // the cause is the operator's: readiness and metrics tell; the record goes to the spool
      }
    }
    spool.append(batch)
  }

  const writeGroup = async (group: readonly Made[]): Promise<void> => {
    let batch: readonly Written[]
    try {
      batch = group.map(({ entry }) => linked(chain, entry))
      await keep(batch)
    } catch (error) {
      chain.renew()
      const unavailable = new RecordUnavailable({ cause: error })
      onRefused(group.length)
      for (const { failed } of group) failed(unavailable)
      return
    }
    for (const [at, { entry, done, failed }] of group.entries()) {
      const { record } = batch[at] as Written
      try {
        entry.onKept?.()
        done({ stream: record.stream, seq: record.seq, hash: record.hash })
      } catch (error) {
        failed(error) // whoever was told fails its own call, not those that wait beside it
      }
    }
  }

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestBatch)
      waiting = waiting.slice(largestBatch)
      await writeGroup(group)
    }
    running = undefined
  }

  /** Makes the entries of this turn, and begins to write if nothing is being written; one that cannot be made fails alone. */
  const endTurn = (): void => {
    for (const { make, done, failed } of asked) {
      try {
        waiting.push({ entry: make(), done, failed })
      } catch (error) {
        failed(error)
      }
    }
    asked = []
    if (waiting.length > 0) running ??= run()
  }

  const drain = async (): Promise<boolean> => {
    try {
      await moveSpool(parts)
    } catch {
      setWorks(false)
      return false
    }
    setWorks(true)
    return true
  }

  return {
    write: (make) =>
      new Promise((done, failed) => {
        asked.push({ make, done, failed })
        if (asked.length === 1) setImmediate(endTurn)
      }),
    async drain() {
      draining ??= drain().finally(() => {
        draining = undefined
      })
      return draining
    },
    storeWorks: () => works,
    settled: async () => {
      const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
      while (asked.length > 0 || running || draining) await (running ?? draining ?? turn())
    },
  }
}
