import { againstBare, plainly } from '../against-bare.js'
import type { Bench } from '../bench.js'
import type { Measured } from '../in-turns.js'
import { askedAbout, bodiesFor, quiet, threeCards } from '../patients.js'
import type { Part, Section, Verdict } from '../section.js'
import { measuredCells, measuredHead, table } from '../table.js'

/** Sizes of bodies, and requests per burst. */
const sizes = [
  { kilobytes: 18, requests: 1_000 },
  { kilobytes: 93, requests: 400 },
  { kilobytes: 350, requests: 140 },
] as const

/** The largest allowed ratio of CPU to bare Express at 18 kB with the record on, by patient (ADR 0060). */
const targets = [
  { called: quiet.called, most: 3.5 },
  { called: threeCards.called, most: 7 },
] as const

/** Every server has answered so many calls of the smallest body before anything is counted. */
const warmCalls = 3_000
const serviceName = (audit: 'off' | 'on'): string => `service, audit ${audit}`

interface Compared {
  size: (typeof sizes)[number]
  called: string
  measured: readonly Measured[]
}

/** Audit off and on against bare Express, three sizes of bodies, two patients. */
export const cpuRatios: Section = {
  name: 'cpu-ratios',
  title: 'CPU against bare Express: 18, 93 and 350 kB, audit off and on',
  run: async (bench): Promise<Part> => {
    const compared = await compareAll(bench)
    const rows = compared.flatMap(({ size, called, measured }) =>
      measured.map((each) => [`${size.kilobytes} kB`, called, ...measuredCells(each)]),
    )
    return {
      lines: [
        '10 calls at once. p99 of the service stands beside that of bare Express in the line above it.',
        '',
        ...table(['body', 'patient', ...measuredHead], rows),
      ],
      verdicts: targets.map((target) => verdictOf(compared, target)),
    }
  },
}

async function compareAll(bench: Bench): Promise<readonly Compared[]> {
  const bare = await bench.bare()
  const services = [
    await bench.service({ name: serviceName('off'), audit: 'off' }),
    await bench.service({ name: serviceName('on'), audit: 'on' }),
  ]
  const compared: Compared[] = []
  for (const size of sizes) {
    for (const { fixture, called } of askedAbout) {
      bench.say(`${size.kilobytes} kB, ${called}`)
      const amount = Math.round(size.requests / (bench.quick ? 3 : 1))
      const warm = Math.round((warmCalls * 18) / size.kilobytes / (bench.quick ? 3 : 1))
      const bodies = bodiesFor(fixture, size.kilobytes, warm + bench.rounds * amount)
      const asked = services.map((service) => plainly(service, bodies))
      const plan = { warm, amount, rounds: bench.rounds, connections: 10 }
      compared.push({ size, called, measured: await againstBare(bare, asked, bodies, plan) })
    }
  }
  return compared
}

function verdictOf(compared: readonly Compared[], { called, most }: (typeof targets)[number]): Verdict {
  const [smallest] = sizes
  const ratio = compared
    .find((each) => each.size === smallest && each.called === called)
    ?.measured.find(({ name }) => name === serviceName('on'))?.ratio
  return {
    target: `CPU to bare Express, ${smallest.kilobytes} kB, audit on, ${called}`,
    limit: `≤ ${most.toFixed(1)} ×`,
    measured: `${(ratio ?? Number.NaN).toFixed(2)} ×`,
    met: ratio !== undefined && ratio <= most,
  }
}
