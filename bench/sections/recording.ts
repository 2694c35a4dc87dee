import { percentile } from '../../src/audit/metrics/statistics.js'
import { viewPath } from '../against-bare.js'
import { flushes } from '../disk.js'
import { median } from '../in-turns.js'
import { askedAbout, bodiesFor } from '../patients.js'
import type { Part, Section, Verdict } from '../section.js'
import { openLoad } from '../steady-load.js'
import { table } from '../table.js'

const atOnce = 32
const mostMs = 5
/** About what one commit of that many records writes. */
const commitBytes = atOnce * 4_096

const p95 = (waits: readonly number[]): number => percentile(waits, 0.95) ?? Number.NaN

/** How far the middle of so many differences may lie from what was to be measured (its standard error). */
function uncertainty(differences: readonly number[]): number {
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return (1.25 * Math.sqrt(squares / differences.length)) / Math.sqrt(differences.length)
}

/** What a durable record adds to a call while 32 are in progress. */
export const recording: Section = {
  name: 'recording',
  title: 'What recording adds at 32 calls at once',
  run: async (bench): Promise<Part> => {
    const off = await bench.service({ name: 'service, audit off', audit: 'off' })
    const on = await bench.service({ name: 'service, audit on', audit: 'on' })
    const disk = flushes(bench.folder(), commitBytes, bench.quick ? 50 : 300)
    const calls = bench.quick ? 320 : 480
    const warm = bench.quick ? 640 : 8_000
    const times = bench.quick ? 6 : 60
    const rows: (readonly string[])[] = []
    const verdicts: Verdict[] = []
    for (const { fixture, called } of askedAbout) {
      bench.say(called)
      const call = { path: viewPath, bodies: bodiesFor(fixture, 18, warm + times * calls) }
      const [without, withAudit] = [openLoad(off, call, atOnce), openLoad(on, call, atOnce)]
      for (const load of [without, withAudit]) await load.burst(warm)
      const rounds: { without: readonly number[]; with: readonly number[] }[] = []
      for (let round = 0; round < times; round += 1) {
        const [first, second] = round % 2 === 0 ? [without, withAudit] : [withAudit, without]
        const [one, other] = [await first.burst(calls), await second.burst(calls)]
        rounds.push(first === without ? { without: one, with: other } : { without: other, with: one })
      }
      await Promise.all([without.close(), withAudit.close()])
      const cells = (of: (waits: readonly number[]) => number): string[] =>
        (['without', 'with'] as const).map((which) =>
          median(rounds.map((round) => of(round[which]))).toFixed(1),
        )
      const differences = rounds.map((round) => p95(round.with) - p95(round.without))
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
    return {
      lines: [
        `18 kB. ${atOnce} connections, each sends its next call when the last is answered; after ${warm} calls to each, ${calls} calls in each of ${times} rounds, in turns with and without audit first: rounds are short, because a machine that others use changes its speed within seconds. Counted are the calls made while all connections were busy; these stay open all the time. Middle of the rounds.`,
        '',
        ...table(head, rows),
        '',
        `The disk alone, with nothing else to do, keeps the ${commitBytes / 1_024} KiB of one commit in ${median(disk).toFixed(1)} ms (p50) and ${p95(disk).toFixed(1)} ms (p95).`,
      ],
      verdicts,
    }
  },
}
