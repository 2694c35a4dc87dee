import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import LibsqlDatabase from 'libsql'
import { ConfigError } from '../../errors.js'

/** The details of an owner, stored beside its lock for other processes to read. */
interface OwnerText {
  /** The identity of the store that the owner wrote to; absent before the owner first reached the store. */
  store?: string
  pid?: number
  host?: string
  since?: string
}

/** A database file or a spool folder that this process alone writes, until its release or the end of the process. */
export interface Owned {
  /** The locked file. */
  lock: string
  /** The file beside the lock that names the owner. */
  text: string
  /** The identity of the store that the last owner wrote to; absent when there was none. */
  storeBefore?: string
  /** Writes the identity of the store, for the next owner. */
  noteStore(id: string): void
  release(): void
}

/**
 * Finds the real path of a file, the same for every spelling and every link that leads to the file.
 *
 * Edge:   works for a file that does not exist, also behind a link to it.
 * Throws: when the folder of the file does not exist.
 */
export function onePath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const link = lstatSync(path, { throwIfNoEntry: false })
  if (link?.isSymbolicLink()) return onePath(resolve(dirname(path), readlinkSync(path)))
  return join(realpathSync(dirname(path)), basename(path))
}

/** The path of the readable file beside a lock. */
const textOf = (lock: string): string => `${lock}.json`

/** Reads the details of the last owner; empty when there was none, or when the file cannot be read. */
function readText(text: string): OwnerText {
  try {
    return JSON.parse(readFileSync(text, 'utf8')) as OwnerText
  } catch {
    return {}
  }
}

/** Replaces the file as a whole. On a full disk the old file stays, and the lock holds all the same. */
function writeText(text: string, owner: OwnerText): void {
  try {
    writeFileSync(`${text}.new`, `${JSON.stringify(owner)}\n`, { mode: 0o600 })
    renameSync(`${text}.new`, text)
  } catch {
    return // the file is for people; only the lock decides
  }
}

const inUse = (what: string, text: string): ConfigError => {
  const { pid = 'unknown', host = 'unknown', since = 'unknown' } = readText(text)
  return new ConfigError([
    {
      file: what,
      says: `belongs to a running process: pid ${pid} on host ${host}, since ${since}`,
      fix: 'stop that process first, or give this one a database file and a spool of its own; several processes share PostgreSQL only',
    },
  ])
}

const cannotLock = (what: string): ConfigError =>
  new ConfigError([
    {
      file: what,
      says: 'cannot be locked for this process alone',
      fix: 'put it on a local disk, in a folder that the user of the service may write to; folders of a network, and read-only ones, cannot be locked safely',
    },
  ])

/**
 * Locks a file that exists only for the lock.
 *
 * Shape: the lock is an open transaction of the database engine that writes nothing. The operating system holds the
 *        lock and releases it when the process ends, however the process ends. No other code may open this file,
 *        because closing the file would release the lock.
 */
function lockFile(path: string): Lock {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const database = new LibsqlDatabase(path, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = off')
    database.exec('begin immediate') // of several processes exactly one gets this lock; with "exclusive" none might
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

type Lock = InstanceType<typeof LibsqlDatabase>

const isBusy = (error: unknown): boolean => error instanceof Error && /locked|busy/iu.test(error.message)

/** Finds the file to lock for a place, and creates its folder. Throws when the folder cannot be created. */
type FindLock = () => string

/**
 * Makes this process the only owner of a database file or a spool.
 *
 * Edge:   both files stay when the process ends: the lock is then free, and the readable file names the last store.
 * Throws: `ConfigError` that names the other owner, or the reason why the place cannot be locked.
 */
function own(what: string, findLock: FindLock): Owned {
  const { lock, database } = locked(what, findLock)
  const text = textOf(lock)
  const { store } = readText(text)
  const owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  writeText(text, { ...(store !== undefined && { store }), ...owner })
  return {
    lock,
    text,
    ...(store !== undefined && { storeBefore: store }),
    noteStore: (id) => writeText(text, { store: id, ...owner }),
    release: () => {
      database.close()
    },
  }
}

function locked(what: string, findLock: FindLock): { lock: string; database: Lock } {
  let lock: string | undefined
  try {
    lock = findLock()
    return { lock, database: lockFile(lock) }
  } catch (error) {
    throw lock !== undefined && isBusy(error) ? inUse(what, textOf(lock)) : cannotLock(what)
  }
}

/** Locks a database file. Throws `ConfigError` when another process owns the file, or it cannot be locked. */
export const ownDatabase = (file: string): Owned =>
  own(file, () => {
    mkdirSync(dirname(file), { recursive: true })
    return `${onePath(file)}.owner`
  })

/** Locks the folder of a spool, and creates a missing folder. Throws `ConfigError`, as `ownDatabase` does. */
export const ownSpool = (folder: string): Owned =>
  own(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return join(realpathSync(folder), 'owner')
  })
