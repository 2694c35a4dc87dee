import { percentile } from '../percentile.js'
import { viewPath } from '../against-bare.js'
import type { Bench } from '../bench.js'
import { flushes } from '../disk.js'
import { median } from '../in-turns.js'
import type { Call } from '../load.js'
import { askedAbout, bodiesFor } from '../patients.js'
import type { Part, Section, Verdict } from '../section.js'
import { openLoad } from '../steady-load.js'
import { table } from '../table.js'

const atOnce = 32
const mostMs = 5
/** About what one commit under full load writes. */
const commitBytes = 200 * 1_024

/** How much is measured. */
interface Amounts {
  /** Pairs of services, one with and one without audit, each pair started anew. */
  pairs: number
  warm: number
  rounds: number
  calls: number
  flushes: number
}
const whole: Amounts = { pairs: 3, warm: 6_000, rounds: 20, calls: 480, flushes: 500 }
const quick: Amounts = { pairs: 1, warm: 640, rounds: 6, calls: 320, flushes: 50 }

/** How long the calls of one round took, in ms, without audit and with it. */
interface Round {
  off: readonly number[]
  on: readonly number[]
}

const p95 = (waits: readonly number[]): number => percentile(waits, 0.95) ?? Number.NaN

/** How far the middle of so many differences may lie from what was to be measured (its standard error). */
function uncertainty(differences: readonly number[]): number {
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return (1.25 * Math.sqrt(squares / differences.length)) / Math.sqrt(differences.length)
}

/** Asks a new pair of services in turns, round after round. */
async function roundsOfPair(
  bench: Bench,
  call: Call,
  { warm, rounds, calls }: Amounts,
): Promise<readonly Round[]> {
  const off = await bench.service({ name: 'service, audit off', audit: 'off' })
  const on = await bench.service({ name: 'service, audit on', audit: 'on' })
  const loads = { off: openLoad(off, call, atOnce), on: openLoad(on, call, atOnce) }
  const measured: Round[] = []
  await loads.off.burst(warm)
  await loads.on.burst(warm)
  while (measured.length < rounds) {
    const round: Round = { off: [], on: [] }
    const order = measured.length % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)
    for (const which of order) round[which] = await loads[which].burst(calls)
    measured.push(round)
  }
  await Promise.all([loads.off.close(), loads.on.close()])
  await Promise.all([off.stop(), on.stop()])
  return measured
}

/** What a durable record adds to a call while 32 are in progress. */
export const recording: Section = {
  name: 'recording',
  title: 'What recording adds at 32 calls at once',
  run: async (bench): Promise<Part> => {
    const amounts = bench.quick ? quick : whole
    const { pairs, warm, rounds, calls } = amounts
    bench.say('the disk alone')
    const disk = await flushes(bench.folder(), commitBytes, amounts.flushes)
    const rows: (readonly string[])[] = []
    const verdicts: Verdict[] = []
    for (const { fixture, called } of askedAbout) {
      const call = { path: viewPath, bodies: bodiesFor(fixture, 18, warm + rounds * calls) }
      const measured: Round[] = []
      for (let pair = 1; pair <= pairs; pair += 1) {
        bench.say(`${called}, pair ${pair} of ${pairs}`)
        measured.push(...(await roundsOfPair(bench, call, amounts)))
      }
      const cells = (of: (waits: readonly number[]) => number): string[] =>
        (['off', 'on'] as const).map((which) => median(measured.map((round) => of(round[which]))).toFixed(1))
      const differences = measured.map((round) => p95(round.on) - p95(round.off))
      const added = median(differences)
      const give = uncertainty(differences).toFixed(1)
      rows.push([called, ...cells(median), ...cells(p95), added.toFixed(1), `± ${give}`])
      verdicts.push({
        target: `recording adds to p95 at ${atOnce} calls at once, ${called}`,
        limit: `≤ ${mostMs} ms`,
        measured: `${added.toFixed(1)} ± ${give} ms`,
        met: added <= mostMs,
      })
    }
    const head = [
      'patient',
      'p50 ms off',
      'p50 ms on',
      'p95 ms off',
      'p95 ms on',
      'added to p95 ms',
      'standard error',
    ]
    const slow = disk.filter((wait) => wait > mostMs).length
    return {
      lines: [
        `18 kB. ${atOnce} connections, each sends its next call when the last is answered. ${pairs} pairs of services, since the engine compiles each a little otherwise; after ${warm} calls to each, ${calls} calls in each of ${rounds} rounds, in turns with and without audit first: rounds are short, because a machine that others use changes its speed within seconds. Counted are the calls made while all connections were busy; these stay open all the time. Middle of all rounds.`,
        '',
        ...table(head, rows),
        '',
        `The disk alone, with nothing else to do, keeps the ${commitBytes / 1_024} KiB of one commit in ${median(disk).toFixed(1)} ms (p50) and ${p95(disk).toFixed(1)} ms (p95); of ${disk.length} times it took over ${mostMs} ms ${slow} times, at most ${Math.max(...disk).toFixed(0)} ms. A round has some ${Math.round(calls / 10)} commits.`,
      ],
      verdicts,
    }
  },
}
