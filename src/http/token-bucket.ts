import { LimitError } from './limit-error.js'

/**
 * Limits the calls of each client by a rate: a full bucket holds the calls of one minute and refills evenly.
 *
 * Shape: keys come from a closed set (client ids), so the table is bounded. `now` is in milliseconds.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>()

  /** `perMinute` 0 means no limit. */
  constructor(private readonly perMinute: number) {}

  /**
   * Takes one token of the bucket.
   *
   * Throws: `LimitError` (429) with the seconds until the next token.
   */
  take(key: string, now: number): void {
    const { perMinute } = this
    if (perMinute === 0) return
    const perMs = perMinute / 60_000
    const bucket = this.buckets.get(key) ?? { tokens: perMinute, at: now }
    const tokens = Math.min(perMinute, bucket.tokens + Math.max(0, now - bucket.at) * perMs)
    if (tokens < 1) {
      this.buckets.set(key, { tokens, at: now })
      throw new LimitError('LIMIT_RATE', Math.max(1, Math.ceil((1 - tokens) / perMs / 1_000)))
    }
    this.buckets.set(key, { tokens: tokens - 1, at: now })
  }
}
