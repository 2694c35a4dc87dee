import type { StoreBatch, Written } from './record-store.js'
import type { Spool, Spooled } from './spool.js'
import { within } from './within.js'

/** Where records are kept; `store` is one transaction for the whole batch. */
export interface KeepingParts {
  store: StoreBatch
  spool: Spool
  /** How long the store may take over a batch. Milliseconds. */
  stallMs: number
  /** Throws `RecordStoreLost` when neither store nor spool may be written to any more. */
  mayWrite: () => void
  /** Told when the store fails, stalls or works again, for metrics and readiness. */
  onStore: (works: boolean) => void
  /** Told of a spool file with torn or bad lines, once its good records are in the store; bad lines are in `aside` then. */
  onDamaged: (file: Spooled, aside?: string) => void
}

/** The store while it works, and the spool while it does not. */
export interface StoreOrSpool {
  /** Keeps a batch. Throws what the spool said when neither took it, and `RecordStoreLost` once the store is lost. */
  keep(batch: readonly Written[]): Promise<void>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
}

/** The most records of one transaction: so few that a call that comes while one runs waits for it no longer than for a slow disk. */
export const largestBatch = 64

/**
 * Moves all that is spooled into the store, oldest first; lines that are no good records are put aside.
 *
 * Edge:   records that are written meanwhile go to a further spool file, so the order of the chain is kept.
 * Throws: what store or spool said; what was not moved stays in the spool.
 */
async function moveSpool({ store, spool, mayWrite, onDamaged }: KeepingParts): Promise<void> {
  mayWrite()
  await store([]) // a spool file without a whole record moves into any store, and proves nothing
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

/** Makes what keeps batches; a store that failed or stalled is left alone until `drain` finds that it works. */
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
          setWorks(false) // the cause is the operator's: readiness and metrics tell; the record goes to the spool
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
