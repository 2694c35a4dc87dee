import { viewPath } from '../against-bare.js'
import { median } from '../in-turns.js'
import { burst } from '../load.js'
import { bodiesFor, quiet, threeCards } from '../patients.js'
import type { Part, Section } from '../section.js'
import { table } from '../table.js'

/** Requests are counted in tenths, after two tenths to warm up. */
const tenths = 10
const warmTenths = 2
/** What garbage collection alone moves from one reading to the next. */
const allowedGrowth = 0.1

/** Does memory stay flat over many calls? Audit on; one call in four gets cards. */
export const memory: Section = {
  name: 'memory',
  title: 'Memory over many calls',
  run: async (bench): Promise<Part> => {
    const tenth = bench.quick ? 500 : 10_000
    const silent = bodiesFor(quiet.fixture, 18, 8 * tenth)
    const speaking = bodiesFor(threeCards.fixture, 18, 8 * tenth)
    const bodies = silent.flatMap((body, at) => (at % 3 === 2 ? [body, speaking[at] ?? body] : [body]))
    const service = await bench.service({ name: 'service, audit on', audit: 'on' })
    const readings: { asked: number; restMiB: number; peakMiB: number; perSecond: number }[] = []
    for (let at = 1; at <= warmTenths + tenths; at += 1) {
      const { requestsPerSecond, peakMemoryMiB } = await burst(service, { path: viewPath, bodies }, tenth, 10)
      const asked = (at - warmTenths) * tenth
      const restMiB = service.memoryMiB()
      bench.say(`${asked > 0 ? `${asked} requests` : 'warming up'}: ${restMiB.toFixed(0)} MiB`)
      if (asked > 0) readings.push({ asked, restMiB, peakMiB: peakMemoryMiB, perSecond: requestsPerSecond })
    }
    const [before, after] = [readings.slice(0, 3), readings.slice(-3)].map((some) =>
      median(some.map(({ restMiB }) => restMiB)),
    ) as [number, number]
    const total = tenth * tenths
    return {
      lines: [
        `18 kB, audit on, 10 calls at once, ${(warmTenths * tenth).toLocaleString('en')} calls to warm up; one call in four gets three cards. ` +
          `Resident memory after each tenth: first three ${before.toFixed(0)} MiB, last three ${after.toFixed(0)} MiB (medians).`,
        '',
        ...table(
          ['requests', 'resident MiB', 'peak MiB', 'requests/s'],
          readings.map(({ asked, restMiB, peakMiB, perSecond }) => [
            asked.toLocaleString('en'),
            ...[restMiB, peakMiB, perSecond].map((value) => value.toFixed(0)),
          ]),
        ),
      ],
      verdicts: [
        {
          target: `memory over ${total.toLocaleString('en')} requests`,
          limit: `grows by ≤ ${allowedGrowth * 100} %`,
          measured: `${(100 * (after / before - 1)).toFixed(1)} % (${before.toFixed(0)} → ${after.toFixed(0)} MiB)`,
          met: after <= before * (1 + allowedGrowth),
        },
      ],
    }
  },
}
