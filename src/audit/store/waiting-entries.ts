/**
 * Entries that wait to be written, in a separate queue for each tenant.
 *
 * Shape: a group takes entries from all tenants in turn, so that the thousand entries of one tenant do not delay
 *        another tenant. The entries of one tenant keep their order.
 */
export class WaitingEntries<One extends { entry: { tenant: string } }> {
  private readonly lines = new Map<string, One[]>()

  get isEmpty(): boolean {
    return this.lines.size === 0
  }

  add(one: One): void {
    const { tenant } = one.entry
    const line = this.lines.get(tenant)
    if (line) line.push(one)
    else this.lines.set(tenant, [one])
  }

  /** Removes and returns the next entries, at most `most`. */
  takeGroup(most: number): readonly One[] {
    const group: One[] = []
    while (this.lines.size > 0)
      for (const [tenant, line] of this.lines) {
        if (group.length === most) return group
        const next = line.shift()
        if (next) group.push(next)
        if (line.length === 0) this.lines.delete(tenant)
      }
    return group
  }
}
