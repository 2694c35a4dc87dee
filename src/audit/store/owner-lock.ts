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

/** What an owner writes beside its lock, for others to read. */
interface OwnerText {
  /** Identity of the store that was written to; absent before the store was first reached. */
  store?: string
  pid?: number
  host?: string
  since?: string
}

/** A database file or a spool folder that this process alone writes to, until it releases it or dies. */
export interface Owned {
  /** The locked file. */
  lock: string
  /** The text beside it that names the owner. */
  text: string
  /** Identity of the store that the last owner wrote to; absent when there was none. */
  storeBefore?: string
  /** Writes down which store it is, for the next owner. */
  noteStore(id: string): void
  release(): void
}

/**
 * The one path of a file, however it is spelled and whatever links lead to it.
 *
 * Edge:   a file that is not there yet has one too, also behind a link that leads to it.
 * Throws: when its folder cannot be made.
 */
export function onePath(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const link = lstatSync(path, { throwIfNoEntry: false })
  if (link?.isSymbolicLink()) return onePath(resolve(dirname(path), readlinkSync(path)))
  return join(realpathSync(dirname(path)), basename(path))
}

/** The readable text beside a lock. */
const textOf = (lock: string): string => `${lock}.json`

/** What the last owner wrote; nothing when there was none, or when its text cannot be read. */
function readText(text: string): OwnerText {
  try {
    return JSON.parse(readFileSync(text, 'utf8')) as OwnerText
  } catch {
    return {}
  }
}

/** Puts the text in place whole; a disk that is full keeps the text before, and the lock holds all the same. */
function writeText(text: string, owner: OwnerText): void {
  try {
    writeFileSync(`${text}.new`, `${JSON.stringify(owner)}\n`, { mode: 0o600 })
    renameSync(`${text}.new`, text)
  } catch {
    return // the text is for people; only the lock decides
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
 * Locks a file that exists for this purpose alone.
 *
 * Shape: the lock is that of a database engine in a transaction which writes nothing: the operating system holds it, and
 *        ends it with the process, whatever ends the process. Nobody else may open this file here: closing it again would
 *        end the lock.
 */
function lockFile(path: string): Lock {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const database = new LibsqlDatabase(path, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = off')
    database.exec('begin immediate') // of several at once exactly one gets this lock; of "exclusive", none might
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

type Lock = InstanceType<typeof LibsqlDatabase>

const isBusy = (error: unknown): boolean => error instanceof Error && /locked|busy/iu.test(error.message)

/** Which file is locked for a place; makes the folder it needs. Throws when that cannot be done. */
type FindLock = () => string

/**
 * Makes this process the one owner of a database file or a spool.
 *
 * Edge:   lock and text stay when the process ends: the lock is free then, and the text tells which store was here.
 * Throws: `ConfigError` that names the other owner, or says why nothing can be locked there.
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

/** Owns a database file. Throws `ConfigError` when another process does, or nothing can be locked there. */
export const ownDatabase = (file: string): Owned =>
  own(file, () => {
    mkdirSync(dirname(file), { recursive: true })
    return `${onePath(file)}.owner`
  })

/** Owns the folder of a spool, which is made when it is not there. Throws `ConfigError`, as `ownDatabase` does. */
export const ownSpool = (folder: string): Owned =>
  own(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return join(realpathSync(folder), 'owner')
  })
