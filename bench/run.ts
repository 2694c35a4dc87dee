import { writeFileSync } from 'node:fs'
import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { bodyOfSize, forPatients } from './bodies.js'
import { burst, median } from './load.js'
import type { Burst } from './load.js'
import { roomCosts } from './rooms.js'
import { startServer } from './server-process.js'
import type { ServerProcess } from './server-process.js'

const help = `npm run bench -- [--quick] [--write]

Starts a bare Express server and the service, sends both the same bodies in turn, and prints the ratios of CPU per request;
then the CPU of the rooms alone, for 10 to 10,000 Observations.

  --quick   fewer requests and rounds
  --write   also writes docs/generated/bench.md

Example: npm run bench -- --quick`

if (process.argv.includes('--help')) {
  process.stdout.write(`${help}\n`)
  process.exit(0)
}
const quick = process.argv.includes('--quick')
const rounds = quick ? 9 : 15
/** Both servers take so many calls of 18 kB before anything is counted, so that their code is compiled. */
const warmUp = 3_000
/** Patients asked about in turn. */
const patients = 40
const path = '/cds-services/mastitis-patient-view'

/** Product section 6: the largest allowed ratio of CPU per request to bare Express. */
const limits = { 18: { off: 1.6, on: 2.0 }, 93: { off: 1.4, on: 1.6 }, 350: { off: 1.4, on: 1.6 } } as const
type Size = keyof typeof limits

interface Row {
  size: Size
  patient: string
  bare: Burst
  service: Burst
  ratio: number
}

const said = (line: string): boolean => process.stdout.write(`${line}\n`)

/** The middle burst by CPU of several. */
const middle = (bursts: readonly Burst[]): Burst => {
  const wanted = median(bursts.map(({ cpuMsPerRequest }) => cpuMsPerRequest))
  return bursts.find(({ cpuMsPerRequest }) => cpuMsPerRequest === wanted) as Burst
}

async function answerOf(server: ServerProcess, body: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  if (response.status !== 200)
    throw new Error(`${server.name} answered ${response.status}: ${await response.text()}`)
  return response.text()
}

/** Sends one body to both servers in turn and compares what it costs them. */
async function compare(
  bare: ServerProcess,
  service: ServerProcess,
  size: Size,
  patient: string,
): Promise<Row> {
  const bodies = forPatients(bodyOfSize(patient, size, Math.floor(Date.now() / 60_000) * 60_000), patients)
  const answer = await answerOf(service, bodies[0] ?? '')
  await fetch(`http://127.0.0.1:${bare.port}/answer`, { method: 'POST', body: answer })
  const send = async (server: ServerProcess, amount: number): Promise<Burst> => {
    const sent = await burst(server, { path: server === bare ? '/call' : path, bodies }, amount, 10)
    if (sent.wrongStatus > 0) throw new Error(`${server.name} answered something other than 2xx`)
    return sent
  }
  for (const server of [bare, service]) await send(server, Math.round((warmUp * 18) / size))
  const amount = Math.round((quick ? 18_000 : 36_000) / size)
  const bursts: { bare: Burst[]; service: Burst[] } = { bare: [], service: [] }
  for (let round = 0; round < rounds; round += 1) {
    bursts.bare.push(await send(bare, amount))
    bursts.service.push(await send(service, amount))
  }
  const ratio = median(
    bursts.service.map(
      (two, place) => two.cpuMsPerRequest / (bursts.bare[place]?.cpuMsPerRequest ?? Number.NaN),
    ),
  )
  return { size, patient, bare: middle(bursts.bare), service: middle(bursts.service), ratio }
}

const cell = (value: number, digits = 3): string => value.toFixed(digits)

const rowText = ({ size, patient, bare, service, ratio }: Row, limit: number): string =>
  `| ${size} kB | ${patient} | ${cell(bare.cpuMsPerRequest)} | ${cell(service.cpuMsPerRequest)} | **${cell(ratio, 2)}** | ${limit} | ${
    ratio <= limit ? 'yes' : 'no'
  } | ${bare.requestsPerSecond} | ${service.requestsPerSecond} | ${bare.p99Ms} | ${service.p99Ms} |`

const tableHead = [
  '| body | patient | bare CPU ms | service CPU ms | ratio | limit | met | bare req/s | service req/s | bare p99 ms | service p99 ms |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
]

const lines: string[] = []
const note = (line: string): void => {
  lines.push(line)
  said(line)
}

const bare = await startServer('bare Express', ['--import', 'tsx', 'bench/bare-server.ts'])
for (const audit of ['off', 'on'] as const) {
  const service = await startServer('mastitis-cds', ['dist/main.js'], {
    PORT: '0',
    AUDIT_DATABASE: audit === 'off' ? 'memory:' : 'file:./data/bench-audit.db',
  })
  note(`\n## Audit ${audit}\n`)
  for (const line of tableHead) note(line)
  for (const size of [18, 93, 350] as const)
    for (const patient of ['healthy-lactating', 'antibiotic-48h-not-improving'])
      note(rowText(await compare(bare, service, size, patient), limits[size][audit]))
  note(`\nPeak memory: service ${service.peakMemoryMiB()} MiB, bare Express ${bare.peakMemoryMiB()} MiB.`)
  await service.stop()
}
await bare.stop()

note('\n## The rooms alone, from a parsed body to cards\n')
note('| Observations | CPU ms | CPU µs per Observation |')
note('|---|---|---|')
for (const { observations, cpuMs } of await roomCosts([10, 100, 1_000, 1_500, 10_000]))
  note(`| ${observations} | ${cell(cpuMs, 2)} | ${cell((cpuMs / observations) * 1000, 1)} |`)
note('\nLimit: 5 ms for 1,500 Observations; work grows linearly with their number.')
if (process.argv.includes('--write')) {
  const commit = execSync('git rev-parse --short HEAD').toString().trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`
  writeFileSync(
    'docs/generated/bench.md',
    `# Benchmark\n\nMade by \`npm run bench -- --write\` at commit ${commit} on ${machine}. CPU is user and system time of the server's process, as the\noperating system counts it; each ratio is the median of ${rounds} rounds in which both servers took turns, about ${patients} patients in turn, after ${warmUp} calls to warm up.\n${lines.join('\n')}\n`,
  )
}
