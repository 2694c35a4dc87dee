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

/** A line that must not go into the store, and where it stood, from 1. */
export interface RefusedLine {
  line: number
  text: string
}

/** What was found in a spool file: good records, bad lines, and how many lines were torn by a crash: one or none. */
export interface Spooled {
  /** Name of the file without its folder. */
  name: string
  written: readonly Written[]
  refused: readonly RefusedLine[]
  torn: number
  bytes: number
}

/**
 * Append-only files that take over while the store cannot write.
 *
 * Shape:  one JSON line per record, forced to disk before `append` returns; files of at most some 16 MiB, named after the
 *         process's stream and numbered.
 * Throws: from `append`, when the disk does not take it either; what it wrote of the batch is then cut off again.
 */
export interface Spool {
  append(batch: readonly Written[]): void
  /** Files ready to be moved to the store, oldest first: own ones, which get no more records, and those of dead processes. */
  closed(): readonly string[]
  /** Reads a file and checks its lines. */
  read(name: string): Spooled
  /** Puts the bad lines of a file aside, durably, and gives the name of the file that holds them now. */
  setAside(spooled: Spooled): string
  /** Forgets a file whose records are in the store, unless somebody wrote to it since it was read. */
  forget(spooled: Spooled): void
  isEmpty(): boolean
  /** Can the disk take a record now? */
  works(): boolean
}

const suffix = '.spool.ndjson'
/** Files with bad lines; nothing reads them but people. */
const asideSuffix = '.refused'
const largestFile = 16 * 1_048_576
/** More than a record takes: a disk with room for less is as good as full. */
const tried = Buffer.alloc(65_536)

/** Makes the entry of a new file in its folder durable as well. */
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

/** Names of the spool files in a folder. */
export const spoolFilesIn = (directory: string): readonly string[] =>
  readdirSync(directory).filter((name) => name.endsWith(suffix))

/** The stream of the process that wrote a file; its renewed streams are named after it. */
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
  return { written, refused, torn: tail === '' ? 0 : 1 } // the call of a torn line was never answered
}

/** Appends bytes to a file and forces them to disk. Throws when the disk does not take them; then nothing of them stays. */
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
      if (isNew) rmSync(path) // a disk that stays full would gather a file for each batch
      throw error
    }
    return { sizeBefore: size }
  } finally {
    closeSync(handle)
  }
}

/** Writes a new file, or one anew, and forces it to disk. */
function writeDurably(path: string, bytes: Buffer): void {
  const handle = openSync(path, 'w', 0o600)
  try {
    writeWhole(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Does the disk take a file now? It is gone again afterwards. */
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

/** Opens the spool of one process stream in a directory that replicas should not share. */
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
        number += 1 // whatever stays of this batch, the next one starts on a clean file
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
