import { viewPath } from '../against-bare.js'
import type { Bench } from '../bench.js'
import { profileClock, readCpuProfile } from '../cpu-profile.js'
import type { CpuSpent } from '../cpu-profile.js'
import { burst } from '../load.js'
import { askedAbout, bodiesFor } from '../patients.js'
import { partOf, partsOfCall } from '../rooms-of-frames.js'
import type { Part, Section } from '../section.js'
import { table } from '../table.js'

const topFunctions = 25
const sampleEveryMicroseconds = 250

interface Profiled {
  called: string
  calls: number
  /** CPU of the whole process per call, with all its threads, as the operating system counts it. */
  cpuMsPerCall: number
  spent: CpuSpent
}

/** Where the CPU of a call goes: 18 kB, audit on, under node's own profiler. */
export const profile: Section = {
  name: 'profile',
  title: 'Profile: where the CPU of a call goes',
  run: async (bench): Promise<Part> => {
    const profiled: Profiled[] = []
    for (const { fixture, called } of askedAbout) {
      bench.say(`profiling 18 kB, ${called}`)
      profiled.push(await profileOf(bench, fixture, called))
    }
    const whole = profiled.map(({ called, cpuMsPerCall }) => `${called} ${cpuMsPerCall.toFixed(3)} ms`)
    return {
      lines: [
        '`node --cpu-prof dist/main.js`, 18 kB, audit on, 10 calls at once, after warming up. Milliseconds per call on the main thread; the profiler itself makes every call slower. ' +
          `The whole process under the profiler, with all threads: ${whole.join(', ')}.`,
        '',
        ...partTable(profiled),
        ...profiled.flatMap(functionTable),
      ],
      verdicts: [],
    }
  },
}

async function profileOf(bench: Bench, fixture: string, called: string): Promise<Profiled> {
  const [warm, calls] = bench.quick ? [500, 500] : [3_000, 3_000]
  const folder = bench.folder()
  const nodeOptions = [
    ...['--cpu-prof', `--cpu-prof-dir=${folder}`],
    `--cpu-prof-interval=${sampleEveryMicroseconds}`,
  ]
  const service = await bench.service({ name: 'service under the profiler', audit: 'on', nodeOptions })
  const call = { path: viewPath, bodies: bodiesFor(fixture, 18, warm + calls) }
  await burst(service, call, warm, 10)
  const from = profileClock()
  const { cpuMsPerRequest } = await burst(service, call, calls, 10)
  const to = profileClock()
  await service.stop() // node writes the profile when the process ends
  return {
    called,
    calls,
    cpuMsPerCall: cpuMsPerRequest,
    spent: readCpuProfile(folder, { from, to }, partOf, 'http'),
  }
}

/** Time in each room and all it calls, side by side for the patients. */
function partTable(profiled: readonly Profiled[]): readonly string[] {
  const cells = (ms: number, { calls, spent }: Profiled): readonly string[] => [
    (ms / calls).toFixed(3),
    `${((100 * ms) / sum(spent.parts.values())).toFixed(1)} %`,
  ]
  return table(
    ['room, with all it calls', ...profiled.flatMap(({ called }) => [`${called}, ms`, 'share'])],
    [
      ...partsOfCall.map((part) => [
        part,
        ...profiled.flatMap((each) => cells(each.spent.parts.get(part) ?? 0, each)),
      ]),
      ['in all', ...profiled.flatMap((each) => cells(sum(each.spent.parts.values()), each))],
    ],
  )
}

/** The functions with most time in their own code. */
function functionTable({ called, calls, spent }: Profiled): readonly string[] {
  const all = sum(spent.functions.values())
  const top = [...spent.functions].sort(([, a], [, b]) => b - a).slice(0, topFunctions)
  return [
    '',
    `### Functions by time in their own code, ${called}`,
    '',
    ...table(
      ['function', 'ms per call', 'share'],
      top.map(([name, ms]) => [`\`${name}\``, (ms / calls).toFixed(4), `${((100 * ms) / all).toFixed(1)} %`]),
    ),
  ]
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, each) => total + each, 0)
