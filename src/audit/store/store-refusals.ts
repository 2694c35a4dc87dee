import { statSync } from 'node:fs'
import { ConfigError } from '../../errors.js'
import type { Owned } from './owner-lock.js'

const backInPlace = (text: string): string =>
  `put the file back with the "-wal" beside it, or a backup; to begin a new store, remove ${text}`

/** Refuses a missing or empty file in the place of an earlier store. Throws `ConfigError`. */
export function refuseMissing(file: string, { storeBefore, text }: Owned): void {
  if (storeBefore === undefined) return
  const found = statSync(file, { throwIfNoEntry: false })
  if (found && found.size > 0) return
  const says = `${found ? 'is empty' : 'does not exist'}, but a store was here before (${storeBefore})`
  throw new ConfigError([{ file, says, fix: backInPlace(text) }])
}

/** Refuses a store with another identity than the store of the last owner; for a spool only while it holds records. */
export function refuseOther(what: string, id: string, { storeBefore, text }: Owned): void {
  if (storeBefore === undefined || storeBefore === id) return
  throw new ConfigError([
    {
      file: what,
      says: `is not of the same store as before: that was ${storeBefore}, the database is ${id}`,
      fix: `name the database of before, or remove ${text} to go on with this one`,
    },
  ])
}

/** Does the error of the database mean a damaged file? */
export const isDamage = (error: unknown): boolean =>
  error instanceof Error && /malformed|not a database/iu.test(error.message)

/** The error for a damaged file. */
export const damaged = (file: string): ConfigError =>
  new ConfigError([
    {
      file,
      says: 'is no database, or was cut off or overwritten',
      fix: 'put it back from a backup, or name another file in AUDIT_DATABASE',
    },
  ])
