import { linePlot, straightLine } from '../line-plot.js'
import { roomCosts } from '../rooms.js'
import type { RoomCost } from '../rooms.js'
import type { Part, Section } from '../section.js'
import { table } from '../table.js'

const amounts = [10, 30, 100, 300, 1_000, 1_500, 2_500, 5_000, 7_500, 10_000] as const
const picture = 'bench-linear.svg'
/** Above 5,000 an Observation may cost this much more than one below, and work still counts as linear. */
const allowedBend = 1.5
const hookLimit = { observations: 1_500, cpuMs: 5 } as const

/** The rooms alone, from a parsed body to cards: does their work grow in line with the chart? */
export const linear: Section = {
  name: 'linear',
  title: 'The rooms alone, from a parsed body to cards: 10 to 10,000 Observations',
  run: async (bench): Promise<Part> => {
    const costs = await roomCosts(amounts, bench.quick ? 5 : 15, ({ observations, cpuMs }) =>
      bench.say(`${observations} Observations: ${cpuMs.toFixed(2)} ms`),
    )
    const points = costs.map(({ observations, cpuMs }) => ({ x: observations, y: cpuMs }))
    const { slope, at0 } = straightLine(points)
    const bend = perObservation(costs, 5_000, 10_000) / perObservation(costs, 1_000, 5_000)
    const everyday =
      costs.find(({ observations }) => observations === hookLimit.observations)?.cpuMs ?? Number.NaN
    return {
      lines: [
        `![CPU by number of Observations, with the straight line that fits best](${picture})`,
        '',
        `Dashed: ${at0.toFixed(2)} ms + ${(slope * 1000).toFixed(2)} µs per Observation.`,
        '',
        ...table(
          ['Observations', 'CPU ms', 'CPU µs per Observation'],
          costs.map(({ observations, cpuMs }) => [
            observations.toLocaleString('en'),
            cpuMs.toFixed(2),
            ((cpuMs / observations) * 1000).toFixed(1),
          ]),
        ),
      ],
      verdicts: [
        {
          target: 'work grows linearly to 10,000 Observations',
          limit: `one above 5,000 costs ≤ ${allowedBend} × one below`,
          measured: `${bend.toFixed(2)} ×`,
          met: bend <= allowedBend,
        },
        {
          target: `the rooms alone, ${hookLimit.observations.toLocaleString('en')} Observations`,
          limit: `≤ ${hookLimit.cpuMs} ms`,
          measured: `${everyday.toFixed(2)} ms`,
          met: everyday <= hookLimit.cpuMs,
        },
      ],
      files: new Map([
        [
          picture,
          linePlot(
            { title: 'CPU of one call by number of Observations', x: 'Observations', y: 'CPU ms' },
            points,
          ),
        ],
      ]),
    }
  },
}

/** What one further Observation costs between two sizes of chart. */
function perObservation(costs: readonly RoomCost[], from: number, to: number): number {
  const cpuMs = (amount: number): number =>
    costs.find(({ observations }) => observations === amount)?.cpuMs ?? Number.NaN
  return (cpuMs(to) - cpuMs(from)) / (to - from)
}
