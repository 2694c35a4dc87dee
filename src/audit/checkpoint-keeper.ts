import type { KeyObject } from 'node:crypto'
import { genesis } from './chain.js'
import { checkpointHash, signCheckpoint } from './checkpoint.js'
import type { Checkpoint } from './checkpoint.js'
import { DurableLines } from './durable-lines.js'
import { makeSignHead } from './signed-head.js'
import type { Head, SignedHead } from './signed-head.js'

/** The parts that the keeper is built from. */
export interface CheckpointParts {
  key: { privateKey: KeyObject; keyId: string }
  file: string
  /** The current stream of this process. */
  stream: () => string
  /** The signed heads of other streams that grew since a moment, with valid signatures only. */
  headsSince: (since: number) => Promise<readonly SignedHead[]>
  /** The moment of the newest checkpoint in the store, if there is one. */
  newestAt: () => Promise<number | undefined>
  /** Stores a checkpoint as a record in the stream of this process, and returns the place of the record. */
  record: (checkpoint: Checkpoint, at: number) => Promise<Head>
  /** Receives the signed head after each checkpoint. */
  onMade: (head: SignedHead) => void
  clock: () => number
}

/** Makes and stores checkpoints. */
export interface CheckpointKeeper {
  /** Counts stored records, takes heads of late records from a spool, and makes a checkpoint when one is due. */
  stored(records: number, late?: readonly SignedHead[]): void
  /** Makes a checkpoint when one is due: for the start of the process, or after the interval; with `now` at once. */
  make(now?: 'now'): Promise<void>
}

const mostRecords = 10_000
const longestMs = 600_000
const overlapMs = 3_600_000 // the clocks of replicas may differ

/** The last checkpoint of a stream, to which the next checkpoint links. */
interface Last {
  by: string
  number: number
  hash: string
}

/**
 * Makes a signed checkpoint at the start of a process, every 10,000 records or 10 minutes, and at the end. Each
 * checkpoint is a record of the chain and a line of a separate file, which is to be kept in another place.
 *
 * Shape:  each checkpoint names the checkpoint before, and the heads of other streams that have grown since then,
 *         including streams of ended processes. The own stream is not read back, because the record of the checkpoint
 *         links to the last record in memory.
 * Edge:   a line that could not be written is written with the next line.
 * Throws: nothing; while the store is down the checkpoint is made later.
 * Source: AUD-101
 */
export function makeCheckpointKeeper(parts: CheckpointParts, onFailed: () => void): CheckpointKeeper {
  const { key, file, clock } = parts
  const sign = makeSignHead(key, clock)
  let since: number | undefined
  let records = 0
  let lastAt = clock()
  let last: Last | undefined
  let late: readonly SignedHead[] = []
  const lines = new DurableLines(file)
  let making: Promise<void> | undefined

  const makeOne = async (): Promise<void> => {
    const at = clock()
    const by = parts.stream()
    since ??= (await parts.newestAt()) ?? 0
    const came = late
    const heads = newestOf([...(await parts.headsSince(since - overlapMs)), ...came])
    const before = last?.by === by ? last : { by, number: 0, hash: genesis }
    const link = { by, number: before.number + 1, previous: before.hash }
    const moment = new Date(at).toISOString()
    const checkpoint = signCheckpoint(heads, moment, key, link)
    const place = await parts.record(checkpoint, at)
    last = { by, number: link.number, hash: checkpointHash(checkpoint) }
    late = late.filter((head) => !came.includes(head))
    since = at
    lastAt = at
    records = 0
    const head = sign(place)
    lines.add(JSON.stringify({ ...checkpoint, record: head }))
    parts.onMade(head)
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
    stored(count, lateHeads = []) {
      records += count
      if (lateHeads.length > 0) late = newestOf([...late, ...lateHeads])
      if (records >= mostRecords) void make()
    },
    async make(now) {
      const due = !last || (records > 0 && clock() - lastAt >= longestMs)
      if (due || (now === 'now' && records > 0)) await make()
    },
  }
}

/** Keeps the last head of each stream. */
function newestOf(heads: readonly SignedHead[]): readonly SignedHead[] {
  const byStream = new Map<string, SignedHead>()
  for (const head of heads)
    if ((byStream.get(head.stream)?.seq ?? 0) < head.seq) byStream.set(head.stream, head)
  return [...byStream.values()]
}
