import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Written } from './record-store.js'

/** What was found in a spool file: whole records, and whether its last line was torn. */
export interface Spooled {
  file: string
  written: readonly Written[]
  torn: boolean
}

/**
 * An append-only file that takes over while the store cannot write.
 *
 * Shape:  one JSON line per record, forced to disk before `append` returns; one file per process stream.
 * Throws: from `append`, when the disk does not take it either.
 */
export interface Spool {
  append(batch: readonly Written[]): void
  /** Every spool file of the directory, closed first so that later records go to a new one; dead processes' files too. */
  closed(): readonly Spooled[]
  /** Forgets a file whose records are in the store. */
  remove(file: string): void
  isEmpty(): boolean
}

const suffix = '.spool.ndjson'

function parseLine(line: string): Written | undefined {
  try {
    return JSON.parse(line) as Written
  } catch {
    return undefined // only a torn last line can be unreadable: each line was written whole before the next
  }
}

function readSpoolFile(file: string): Spooled {
  const lines = readFileSync(file, 'utf8').split('\n')
  const tail = lines.pop() ?? ''
  const whole = lines.flatMap((line) => {
    const written = line === '' ? undefined : parseLine(line)
    return written ? [written] : []
  })
  return {
    file,
    written: whole,
    torn: tail !== '' || whole.length < lines.filter((line) => line !== '').length,
  }
}

/** Opens the spool of one process stream in a directory that replicas must not share. */
export function makeSpool(directory: string, stream: string): Spool {
  mkdirSync(directory, { recursive: true })
  let closings = 0
  const own = join(directory, `${stream}${suffix}`)
  const files = (): readonly string[] =>
    readdirSync(directory)
      .filter((name) => name.endsWith(suffix))
      .map((name) => join(directory, name))
  return {
    append(batch) {
      const handle = openSync(own, 'a', 0o600)
      try {
        writeSync(handle, batch.map((written) => `${JSON.stringify(written)}\n`).join(''))
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
    },
    closed() {
      closings += 1
      if (existsSync(own)) renameSync(own, join(directory, `${stream}.${closings}${suffix}`))
      return files().map(readSpoolFile)
    },
    remove: (file) => rmSync(file, { force: true }),
    isEmpty: () => files().length === 0,
  }
}
