import type { CheckpointKeeper } from './checkpoint-keeper.js'
import type { GroupWriter } from './store/group-writer.js'
import type { OwnedStore } from './store/owned-store.js'
import type { Spool } from './store/spool.js'
import type { DurableTokens } from './token-memory.js'

/** The parts of the store that need regular work, and the log. */
export interface TendParts {
  owned: Pick<OwnedStore, 'isLost'>
  writer: Pick<GroupWriter, 'drain' | 'storeWorks'>
  spool: Pick<Spool, 'isEmpty'>
  /** Writes the signed `migration` record of an older store, once. */
  migrateRecords: () => Promise<void>
  keeper: Pick<CheckpointKeeper, 'make'>
  tokens: Pick<DurableTokens, 'tend'>
  clock: () => number
  log: { warn(message: string, fields?: object): unknown }
}

/** Work on the store for which no call waits. */
export interface StoreTending {
  /** Drains the spool, makes a due checkpoint, and stores used tokens. */
  round(): Promise<void>
  /** Stores used tokens, and reads the stored tokens once after the start. */
  tokens(): Promise<void>
}

/**
 * Makes the work that runs once a second.
 *
 * Edge:   a call during a round returns the running round, so a store that hangs does not collect rounds.
 * Throws: nothing; failed work is tried again in the next round.
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
