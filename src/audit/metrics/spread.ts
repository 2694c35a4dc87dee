/** How often each value was measured: as small as the number of different values, however many were measured. */
export class Spread {
  private readonly times = new Map<number, number>()
  private measured = 0

  add(value: number, times = 1): void {
    if (times === 0) return
    this.times.set(value, (this.times.get(value) ?? 0) + times)
    this.measured += times
  }

  /** How many values were measured. */
  get count(): number {
    return this.measured
  }

  /**
   * The value that a share of all values does not exceed: nearest rank, so it is always a value that was measured.
   *
   * Missing: no values, no percentile.
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
