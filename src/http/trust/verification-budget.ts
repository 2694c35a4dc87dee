import { LimitError } from '../limit-error.js'

/** The failed and waiting verifications for one pair of address and key. */
interface Caller {
  /** Failed verifications minus the failures forgiven up to `at`. */
  failures: number
  /** The time of the last change of `failures`. */
  at: number
  /** The verifications that run or wait. */
  open: number
  /** Settles after the last waiting verification. */
  last: Promise<void>
}

const minuteMs = 60_000
const mostCallers = 10_000
const nothing = (): void => undefined
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Bounds the cost of tokens with a wrong signature, separately for each pair of address and key: bad tokens affect
 * neither another address nor another key from the same address. A token that verifies costs nothing of the budget.
 *
 * Shape: verifications of one pair run one after another, so that each knows the failures before it, even when a
 *        thousand tokens arrive at once. After a failed or refused verification the next one waits for a turn of the
 *        event loop, because refusing all at once would block the loop. Failures are forgiven evenly, `perMinute` in a
 *        minute.
 * Edge:  at most 10,000 pairs are remembered; beyond that number the oldest pair is forgotten.
 */
export class VerificationBudget {
  private readonly callers = new Map<string, Caller>()

  constructor(
    private readonly perMinute: number,
    private readonly clock: () => number,
  ) {}

  /**
   * Verifies a token when its pair has no earlier verification.
   *
   * Throws: `LimitError` (429) when the budget is spent, without verifying; else the error of `verifying`, which counts
   *         as failure.
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
