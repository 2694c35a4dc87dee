import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Written } from './record-store.js'
import { makeLineCheck } from './spool-line.js'

/** A line that must not enter the store, and its line number, from 1. */
export interface RefusedLine {
  line: number
  text: string
}

/** The content of a spool file: good records, bad lines, and the number of lines torn by a crash (0 or 1). */
export interface Spooled {
  /** The name of the file without its folder. */
  name: string
  written: readonly Written[]
  refused: readonly RefusedLine[]
  torn: number
  bytes: number
}

/**
 * Append-only files that take records while the store cannot write.
 *
 * Shape:  one JSON line for each record, forced to disk before `append` returns; files of some 16 MiB at most, named
 *         after the stream of the process and numbered.
 * Throws: from `append`, when the disk cannot write either; a partly written batch is then removed.
 */
export interface Spool {
  append(batch: readonly Written[]): void
  /**
   * Files ready to be moved into the store, oldest first: own files that are complete, and files of ended processes.
   */
  closed(): readonly string[]
  /** Reads a file and checks its lines. */
  read(name: string): Spooled
  /** Writes the bad lines of a file durably to another file, and returns the name of that file. */
  setAside(spooled: Spooled): string
  /** Removes a file whose records are in the store, unless its size has changed since it was read. */
  forget(spooled: Spooled): void
  isEmpty(): boolean
  /** Can the disk write a record now? */
  works(): boolean
}

const suffix = '.spool.ndjson'
/** The suffix of files with bad lines, which only people read. */
const asideSuffix = '.refused'
const largestFile = 16 * 1_048_576
/** A block larger than a record; a disk without room for the block counts as full. */
const tried = Buffer.alloc(65_536)

/** Forces the directory entry of a new file to disk as well. */
function syncFolder(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function writeWhole(handle: number, bytes: Buffer): void {
  let written = 0
  while (written < bytes.length) written += writeSync(handle, bytes, written)
}

/** Lists the names of the spool files in a folder. */
export const spoolFilesIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.endsWith(suffix))

/** The stream of the process that wrote a file; renewed streams have names that begin with it. */
const streamOf = (name: string): string => name.replace(/\.\d{6,}\.spool\.ndjson$/u, '')

function checked(content: Buffer, stream: string): Omit<Spooled, 'name' | 'bytes'> {
  const lines = content.toString('utf8').split('\n')
  const tail = lines.pop() ?? ''
  const check = makeLineCheck(stream)
  const written: Written[] = []
  const refused: RefusedLine[] = []
  for (const [at, text] of lines.entries()) {
    const good = check(text)
    if (good) written.push(good)
    else refused.push({ line: at + 1, text })
  }
  return { written, refused, torn: tail === '' ? 0 : 1 } // the call of a torn line never got its response
}

/**
 * Appends bytes to a file and forces them to disk. Throws when the disk cannot write them, and then leaves none of the
 * bytes.
 */
function appendDurably(path: string, bytes: Buffer): { sizeBefore: number } {
  const isNew = !existsSync(path)
  const handle = openSync(path, 'a', 0o600)
  try {
    const { size } = fstatSync(handle)
    try {
      writeWhole(handle, bytes)
      fsyncSync(handle)
      if (isNew) syncFolder(dirname(path))
    } catch (error) {
      ftruncateSync(handle, size)
      if (isNew) rmSync(path) // a disk that stays full would collect a file for each batch
      throw error
    }
    return { sizeBefore: size }
  } finally {
    closeSync(handle)
  }
}

/** Creates or replaces a file, and forces it to disk. */
function writeDurably(path: string, bytes: Buffer): void {
  const handle = openSync(path, 'w', 0o600)
  try {
    writeWhole(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Can the disk write a file now? The file is removed afterwards. */
function takesFile(path: string): boolean {
  try {
    writeDurably(path, tried)
    return true
  } catch {
    return false
  } finally {
    rmSync(path, { force: true })
  }
}

const linesOf = (batch: readonly Written[]): Buffer =>
  Buffer.from(batch.map((written) => `${JSON.stringify(written)}\n`).join(''))

/** Opens the spool of one stream in a directory that replicas should not share. */
export function makeSpool(directory: string, stream: string): Spool {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  let number = 1
  const ownName = (): string => `${stream}.${String(number).padStart(6, '0')}${suffix}`
  const pathOf = (name: string): string => join(directory, basename(name))
  const names = (): readonly string[] => spoolFilesIn(directory)
  return {
    append(batch) {
      try {
        const { sizeBefore } = appendDurably(pathOf(ownName()), linesOf(batch))
        if (sizeBefore > largestFile) number += 1
      } catch (error) {
        number += 1 // the next batch starts in a new file, whatever remains of this batch
        throw error
      }
    },
    closed() {
      if (existsSync(pathOf(ownName()))) number += 1
      return [...names()].sort()
    },
    read(name) {
      const content = readFileSync(pathOf(name))
      return { name, bytes: content.length, ...checked(content, streamOf(name)) }
    },
    setAside({ name, refused }) {
      const aside = `${name}${asideSuffix}`
      writeDurably(pathOf(aside), Buffer.from(refused.map(({ text }) => `${text}\n`).join('')))
      syncFolder(directory)
      return aside
    },
    forget({ name, bytes }) {
      if (statSync(pathOf(name)).size === bytes) rmSync(pathOf(name), { force: true })
    },
    isEmpty: () => names().length === 0,
    works: () => takesFile(join(directory, `${stream}.probe`)),
  }
}
