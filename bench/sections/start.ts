import { answerOf, plainly } from '../against-bare.js'
import type { Bench } from '../bench.js'
import { profileClock, readCpuProfile } from '../cpu-profile.js'
import { median } from '../in-turns.js'
import { bodiesFor, threeCards } from '../patients.js'
import { roomOrPackage } from '../rooms-of-frames.js'
import type { Part, Section } from '../section.js'
import { table } from '../table.js'

const starts = 5
const limitMs = 1_500
const largestParts = 15

/** Milliseconds from the start of the process. */
interface Start {
  listeningMs: number
  answeredMs: number
}

/** How long a new process takes until it has answered its first call. */
export const start: Section = {
  name: 'start',
  title: 'From start to first answer',
  run: async (bench): Promise<Part> => {
    const times: Start[] = []
    for (let at = 0; at < starts; at += 1) {
      const taken = await startOnce(bench)
      times.push(taken)
      bench.say(`start ${at + 1} of ${starts}: ${taken.answeredMs.toFixed(0)} ms`)
    }
    const middle = median(times.map(({ answeredMs }) => answeredMs))
    return {
      lines: [
        '`node dist/main.js` with a new audit database, from the start of the process to a 200 with cards.',
        '',
        ...table(
          ['start', 'listening after ms', 'answered after ms'],
          times.map(({ listeningMs, answeredMs }, at) => [
            `${at + 1}`,
            ...[listeningMs, answeredMs].map((ms) => ms.toFixed(0)),
          ]),
        ),
        '',
        `Median: ${middle.toFixed(0)} ms. Where the main thread spends it, in one more start under node's profiler, which makes it slower:`,
        '',
        ...(await whereItGoes(bench)),
      ],
      verdicts: [
        {
          target: `start to first answer, median of ${starts}`,
          limit: `≤ ${(limitMs / 1000).toFixed(1)} s`,
          measured: `${(middle / 1000).toFixed(2)} s`,
          met: middle <= limitMs,
        },
      ],
    }
  },
}

async function startOnce(bench: Bench, nodeOptions: readonly string[] = []): Promise<Start> {
  const [body = ''] = bodiesFor(threeCards.fixture, 18, 0)
  const begun = performance.now()
  const service = await bench.service({ name: 'service', audit: 'on', nodeOptions })
  const listeningMs = performance.now() - begun
  const answer = await answerOf(plainly(service, [body]))
  const answeredMs = performance.now() - begun
  const { cards } = JSON.parse(answer) as { cards: readonly unknown[] }
  if (cards.length === 0) throw new Error('the first answer had no cards')
  await service.stop()
  return { listeningMs, answeredMs }
}

/** The rooms and packages with most time of a start. */
async function whereItGoes(bench: Bench): Promise<readonly string[]> {
  const folder = bench.folder()
  const from = profileClock()
  const { answeredMs } = await startOnce(bench, ['--cpu-prof', `--cpu-prof-dir=${folder}`])
  const within = { from, to: from + answeredMs * 1_000 }
  const { parts } = readCpuProfile(folder, within, roomOrPackage, 'node itself: reading and linking modules')
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, largestParts)
  return table(
    ['room or package, with all it calls', 'ms'],
    largest.map(([name, ms]) => [name, ms.toFixed(0)]),
  )
}
