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
import { basename, join } from 'node:path'
import type { Written } from './record-store.js'

/** What was found in a spool file: whole records, and how many lines were torn by a crash. */
export interface Spooled {
  /** Name of the file without its folder. */
  name: string
  written: readonly Written[]
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
  read(name: string): Spooled
  /** Forgets a file whose records are in the store, unless somebody wrote to it since it was read. */
  forget(spooled: Spooled): void
  isEmpty(): boolean
  /** Can the disk take a record now? */
  works(): boolean
}

const suffix = '.spool.ndjson'
const largestFile = 16 * 1_048_576
/** More than a record takes: a disk with room for less is as good as full. */
const tried = Buffer.alloc(65_536)

function parseLine(line: string): Written | undefined {
  try {
    return JSON.parse(line) as Written
  } catch {
    return undefined // torn by a crash: its call was never answered
  }
}

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

/** Opens the spool of one process stream in a directory that replicas should not share. */
export function makeSpool(directory: string, stream: string): Spool {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  let number = 1
  const ownName = (): string => `${stream}.${String(number).padStart(6, '0')}${suffix}`
  const pathOf = (name: string): string => join(directory, basename(name))
  const names = (): readonly string[] => readdirSync(directory).filter((name) => name.endsWith(suffix))
  return {
    append(batch) {
      const path = pathOf(ownName())
      const isNew = !existsSync(path)
      const handle = openSync(path, 'a', 0o600)
      try {
        const { size } = fstatSync(handle)
        try {
          writeWhole(handle, Buffer.from(batch.map((written) => `${JSON.stringify(written)}\n`).join('')))
          fsyncSync(handle)
          if (isNew) syncFolder(directory)
        } catch (error) {
          number += 1 // whatever stays of this batch, the next one starts on a clean file
          ftruncateSync(handle, size)
          if (isNew) rmSync(path) // a disk that stays full would gather a file for each batch
          throw error
        }
        if (size > largestFile) number += 1
      } finally {
        closeSync(handle)
      }
    },
    closed() {
      if (existsSync(pathOf(ownName()))) number += 1
      return [...names()].sort()
    },
    read(name) {
      const content = readFileSync(pathOf(name))
      const lines = content.toString('utf8').split('\n')
      const tail = lines.pop() ?? ''
      const written = lines.flatMap((line) => parseLine(line) ?? [])
      return {
        name,
        written,
        torn: lines.length - written.length + (tail === '' ? 0 : 1),
        bytes: content.length,
      }
    },
    forget({ name, bytes }) {
      if (statSync(pathOf(name)).size === bytes) rmSync(pathOf(name), { force: true })
    },
    isEmpty: () => names().length === 0,
    works() {
      const probe = join(directory, `${stream}.probe`)
      try {
        const handle = openSync(probe, 'w', 0o600)
        try {
          writeWhole(handle, tried)
          fsyncSync(handle)
        } finally {
          closeSync(handle)
          rmSync(probe, { force: true })
        }
        return true
      } catch {
        return false
      }
    },
  }
}
