import type { CallOutcome } from './circuit-breaker.js'
import { isIllness } from './circuit-breaker.js'
import type { Deadline } from './deadline.js'
import { Refusal, refusalCode, retryAfterMs, statusOf } from './refusal.js'

/** A token is not used in its last seconds, because it could expire on the way. */
const tokenMarginMs = 5_000

/** One request, which stops when the signal aborts. */
export type Request = (signal: AbortSignal) => Promise<unknown>

/** The deadline of the requests, their clock, and the lifetime of the token. */
interface SenderParts {
  deadline: Deadline
  clock: () => number
  /** The remaining lifetime of the token in seconds; undefined when the request names none. */
  tokenSeconds: number | undefined
}

/** Sends the requests of one call to its FHIR server until the call or its token ends. */
export class RequestSender {
  /** The result of the requests up to now. */
  outcome: CallOutcome = 'nothing-asked'
  private readonly tokenEnds: number

  constructor(private readonly parts: SenderParts) {
    const { clock, tokenSeconds = Infinity } = parts
    this.tokenEnds = clock() + tokenSeconds * 1_000 - tokenMarginMs
  }

  /**
   * Sends one request, and repeats it once only if a busy server named a wait that ends before the deadline.
   *
   * Throws: `Refusal` when the token or the time has ended; else the error of the request.
   */
  async send(request: Request): Promise<unknown> {
    this.refuseOldToken()
    if (this.outcome === 'nothing-asked') this.outcome = 'silent'
    try {
      const answer = await this.parts.deadline.within(request)
      this.outcome = 'answered'
      return answer
    } catch (error) {
      if (!isIllness(refusalCode(error))) this.outcome = 'answered'
      await this.waitAsTold(error)
      this.refuseOldToken()
      return this.parts.deadline.within(request)
    }
  }

  private refuseOldToken(): void {
    if (this.parts.clock() >= this.tokenEnds) throw new Refusal('refused')
  }

  /**
   * Waits as long as a busy server asked. Throws the error again when the server asked for no wait or for too long a
   * wait.
   */
  private async waitAsTold(error: unknown): Promise<void> {
    const { deadline, clock } = this.parts
    const ms = statusOf(error) === 429 ? retryAfterMs(error, clock()) : undefined
    if (ms === undefined || !(await deadline.wait(ms))) throw error
  }
}
