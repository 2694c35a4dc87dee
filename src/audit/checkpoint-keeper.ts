import type { KeyObject } from 'node:crypto'
import { genesis } from './chain.js'
import { checkpointHash, signCheckpoint } from './checkpoint.js'
import type { Checkpoint } from './checkpoint.js'
import { DurableLines } from './durable-lines.js'
import { makeSignHead } from './signed-head.js'
import type { Head, SignedHead } from './signed-head.js'

/** What the keeper needs. */
export interface CheckpointParts {
  key: { privateKey: KeyObject; keyId: string }
  file: string
  /** The stream of this process now. */
  stream: () => string
  /** Heads of other streams, whose signatures hold, that grew since that moment. */
  headsSince: (since: number) => Promise<readonly SignedHead[]>
  /** Moment of the newest checkpoint in the store, if any. */
  newestAt: () => Promise<number | undefined>
  /** Stores the checkpoint as a record of this process's own stream and tells its place. */
  record: (checkpoint: Checkpoint, at: number) => Promise<Head>
  /** Told the signed head that ends with each checkpoint. */
  onMade: (head: SignedHead) => void
  clock: () => number
}

/** Signs and keeps checkpoints. */
export interface CheckpointKeeper {
  /** Told how many records were stored, and of heads that come late, from a spool; makes a checkpoint when it is due. */
  stored(records: number, late?: readonly SignedHead[]): void
  /** Makes a checkpoint when it is due: the first one of this process, or when the time is over; or at once if asked to. */
  make(now?: 'now'): Promise<void>
}

const mostRecords = 10_000
const longestMs = 600_000
const overlapMs = 3_600_000 // clocks of replicas differ

/** The last checkpoint of a stream, which the next one follows. */
interface Last {
  by: string
  number: number
  hash: string
}

/**
 * Makes a signed checkpoint as a process begins, every 10,000 records or 10 minutes, and at the end: a record of the chain,
 * and a line of a second file that belongs in another place.
 *
 * Shape:  each names the one before, and the heads of other streams that grew since, also of processes that died. Of the
 *         own stream nothing is read back: the checkpoint's record follows on what this process has in memory.
 * Edge:   a line that could not be written is written with the next one.
 * Throws: nothing; when the store is down the checkpoint is made later.
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

/** Of heads of one stream the last; each once. */
function newestOf(heads: readonly SignedHead[]): readonly SignedHead[] {
  const byStream = new Map<string, SignedHead>()
  for (const head of heads)
    if ((byStream.get(head.stream)?.seq ?? 0) < head.seq) byStream.set(head.stream, head)
  return [...byStream.values()]
}
