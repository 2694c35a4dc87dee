import { RecordUnavailable } from '../../errors.js'
import type { WaitingTokens } from '../token-memory.js'
import type { Chain, Entry } from '../chain.js'
import type { Head } from '../signed-head.js'
import type { Written } from './record-store.js'
import type { UsedTokensTable } from './schema.js'
import { largestBatch, makeStoreOrSpool } from './store-or-spool.js'
import type { KeepingParts } from './store-or-spool.js'
import { WaitingEntries } from './waiting-entries.js'

/** An entry for the chain, and the rows that belong to its record. */
export interface ToWrite extends Entry {
  patientRef?: string
  /** Makes the rows that need the place of the record in the chain. */
  rows?: (place: { stream: string; seq: number }) => Pick<Written, 'cards' | 'feedback' | 'comment'>
}

/** An entry, and the callbacks of the call that waits for its record. */
interface Waiting {
  entry: ToWrite
  kept: (place: Head) => void
  failed: (error: unknown) => void
}

/** The parts of the writer beside the store and the spool. */
export interface WriterParts extends KeepingParts {
  chain: Chain
  /** The used tokens that are stored with the next batch. */
  tokens?: WaitingTokens
  /** Receives the number of records that neither store nor spool took. */
  onRefused: (records: number) => void
}

/** Writes the records of many calls durably with one commit. */
export interface GroupWriter {
  /**
   * Resolves with the place of the record once the record is on disk, in the store or in the spool. Throws
   * `RecordUnavailable` when neither took the record, and `RecordStoreLost` once the store is lost.
   */
  write(entry: ToWrite): Promise<Head>
  /** Moves spooled records into the store; resolves true when the spool is empty. */
  drain(): Promise<boolean>
  storeWorks(): boolean
  /** Resolves when no entry is waiting. */
  settled(): Promise<void>
}

const noRows = { cards: [], feedback: [] }

/** Appends an entry to the chain, and makes the rows that need its place. */
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

/** Adds the used tokens to the first record of the batch. */
const withTokens = (batch: readonly Written[], usedTokens: readonly UsedTokensTable[]): readonly Written[] =>
  usedTokens.length === 0 ? batch : batch.map((one, at) => (at === 0 ? { ...one, usedTokens } : one))

/**
 * Writes records in groups: all entries that arrived during one commit share the next commit.
 *
 * Shape: the chain grows in the order of arrival; when a group cannot hold all entries, the tenants take turns. While
 *        the store is down the spool takes every record at once, so that no call waits for a failed store; `drain`
 *        tests the store again.
 * Edge:  when neither takes a batch, the chain continues in a new stream, because a stalled store may still store the
 *        refused records, and a sequence number must never be used twice.
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
