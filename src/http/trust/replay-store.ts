import { hash } from 'node:crypto'

/** `full`: the store cannot remember another token, so it must be refused. */
export type Remembered = 'fresh' | 'seen' | 'full'

/**
 * Remembers which tokens were used; replicas share one by the configured database.
 *
 * Shape: asked only after a signature was verified. `expiresAt` and `now` are milliseconds since 1970.
 */
export interface ReplayStore {
  remember(client: string, jti: string, expiresAt: number, now: number): Remembered | Promise<Remembered>
}

const minuteMs = 60_000

/** Remembers tokens of this process alone, at most `capacity` at once. */
export class MemoryReplayStore implements ReplayStore {
  private readonly seen = new Set<string>()
  private readonly byMinute = new Map<number, string[]>()
  private sweptTo = 0

  constructor(private readonly capacity = 1_000_000) {}

  remember(client: string, jti: string, expiresAt: number, now: number): Remembered {
    this.forgetExpired(now)
    const key = hash('sha256', `${client}\n${jti}`, 'base64')
    if (this.seen.has(key)) return 'seen'
    if (this.seen.size >= this.capacity) return 'full'
    this.seen.add(key)
    const minute = Math.floor(expiresAt / minuteMs)
    const keys = this.byMinute.get(minute)
    if (keys) keys.push(key)
    else this.byMinute.set(minute, [key])
    return 'fresh'
  }

  /** Drops whole minutes that have passed; looks at most once a minute. */
  private forgetExpired(now: number): void {
    const current = Math.floor(now / minuteMs)
    if (current <= this.sweptTo) return
    this.sweptTo = current
    for (const [minute, keys] of this.byMinute) {
      if (minute >= current) continue
      for (const key of keys) this.seen.delete(key)
      this.byMinute.delete(minute)
    }
  }
}
