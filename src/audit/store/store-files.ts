import { statSync } from 'node:fs'

/**
 * The identity and size of a file, from its directory entry; opening and closing the file would release the locks of
 * this process.
 */
interface Seen {
  identity: string
  bytes: number
}

function seen(path: string): Seen | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found && { identity: `${found.dev}:${found.ino}`, bytes: Number(found.size) }
}

/** Checks whether files are still the files with which this process started. */
export interface StoreFiles {
  /** Names the first problem in words for the operator; `undefined` while all files are unchanged. */
  look(): string | undefined
  /** The size of the database file at the last check. */
  bytes(): number
}

/**
 * Remembers the files of a store.
 *
 * Shape: the locks and the database file, which never shrinks, are checked from the start. The log and its index are
 *        checked from the moment when the database has created them.
 */
export function makeStoreFiles(locks: readonly string[], database?: string): StoreFiles {
  const beside = database === undefined ? [] : [database, `${database}-wal`, `${database}-shm`]
  const first = new Map<string, string>()
  let bytes = 0
  const wrongWith = (path: string): string | undefined => {
    const now = seen(path)
    const before = first.get(path)
    if (before === undefined && now) first.set(path, now.identity)
    if (before !== undefined && !now) return `${path} was removed`
    if (before !== undefined && now?.identity !== before) return `${path} was replaced by another file`
    if (path !== database) return undefined
    const size = now?.bytes ?? 0
    if (size < bytes) return `${path} was cut from ${bytes} to ${size} bytes`
    bytes = size
    return undefined
  }
  const look = (): string | undefined => {
    for (const path of [...locks, ...beside]) {
      const wrong = wrongWith(path)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }
  look()
  return { look, bytes: () => bytes }
}
