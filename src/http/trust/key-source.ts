import { readKeySet } from './key-set.js'
import type { KeySet, VerifyKey } from './key-set.js'
import type { AuthReason } from './auth-refused.js'

export interface KeySourceRules {
  /** The age from which the set is fetched again. */
  maxAgeMs: number
  /** The age up to which a set that cannot be renewed is trusted. */
  staleMs: number
  /** The least time between two fetches for an unknown key, and after a failed fetch. */
  cooldownMs: number
}

/** The times for which key sets from a URL or file are kept. */
export const keyTimes = { maxAgeMs: 600_000, staleMs: 86_400_000 } as const

/**
 * The keys of one client, cached and renewed: by age, and when a token names an unknown key (rotation), but then only
 * once per cool-down, however many tokens arrive. Concurrent fetches share one request. After a failed fetch the cached
 * keys stay valid up to `staleMs`.
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

  /** The key that the header of a token names, or the reason why there is none. */
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

  /** Loads the set now; true when a set is loaded. */
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
      // an error of network or disk may hold addresses; the operator acts on "keys-unavailable" in the log
    }
    this.failedAt = this.clock()
  }
}
