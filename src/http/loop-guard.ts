import type { RequestHandler } from 'express'
import { isHealthCheck } from './address-limit.js'
import { LimitError } from './limit-error.js'

/** Watches the delay of the event loop. */
export interface LoopWatch {
  /** Were two ticks in a row late, so that waiting work grows faster than it is done? */
  isLate: () => boolean
  /** Receives each tick of the watch, with the milliseconds since the tick before. */
  ticked: (sinceMs: number) => void
}

/** The interval of the ticks, and the delay from which a tick is late, in milliseconds. */
export const watchMs = { tick: 50, late: 250 } as const

/**
 * Makes the watch.
 *
 * Edge: one late tick is no overload: a reload or one large call delays the loop once, and waiting calls are answered
 *       afterwards.
 */
export function makeLoopWatch(): LoopWatch {
  let lateInARow = 0
  return {
    isLate: () => lateInARow >= 2,
    ticked: (sinceMs) => {
      lateInARow = sinceMs - watchMs.tick > watchMs.late ? lateInARow + 1 : 0
    },
  }
}

/** Starts a watch that ticks until the process ends; the timer does not keep the process alive. */
export function startLoopWatch(): LoopWatch {
  const watch = makeLoopWatch()
  let before = performance.now()
  setInterval(() => {
    const now = performance.now()
    watch.ticked(now - before)
    before = now
  }, watchMs.tick).unref()
  return watch
}

/**
 * Refuses calls while the event loop is late; health checks always pass.
 *
 * Throws: `LimitError` (503).
 * Source: SEC-101.
 */
export const shedWhenLate =
  (isLate: () => boolean): RequestHandler =>
  (req, _res, next) => {
    if (isLate() && !isHealthCheck(req)) throw new LimitError('LIMIT_OVERLOAD', 1)
    next()
  }
