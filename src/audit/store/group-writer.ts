import { RecordUnavailable } from '../../errors.js'
import type { Chain, Entry } from '../chain.js'
import type { Spool } from './spool.js'
import type { Written } from './record-store.js'

/** What a caller hands over: an entry for the chain and the rows that go with it. */
export interface ToWrite extends Entry {
  patientRef?: string
  /** Rows that need the record's place in the chain. */
  rows?: (place: { stream: string; seq: number }) => Pick<Written, 'cards' | 'feedback'>
}

interface Waiting {
  entry: ToWrite
  done: () => void
  failed: (error: Error) => void
}

/** What the writer needs; `store` is one transaction for the whole batch. */
export interface WriterParts {
  chain: Chain
  store: (batch: readonly Written[]) => Promise<void>
  spool: Spool
  stallMs: number
  /** Told when the store fails, stalls or works again, for metrics and readiness. */
  onStore: (works: boolean) => void
}

/** Makes records durable, many calls with one commit. */
export interface GroupWriter {
  /** Resolves once the record is on disk, in the store or in the spool. Throws `RecordUnavailable` if in neither. */
  write(entry: ToWrite): Promise<void>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>
}

const noRows = { cards: [], feedback: [] }
const largestBatch = 256

/** Rejects when the store takes longer than `stallMs`; the store may still finish later, which does no harm. */
async function within(work: Promise<void>, stallMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the audit store stalled')), stallMs)
  })
  try {
    await Promise.race([work, stalled])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Writes records in groups: all that arrived while the last commit ran share the next one.
 *
 * Shape: the chain grows in the order of arrival. While the store is down the spool takes every record at once, so that a
 *        call never waits for a store that is known to be down; `drain` brings it back.
 * Edge:  if neither takes a batch the chain goes on in a new stream: a stalled store may still keep what was refused, and a
 *        number must never be used twice.
 */
export function makeGroupWriter({ chain, store, spool, stallMs, onStore }: WriterParts): GroupWriter {
  let waiting: Waiting[] = []
  let running: Promise<void> | undefined
  let works = true

  const setWorks = (now: boolean): void => {
    if (now !== works) onStore(now)
    works = now
  }

  const linked = (entries: readonly ToWrite[]): readonly Written[] =>
    entries.map((entry) => {
      const record = chain.append(entry)
      const { patientRef, rows } = entry
      return {
        record,
        ...(rows ? rows({ stream: record.stream, seq: record.seq }) : noRows),
        ...(patientRef !== undefined && { patientRef }),
      }
    })

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

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      await keep(linked(group.map(({ entry }) => entry)))
    } catch (error) {
      chain.renew()
      const unavailable = new RecordUnavailable({ cause: error })
      for (const { failed } of group) failed(unavailable)
      return
    }
    for (const { done } of group) done()
  }

  const run = async (): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve)) // let calls of this turn join the group
    while (waiting.length > 0) {
      const group = waiting.slice(0, largestBatch)
      waiting = waiting.slice(largestBatch)
      await writeGroup(group)
    }
    running = undefined
  }

  return {
    write: (entry) =>
      new Promise((done, failed) => {
        waiting.push({ entry, done, failed })
        running ??= run()
      }),
    async drain() {
      while (!spool.isEmpty())
        for (const { file, written } of spool.closed()) {
          try {
            for (let from = 0; from < written.length; from += largestBatch)
              await store(written.slice(from, from + largestBatch))
          } catch {
            setWorks(false)
            return false
          }
          spool.remove(file)
        }
      setWorks(true)
      return true
    },
    storeWorks: () => works,
    settled: async () => {
      while (running) await running
    },
  }
}
