import { readFileSync } from 'node:fs'

/**
 * Loaded into the service under attack, before it: measures the longest stall of its event loop.
 *
 * Shape: told "lap" over the channel of its parent, it answers with the longest stall since the last lap, in ms. A stall is
 *        time in which a timer was late and the thread of the event loop worked: time in which that thread waited for a
 *        processor is not its own.
 */
const everyMs = 5
const ownThread = `/proc/self/task/${process.pid}/schedstat`

/** Milliseconds that this thread has been on a processor. */
const worked = () => Number(readFileSync(ownThread, 'utf8').split(' ')[0]) / 1e6

/** Begins to measure; programs that the service starts itself are given the same options, and are left alone. */
function measure() {
  let longest = 0
  let at = performance.now()
  let before = worked()

  setInterval(() => {
    const now = performance.now()
    const so = worked()
    longest = Math.max(longest, Math.min(now - at - everyMs, so - before))
    at = now
    before = so
  }, everyMs).unref()

  process.on('message', (message) => {
    if (message !== 'lap') return
    process.send?.({ stallMs: longest })
    longest = 0
  })
  process.channel?.unref()
}

if (process.env.ATTACKED === 'yes') {
  delete process.env.ATTACKED
  measure()
}
