import type { Timings } from '../audit/trace.js'
import { DeadlinePassed } from '../errors.js'
import { budgets } from '../protocol/limits.js'

/** Runs one step of a call and returns the result of the step. */
export type Step = <Found>(room: keyof Timings, work: () => Found | Promise<Found>) => Promise<Found>

/** Runs a step of a call when the turn of its client comes. */
export type InTurn = <Found>(work: () => Found | Promise<Found>) => Promise<Found>

/**
 * Makes the function that runs the steps of one call: each step waits for the turn of the client, and the wait is not
 * timed.
 *
 * Units:  milliseconds; `clock` never goes back.
 * Edge:   a call exactly `budgets.afterDeadlineMs` after its deadline still goes on. Gathering stops at the deadline by
 *         its own timers and names the data that came too late; the steps after a late gathering still have the grace
 *         time.
 * Throws: from a step, `DeadlinePassed` when the grace time has ended before or after the step, and any error of the
 *         step itself.
 */
export function stepsOfCall(
  deadlineMs: number,
  clock: () => number,
  inTurn: InTurn,
): { step: Step; timings: Timings } {
  const grace = budgets.afterDeadlineMs.most
  let ends = clock() + deadlineMs + grace
  const timings: Timings = { gather: 0, facts: 0, assess: 0, cards: 0 }
  const refuseLate = (): void => {
    if (clock() > ends) throw new DeadlinePassed()
  }
  const step: Step = (room, work) =>
    inTurn(async () => {
      refuseLate()
      const begun = clock()
      const found = await work()
      timings[room] += clock() - begun
      if (room === 'gather') ends = Math.max(ends, clock() + grace)
      refuseLate()
      return found
    })
  return { step, timings }
}
