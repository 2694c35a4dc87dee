/**
 * Entries that wait to be written, in a line for each tenant.
 *
 * Shape: a group holds the entries of all tenants by turns, so that a tenant who sends a thousand holds up nobody else; the entries
 *        of one tenant keep their order.
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

  /** Takes the next entries out, as many as `most`. */
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
