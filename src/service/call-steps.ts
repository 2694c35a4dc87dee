import type { Timings } from '../audit/trace.js'
import { DeadlinePassed } from '../errors.js'
import { budgets } from '../protocol/limits.js'

/** Does one step of a call and returns the result of the step. */
export type Step = <Found>(room: keyof Timings, work: () => Found | Promise<Found>) => Promise<Found>

/** Where the steps of a call are done: when it is the turn of its client. */
export type InTurn = <Found>(work: () => Found | Promise<Found>) => Promise<Found>

/**
 * Makes the function that runs the steps of one call. Each step waits for the turn of the client, and is timed without
 * this wait.
 *
 * Units:  milliseconds; `clock` never goes back.
 * Edge:   a call exactly `budgets.afterDeadlineMs` after its deadline still goes on. Gathering ends by the deadline
 *         itself and names the data that came too late; after late gathering the other steps still have that time.
 * Throws: from a step, `DeadlinePassed` when the call is later than that before or after the step, and any error of the
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
