import { LimitError } from '../limit-error.js'

/** What is known of those who name one key from one address. */
interface Caller {
  /** Failed verifications not yet forgiven. */
  failures: number
  /** When these were counted. */
  at: number
  /** Verifications begun or in line. */
  open: number
  /** Ends with the last verification in line. */
  last: Promise<void>
}

const minuteMs = 60_000
const mostCallers = 10_000
const nothing = (): void => undefined
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Bounds what tokens with a wrong signature cost, for each address and key on its own: a bad token spoils nothing for
 * another address, nor for another key from the same address. A token that verifies costs nothing of the budget.
 *
 * Shape: verifications of one caller run one after another, so that what failed is known before the next one begins, also
 *        when a thousand tokens come at once. After one that failed or was refused the next waits for a turn of the event
 *        loop: refusing all that wait in one go would hold it. What failed is forgiven evenly, `perMinute` in a minute.
 * Edge:  10,000 callers are known at most; of more the one known for longest is forgotten.
 */
export class VerificationBudget {
  private readonly callers = new Map<string, Caller>()

  constructor(
    private readonly perMinute: number,
    private readonly clock: () => number,
  ) {}

  /**
   * Verifies when it is this caller's turn.
   *
   * Throws: `LimitError` (429) when the budget is spent; then nothing is verified. What `verifying` throws, which counts.
   */
  verify<Key>(name: string, verifying: () => Promise<Key>): Promise<Key> {
    const caller = this.callers.get(name) ?? this.newCaller(name)
    caller.open += 1
    const verified = caller.last.then(() => this.spend(caller, verifying))
    caller.last = verified.then(nothing, nextTurn).then(() => {
      caller.open -= 1
      if (caller.open === 0 && caller.failures === 0) this.callers.delete(name)
    })
    return verified
  }

  private newCaller(name: string): Caller {
    const caller = { failures: 0, at: this.clock(), open: 0, last: Promise.resolve() }
    this.callers.set(name, caller)
    const [oldest] = this.callers.keys()
    if (this.callers.size > mostCallers && oldest !== undefined) this.callers.delete(oldest)
    return caller
  }

  private async spend<Key>(caller: Caller, verifying: () => Promise<Key>): Promise<Key> {
    const now = this.clock()
    const perMs = this.perMinute / minuteMs
    caller.failures = Math.max(0, caller.failures - Math.max(0, now - caller.at) * perMs)
    caller.at = now
    const over = caller.failures + 1 - this.perMinute
    if (over > 0) throw new LimitError('LIMIT_RATE', Math.max(1, Math.ceil(over / perMs / 1_000)))
    try {
      return await verifying()
    } catch (error) {
      caller.failures += 1
      throw error
    }
  }
}
