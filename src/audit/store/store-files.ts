import { statSync } from 'node:fs'

/** A file as far as the folder tells: nothing is opened, since closing it again would end the locks of this process. */
interface Seen {
  identity: string
  bytes: number
}

function seen(path: string): Seen | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found && { identity: `${found.dev}:${found.ino}`, bytes: Number(found.size) }
}

/** Looks whether files are still the ones that this process began with. */
export interface StoreFiles {
  /** What is wrong, in words for the operator; `undefined` while all is as it was. */
  look(): string | undefined
  /** Size of the database file at the last look. */
  bytes(): number
}

/**
 * Remembers the files of a store.
 *
 * Shape: locks are looked at from the beginning, and so is the database file, which never becomes smaller; its log and the
 *        index of the log are looked at from the moment when the database has made them.
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
