/** The longest that a refused request may keep every other call waiting. */
export const longestMs = 50

/** Time from now on: of the processor for this process, or of the clock where that is less. */
function timer(): () => number {
  const cpu = process.cpuUsage()
  const clock = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return Math.min((user + system) / 1_000, performance.now() - clock)
  }
}

/** What some work costs, its waiting left out. */
async function cost(work: () => unknown): Promise<number> {
  const spent = timer()
  await work()
  return spent()
}

/** The costliest turn of the event loop while some work is done: nothing else is answered meanwhile. */
async function costliestTurn(work: () => unknown): Promise<number> {
  let longest = 0
  let working = true
  let spent = timer()
  const turn = (): void => {
    longest = Math.max(longest, spent())
    spent = timer()
    if (working) setImmediate(turn)
  }
  setImmediate(turn)
  try {
    await work()
  } finally {
    working = false
    turn()
  }
  return longest
}

const referenceText = JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ at })))
let quickest = Infinity

/** How much slower the machine is just now than it has been at its best: other suites run beside this one. */
function slowness(): number {
  const spent = timer()
  JSON.parse(referenceText)
  const now = spent()
  quickest = Math.min(quickest, now)
  return now / quickest
}

/** The least of a few tries: a busy machine, a compiler or a collector disturbs one of them, slow code of ours all. */
async function leastOf(tries: number, measure: () => Promise<number>): Promise<number> {
  let least = Infinity
  for (let at = 0; at < tries && least > longestMs; at++) {
    const before = slowness()
    const took = await measure()
    least = Math.min(least, (2 * took) / (before + slowness()))
  }
  return least
}

/**
 * How long some work kept everything else waiting at most, as far as that is our code's doing.
 *
 * Units: milliseconds of the machine at its best. `inTurns` looks at each turn of the event loop on its own; else the work
 *        counts as one.
 */
export const heldUpMs = (work: () => unknown, { inTurns = false } = {}): Promise<number> =>
  leastOf(15, () => (inTurns ? costliestTurn(work) : cost(work)))
