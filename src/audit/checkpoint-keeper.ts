import { appendFileSync, closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { signCheckpoint } from './checkpoint.js'
import type { Checkpoint, Head } from './checkpoint.js'
import type { SigningKey } from './key-files.js'

/** What the keeper needs. */
export interface CheckpointParts {
  key: Pick<SigningKey, 'privateKey'> & { keyId: string }
  file: string
  /** Heads of all streams that grew since that moment. */
  headsSince: (since: number) => Promise<readonly Head[]>
  /** Moment of the newest checkpoint in the store, if any. */
  newestAt: () => Promise<number | undefined>
  /** Stores the checkpoint as a record of the chain and tells where. */
  record: (checkpoint: Checkpoint, at: number) => Promise<Head>
  clock: () => number
}

/** Signs and keeps checkpoints. */
export interface CheckpointKeeper {
  /** Told how many records were stored; makes a checkpoint when it is due. */
  stored(records: number): void
  /** Makes a checkpoint when the time is over, or at once if asked to. */
  make(now?: 'now'): Promise<void>
}

const mostRecords = 10_000
const longestMs = 600_000
const overlapMs = 3_600_000 // clocks of replicas differ, and a spool drains late

const newline = '\n'

/**
 * Appends one line and forces it to disk.
 *
 * Edge: after a line that a crash or a full disk has torn it begins on a line of its own.
 */
function appendDurably(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(file, 'a+', 0o640)
  try {
    appendFileSync(handle, `${endsTorn(handle) ? newline : ''}${line}${newline}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function endsTorn(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last.toString() !== newline
}

/**
 * Makes a signed checkpoint every 10,000 records or 10 minutes: a record of the chain, and a line of a second file that
 * belongs in another place.
 *
 * Edge:   a checkpoint covers every stream that grew since the one before, also those of processes that died.
 * Throws: nothing; when the store is down the checkpoint is made later.
 * Source: AUD-101
 */
export function makeCheckpointKeeper(parts: CheckpointParts, onFailed: () => void): CheckpointKeeper {
  const { key, file, headsSince, newestAt, record, clock } = parts
  let since: number | undefined
  let records = 0
  let lastAt = clock()
  let making: Promise<void> | undefined

  const makeOne = async (): Promise<void> => {
    const at = clock()
    since ??= (await newestAt()) ?? 0
    const heads = await headsSince(since - overlapMs)
    if (heads.length === 0) return
    const checkpoint = signCheckpoint(heads, new Date(at).toISOString(), key)
    const place = await record(checkpoint, at)
    appendDurably(file, JSON.stringify({ ...checkpoint, record: place }))
    since = at
    lastAt = at
    records = 0
  }

  const make = (): Promise<void> => {
    making ??= makeOne()
      .catch(onFailed)
      .finally(() => {
        making = undefined
      })
    return making
  }

  return {
    stored(count) {
      records += count
      if (records >= mostRecords) void make()
    },
    async make(now) {
      const due = records > 0 && clock() - lastAt >= longestMs
      if (due || (now === 'now' && records > 0)) await make()
    },
  }
}
