import type { ClientSettings } from '../config/settings.js'
import { Refusal } from './refusal.js'

/** The time limits of one call: each request has its own limit, and the end of the call ends all requests. */
export interface Deadline {
  /**
   * Runs a request until its response, the time limit of the request, or the deadline of the call.
   *
   * Throws: `Refusal` with code `timeout`, also when the request ignores the signal.
   */
  within<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Waits, if the wait would end before the deadline of the call; true when the wait took place. */
  wait(ms: number): Promise<boolean>
  /** Aborts every running request. */
  end(): void
}

/** Starts the time limits of one call. */
export function makeDeadline(
  client: Pick<ClientSettings, 'deadlineMs' | 'requestTimeoutMs'>,
  clock: () => number,
): Deadline {
  const ends = clock() + client.deadlineMs
  const running = new Set<AbortController>()

  return {
    within(ask) {
      const left = Math.min(client.requestTimeoutMs, ends - clock())
      if (left <= 0) return Promise.reject(new Refusal('timeout'))
      const controller = new AbortController()
      running.add(controller)
      return new Promise((resolve, reject) => {
        const giveUp = (): void => reject(new Refusal('timeout'))
        controller.signal.addEventListener('abort', giveUp)
        const timer = setTimeout(() => {
          controller.abort(new Refusal('timeout'))
        }, left)
        ask(controller.signal)
          .then(resolve, reject)
          .finally(() => {
            clearTimeout(timer)
            controller.signal.removeEventListener('abort', giveUp) // `fetch` keeps the signal as long as the response
            running.delete(controller)
          })
      })
    },
    async wait(ms) {
      if (ms >= ends - clock()) return false
      await new Promise((resolve) => setTimeout(resolve, ms))
      return true
    },
    end() {
      for (const controller of running) controller.abort(new Refusal('timeout'))
    },
  }
}
