import type { CallOutcome } from './circuit-breaker.js'
import { isIllness } from './circuit-breaker.js'
import type { Deadline } from './deadline.js'
import { Refusal, refusalCode, retryAfterMs, statusOf } from './refusal.js'

/** A token is not used in its last seconds: it would expire on the way. */
const tokenMarginMs = 5_000

/** One request, which ends when the signal says so. */
export type Request = (signal: AbortSignal) => Promise<unknown>

/** How long requests may be sent, and by which clock. */
interface SenderParts {
  deadline: Deadline
  clock: () => number
  /** How long the token is valid from now on; undefined: no end is known. */
  tokenSeconds: number | undefined
}

/** Sends the requests of one call to its FHIR server, as long as the call and its token last. */
export class RequestSender {
  /** What has become of the requests so far. */
  outcome: CallOutcome = 'nothing-asked'
  private readonly tokenEnds: number

  constructor(private readonly parts: SenderParts) {
    const { clock, tokenSeconds = Infinity } = parts
    this.tokenEnds = clock() + tokenSeconds * 1_000 - tokenMarginMs
  }

  /**
   * Sends one request, once more only if the server said when and that is soon enough.
   *
   * Throws: `Refusal` when token or time are up; else what the request throws.
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

  /** Waits as long as a busy server asked. Throws the error again when it asked for nothing, or for too long. */
  private async waitAsTold(error: unknown): Promise<void> {
    const { deadline, clock } = this.parts
    const ms = statusOf(error) === 429 ? retryAfterMs(error, clock()) : undefined
    if (ms === undefined || !(await deadline.wait(ms))) throw error
  }
}
