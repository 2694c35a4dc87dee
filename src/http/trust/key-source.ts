import { readKeySet } from './key-set.js'
import type { KeySet, VerifyKey } from './key-set.js'
import type { AuthReason } from './auth-refused.js'

export interface KeySourceRules {
  /** After this long the set is asked for again. */
  maxAgeMs: number
  /** A set that cannot be renewed is trusted this long. */
  staleMs: number
  /** Between two looks for an unknown key, and between two failed looks. */
  cooldownMs: number
}

/** How long key sets from a URL or file are kept. */
export const keyTimes = { maxAgeMs: 600_000, staleMs: 86_400_000 } as const

/**
 * The keys of one client, kept and renewed: by age, and when a token names a key that is not there (rotation), but that
 * only once per cool-down, however many tokens come. Concurrent looks share one request. A source that fails does not
 * break keys that are still fresh enough.
 */
export class KeySource {
  private set: KeySet | undefined
  private loadedAt = -Infinity
  private failedAt = -Infinity
  private soughtAt = -Infinity
  private loading: Promise<void> | undefined

  constructor(
    private readonly load: () => Promise<unknown>,
    private readonly rules: KeySourceRules,
    private readonly clock: () => number,
  ) {}

  /** The key that a token's header names, or why there is none. */
  async find(kid: string, alg: string): Promise<VerifyKey | AuthReason> {
    const { maxAgeMs, staleMs, cooldownMs } = this.rules
    let looked = false
    if (this.clock() - this.loadedAt >= maxAgeMs) {
      await this.renew()
      looked = true
    }
    if (!this.set || this.clock() - this.loadedAt >= staleMs) return 'keys-unavailable'
    if (!this.set.has(kid)) {
      if (!looked && this.clock() - this.soughtAt >= cooldownMs) {
        this.soughtAt = this.clock()
        await this.renew()
      } else if (looked) this.soughtAt = this.clock()
      else if (this.loading) await this.loading
    }
    return this.set.keyFor(kid, alg)
  }

  /** Loads the set now; says whether that worked. */
  async preload(): Promise<boolean> {
    await this.renew()
    return this.set !== undefined
  }

  private renew(): Promise<void> {
    if (this.clock() - this.failedAt < this.rules.cooldownMs) return Promise.resolve()
    this.loading ??= this.loadOnce().finally(() => (this.loading = undefined))
    return this.loading
  }

  private async loadOnce(): Promise<void> {
    try {
      const set = readKeySet(await this.load())
      if (set) {
        this.set = set
        this.loadedAt = this.clock()
        return
      }
    } catch {
      // what the network or disk said may hold addresses; "keys-unavailable" in the log is what an operator acts on
    }
    this.failedAt = this.clock()
  }
}
