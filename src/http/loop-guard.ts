import type { RequestHandler } from 'express'
import { isHealthCheck } from './address-limit.js'
import { LimitError } from './limit-error.js'

/** Watches whether the event loop keeps up. */
export interface LoopWatch {
  /** Has it been late twice in a row, so that what waits grows faster than it is worked off? */
  isLate: () => boolean
  /** To be told at each tick of the watch, with the milliseconds since the tick before. */
  ticked: (sinceMs: number) => void
}

/** A tick is asked for this often; one that comes this much later than asked is late. */
export const watchMs = { tick: 50, late: 250 } as const

/**
 * Makes the watch.
 *
 * Edge: one late tick is no overload: a reload or one large call holds the loop once, and what waited is answered then.
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

/** Lets a watch tick for as long as the process runs; keeps no process alive. */
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
 * Turns calls away while the event loop is late; health checks never.
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
