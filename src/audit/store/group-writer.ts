import { RecordUnavailable } from '../../errors.js'
import type { WaitingTokens } from '../token-memory.js'
import type { Chain, Entry } from '../chain.js'
import type { Head } from '../signed-head.js'
import type { Written } from './record-store.js'
import type { UsedTokensTable } from './schema.js'
import { largestBatch, makeStoreOrSpool } from './store-or-spool.js'
import type { KeepingParts } from './store-or-spool.js'
import { WaitingEntries } from './waiting-entries.js'

/** What a caller hands over: an entry for the chain and the rows that go with it. */
export interface ToWrite extends Entry {
  patientRef?: string
  /** Rows that need the record's place in the chain. */
  rows?: (place: { stream: string; seq: number }) => Pick<Written, 'cards' | 'feedback' | 'comment'>
}

/** An entry, and whoever waits until it is kept. */
interface Waiting {
  entry: ToWrite
  kept: (place: Head) => void
  failed: (error: unknown) => void
}

/** What the writer needs beside the places that it writes to. */
export interface WriterParts extends KeepingParts {
  chain: Chain
  /** Tokens that go into store or spool with the next batch. */
  tokens?: WaitingTokens
  /** Told when neither store nor spool took so many records. */
  onRefused: (records: number) => void
}

/** Makes records durable, many calls with one commit. */
export interface GroupWriter {
  /**
   * Resolves with the record's place once it is on disk, in the store or in the spool. Throws `RecordUnavailable` if it is
   * in neither, and `RecordStoreLost` once the store is lost.
   */
  write(entry: ToWrite): Promise<Head>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>
}

const noRows = { cards: [], feedback: [] }

/** An entry with its place in the chain, and the rows that need it. */
function linked(chain: Chain, entry: ToWrite): Written {
  const record = chain.append(entry)
  const { patientRef, rows } = entry
  return {
    record,
    ...(rows ? rows({ stream: record.stream, seq: record.seq }) : noRows),
    ...(patientRef !== undefined && { patientRef }),
  }
}

const placeOf = ({ record: { stream, seq, hash } }: Written): Head => ({ stream, seq, hash })

/** The batch, whose first record takes the tokens along. */
const withTokens = (batch: readonly Written[], usedTokens: readonly UsedTokensTable[]): readonly Written[] =>
  usedTokens.length === 0 ? batch : batch.map((one, at) => (at === 0 ? { ...one, usedTokens } : one))

/**
 * Writes records in groups: all that arrived while the last commit ran share the next one.
 *
 * Shape: the chain grows in the order of arrival, the tenants by turns where a group cannot hold all. While the store is down the spool takes every record at once, so that a
 *        call never waits for a store that is known to be down; `drain` brings it back.
 * Edge:  if neither takes a batch the chain goes on in a new stream: a stalled store may still keep what was refused, and a
 *        number must never be used twice.
 */
export function makeGroupWriter(parts: WriterParts): GroupWriter {
  const { chain, tokens, onRefused } = parts
  const keeping = makeStoreOrSpool(parts)
  const waiting = new WaitingEntries<Waiting>()
  let running: Promise<void> | undefined
  let draining: Promise<boolean> | undefined

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    const usedTokens = tokens?.take() ?? []
    try {
      const records = group.map(({ entry }) => linked(chain, entry))
      const batch = withTokens(records, usedTokens)
      await keeping.keep(batch)
      for (const [at, { kept }] of group.entries()) kept(placeOf(batch[at] as Written))
    } catch (error) {
      tokens?.giveBack(usedTokens)
      chain.renew()
      const unavailable = error instanceof RecordUnavailable ? error : new RecordUnavailable({ cause: error })
      onRefused(group.length)
      for (const { failed } of group) failed(unavailable)
    }
  }

  const writeAll = async (): Promise<void> => {
    while (!waiting.isEmpty) await writeGroup(waiting.takeGroup(largestBatch))
    running = undefined
  }

  return {
    write: (entry) =>
      new Promise((kept, failed) => {
        waiting.add({ entry, kept, failed })
        running ??= writeAll()
      }),
    async drain() {
      draining ??= keeping.drain().finally(() => {
        draining = undefined
      })
      return draining
    },
    storeWorks: () => keeping.storeWorks(),
    settled: async () => {
      while (running || draining) await (running ?? draining)
    },
  }
}
