import { againstBare, plainly } from '../against-bare.js'
import { askedAbout, bodiesFor } from '../patients.js'
import type { Part, Section } from '../section.js'
import { measuredCells, measuredHead, table } from '../table.js'

const atOnce = [1, 10, 50] as const

/** One, ten and fifty calls at once. */
export const concurrency: Section = {
  name: 'concurrency',
  title: '1, 10 and 50 calls at once',
  run: async (bench): Promise<Part> => {
    const bare = await bench.bare()
    const services = [
      await bench.service({ name: 'service, audit off', audit: 'off' }),
      await bench.service({ name: 'service, audit on', audit: 'on' }),
    ]
    const rounds = bench.quick ? 3 : 5
    const most = bench.quick ? 200 : 600
    const rows: (readonly string[])[] = []
    for (const { fixture, called } of askedAbout) {
      const bodies = bodiesFor(fixture, 18, atOnce.length * rounds * most + 2_000)
      for (const connections of atOnce) {
        bench.say(`${called}, ${connections} at once`)
        const warm = connections === 1 && !bench.quick ? 2_000 : 200
        const asked = services.map((service) => plainly(service, bodies))
        const amount = connections === 1 ? most / 2 : most
        const measured = await againstBare(bare, asked, bodies, { rounds, amount, warm, connections })
        rows.push(...measured.map((each) => [`${connections}`, called, ...measuredCells(each)]))
      }
    }
    return {
      lines: [`18 kB, ${rounds} rounds.`, '', ...table(['at once', 'patient', ...measuredHead], rows)],
      verdicts: [],
    }
  },
}
