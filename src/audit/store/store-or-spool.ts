import type { StoreBatch, Written } from './record-store.js'
import type { Spool, Spooled } from './spool.js'
import { within } from './within.js'

/** The places for records; `store` stores a whole batch in one transaction. */
export interface KeepingParts {
  store: StoreBatch
  spool: Spool
  /** The longest time for storing a batch, in milliseconds. */
  stallMs: number
  /** Throws `RecordStoreLost` when neither store nor spool may be written. */
  mayWrite: () => void
  /** Called when the store fails, stalls or works again, for metrics and readiness. */
  onStore: (works: boolean) => void
  /**
   * Receives a spool file with torn or bad lines, after its good records are in the store; `aside` names the file of
   * bad lines.
   */
  onDamaged: (file: Spooled, aside?: string) => void
}

/** Stores batches in the store while it works, and in the spool while the store fails. */
export interface StoreOrSpool {
  /**
   * Stores a batch. Throws the error of the spool when neither took the batch, and `RecordStoreLost` once the store is
   * lost.
   */
  keep(batch: readonly Written[]): Promise<void>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
}

/**
 * The most records of one transaction, so few that a call waits for a running transaction no longer than for a slow
 * disk.
 */
export const largestBatch = 64

/**
 * Moves all spooled records into the store, oldest first; bad lines are written to another file.
 *
 * Edge:   records that arrive meanwhile go to a further spool file, so the chain keeps its order.
 * Throws: the error of store or spool; records that were not moved stay in the spool.
 */
async function moveSpool({ store, spool, mayWrite, onDamaged }: KeepingParts): Promise<void> {
  mayWrite()
  await store([]) // tests the store, because a spool file without a complete record writes nothing
  while (!spool.isEmpty())
    for (const name of spool.closed()) {
      const file = spool.read(name)
      for (let from = 0; from < file.written.length; from += largestBatch)
        await store(file.written.slice(from, from + largestBatch), 'late')
      const aside = file.refused.length > 0 ? spool.setAside(file) : undefined
      spool.forget(file)
      if (aside !== undefined || file.torn > 0) onDamaged(file, aside)
    }
}

/** Makes the place for batches; a store that failed or stalled is not used until `drain` finds that it works. */
export function makeStoreOrSpool(parts: KeepingParts): StoreOrSpool {
  const { store, spool, stallMs, mayWrite, onStore } = parts
  let works = true

  const setWorks = (now: boolean): void => {
    if (now !== works) onStore(now)
    works = now
  }

  return {
    async keep(batch) {
      mayWrite()
      if (works) {
        try {
          await within(store(batch), stallMs)
          return
        } catch {
          setWorks(false) // readiness and metrics report the failure, and the record goes to the spool
        }
      }
      spool.append(batch)
    },
    async drain() {
      try {
        await moveSpool(parts)
      } catch {
        setWorks(false)
        return false
      }
      setWorks(true)
      return true
    },
    storeWorks: () => works,
  }
}
