import { percentile } from './percentile.js'
import { burst } from './load.js'
import type { Burst, Call } from './load.js'
import type { ServerProcess } from './server-process.js'

/** A server with what is asked of it; `call` gives what a burst of so many requests sends. */
export interface Contestant {
  name: string
  server: ServerProcess
  call: (amount: number) => Call | Promise<Call>
}

/** How often and how hard each contestant is asked. */
export interface Plan {
  rounds: number
  amount: number
  connections: number
}

/** What one contestant did in all rounds. */
export interface Measured {
  name: string
  requestsPerSecond: number
  p50Ms: number
  p99Ms: number
  cpuMsPerRequest: number
  peakMemoryMiB: number
  /** CPU per request as a multiple of the first contestant's: the middle of the rounds. */
  ratio: number
}

/** The middle of several numbers. */
export const median = (values: readonly number[]): number => percentile(values, 0.5) ?? Number.NaN

export async function warmUp(contestants: readonly Contestant[], amount: number): Promise<void> {
  for (const { server, call } of contestants) await burst(server, await call(amount), amount, 10)
}

/**
 * Asks all contestants in turn, round after round, so that whatever else the machine does meets them alike.
 *
 * Shape: each round begins with another contestant; the ratio is formed within a round.
 */
export async function inTurns(
  contestants: readonly Contestant[],
  { rounds, amount, connections }: Plan,
): Promise<readonly Measured[]> {
  const bursts = contestants.map((): Burst[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const place = (round + turn) % contestants.length
      const { server, call } = contestants[place] as Contestant
      bursts[place]?.push(await burst(server, await call(amount), amount, connections))
    }
  }
  return contestants.map(({ name }, place) => summary(name, bursts[place] ?? [], bursts[0] ?? []))
}

function summary(name: string, bursts: readonly Burst[], first: readonly Burst[]): Measured {
  const waits = bursts.flatMap((each) => each.waits)
  const cpu = bursts.map(({ cpuMsPerRequest }) => cpuMsPerRequest)
  return {
    name,
    requestsPerSecond: median(bursts.map(({ requestsPerSecond }) => requestsPerSecond)),
    p50Ms: median(waits),
    p99Ms: percentile(waits, 0.99) ?? Number.NaN,
    cpuMsPerRequest: cpu.reduce((sum, each) => sum + each, 0) / cpu.length,
    peakMemoryMiB: Math.max(...bursts.map(({ peakMemoryMiB }) => peakMemoryMiB)),
    ratio: median(cpu.map((each, round) => each / (first[round]?.cpuMsPerRequest ?? Number.NaN))),
  }
}
