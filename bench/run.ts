import { writeFileSync } from 'node:fs'
import { execSync } from 'node:child_process'
import { cpus } from 'node:os'
import { bodyOfSize } from './bodies.js'
import { burst, median } from './load.js'
import type { Burst, Call } from './load.js'
import { startServer } from './server-process.js'
import type { ServerProcess } from './server-process.js'

const help = `npm run bench -- [--quick] [--write]

Starts a bare Express server and the service, sends both the same bodies in turn, and prints the ratios of CPU per request.

  --quick   fewer requests and rounds
  --write   also writes docs/generated/bench.md

Example: npm run bench -- --quick`

if (process.argv.includes('--help')) {
  process.stdout.write(`${help}\n`)
  process.exit(0)
}
const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 5
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

async function answerOf(server: ServerProcess, call: Call): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}${call.path}`, {
    method: 'POST',
    body: call.body,
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
  const body = bodyOfSize(patient, size, Math.floor(Date.now() / 60_000) * 60_000)
  const answer = await answerOf(service, { path, body })
  await fetch(`http://127.0.0.1:${bare.port}/answer`, { method: 'POST', body: answer })
  const amount = Math.round((quick ? 60_000 : 120_000) / size)
  const bursts: { bare: Burst[]; service: Burst[] } = { bare: [], service: [] }
  for (let round = 0; round <= rounds; round += 1) {
    const one = await burst(bare, { path: '/call', body }, amount, 10)
    const two = await burst(service, { path, body }, amount, 10)
    if (one.wrongStatus + two.wrongStatus > 0) throw new Error('a server answered something other than 2xx')
    if (round === 0) continue // the first round warms both up
    bursts.bare.push(one)
    bursts.service.push(two)
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
if (process.argv.includes('--write')) {
  const commit = execSync('git rev-parse --short HEAD').toString().trim()
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`
  writeFileSync(
    'docs/generated/bench.md',
    `# Benchmark\n\nMade by \`npm run bench -- --write\` at commit ${commit} on ${machine}. CPU is user and system time of the server's process, as the\noperating system counts it; each ratio is the median of ${rounds} rounds in which both servers took turns.\n${lines.join('\n')}\n`,
  )
}
