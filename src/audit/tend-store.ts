import type { CheckpointKeeper } from './checkpoint-keeper.js'
import type { GroupWriter } from './store/group-writer.js'
import type { OwnedStore } from './store/owned-store.js'
import type { Spool } from './store/spool.js'
import type { DurableTokens } from './token-memory.js'

/** What is tended, and who is told that something must be tried again. */
export interface TendParts {
  owned: Pick<OwnedStore, 'isLost'>
  writer: Pick<GroupWriter, 'drain' | 'storeWorks'>
  spool: Pick<Spool, 'isEmpty'>
  /** Says once, and signs, what the store held before its streams were signed. */
  migrateRecords: () => Promise<void>
  keeper: Pick<CheckpointKeeper, 'make'>
  tokens: Pick<DurableTokens, 'tend'>
  clock: () => number
  log: { warn(message: string, fields?: object): unknown }
}

/** Work on the store that no call waits for. */
export interface StoreTending {
  /** Drains the spool, makes the checkpoint that is due, and stores used tokens. */
  round(): Promise<void>
  /** Stores used tokens, and reads them once after the start. */
  tokens(): Promise<void>
}

/**
 * Makes the work that is done once a second.
 *
 * Edge:   asked again while a round is not over, that round is all there is: a store that hangs gathers no rounds.
 * Throws: nothing; what failed is tried again with the next round.
 */
export function makeTending(parts: TendParts): StoreTending {
  const { owned, writer, spool, migrateRecords, keeper, tokens, clock, log } = parts
  let running: Promise<void> | undefined

  const tendTokens = (): Promise<void> =>
    tokens.tend(clock()).catch(() => {
      log.warn('used tokens not stored', { next: 'they are remembered here; it is tried again in a second' })
    })

  const tend = async (): Promise<void> => {
    if (owned.isLost()) return
    try {
      if (!writer.storeWorks() || !spool.isEmpty()) await writer.drain()
      if (!writer.storeWorks()) return
      await migrateRecords()
      await keeper.make()
    } catch {
      log.warn('audit store not tended', { next: 'it is tried again in a second' })
    }
    await tendTokens()
  }

  return {
    round() {
      running ??= tend().finally(() => {
        running = undefined
      })
      return running
    },
    tokens: tendTokens,
  }
}
