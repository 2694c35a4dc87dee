import { hash } from 'node:crypto'

/**
 * The key of a thing that is counted: 53 bits of its digest, a number that a list of numbers can hold.
 *
 * Edge: among a million keys two share one with a probability of 1 in 18,000; then a count is too small by one.
 */
export const keyOf = (name: string): number =>
  Number(hash('sha256', name, 'buffer').readBigUInt64BE(0) >> 11n)

/** Remembers keys in eight bytes each, so that those of a million calls fit beside each other. */
export class KeyCounts {
  private keys = new Float64Array(16)
  private length = 0
  private isSorted = true

  add(key: number): void {
    if (this.length === this.keys.length) {
      const larger = new Float64Array(2 * this.length)
      larger.set(this.keys)
      this.keys = larger
    }
    this.keys[this.length] = key
    this.length += 1
    this.isSorted = false
  }

  /** How often each different key was added, in no order. */
  *timesEach(): Generator<number> {
    const keys = this.keys.subarray(0, this.length)
    if (!this.isSorted) keys.sort()
    this.isSorted = true
    let from = 0
    for (let at = 1; at <= keys.length; at += 1) {
      if (keys[at] === keys[from]) continue
      yield at - from
      from = at
    }
  }

  /** How many different keys were added. */
  distinct(): number {
    let count = 0
    for (const _times of this.timesEach()) count += 1
    return count
  }
}
