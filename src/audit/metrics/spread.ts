/**
 * Counts how often each value was measured, in memory that grows with the distinct values and not with the
 * measurements.
 */
export class Spread {
  private readonly times = new Map<number, number>()
  private measured = 0

  add(value: number, times = 1): void {
    if (times === 0) return
    this.times.set(value, (this.times.get(value) ?? 0) + times)
    this.measured += times
  }

  /** The number of measurements. */
  get count(): number {
    return this.measured
  }

  /**
   * The smallest measured value that a share of all values does not exceed, by nearest rank.
   *
   * Missing: undefined without values.
   */
  percentile(share: number): number | undefined {
    const rank = Math.max(1, Math.ceil(share * this.measured))
    let passed = 0
    for (const [value, times] of [...this.times].sort(([one], [other]) => one - other)) {
      passed += times
      if (passed >= rank) return value
    }
    return undefined
  }
}
