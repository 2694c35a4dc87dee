import { plainly } from '../against-bare.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture } from '../../src/cli/fixture.js'
import { forPatients } from '../bodies.js'
import { inTurns, median, warmUp } from '../in-turns.js'
import type { Measured } from '../in-turns.js'
import { threeCards } from '../patients.js'
import type { Part, Section, Verdict } from '../section.js'
import type { ServerProcess } from '../server-process.js'
import { measuredCells, measuredHead, table } from '../table.js'

/** How long the FHIR server takes for each answer, and how many calls come before and in each of the rounds. */
const servers = [
  { delayMs: 20, warm: 300, calls: 80 },
  { delayMs: 200, warm: 30, calls: 24 },
] as const
const rounds = 3
const timesAsked = 3
const atOnce = [1, 4, 10] as const
const allowedMs = 15

interface Line {
  delayMs: number
  connections: number
  /** The slowest single search, asked directly. */
  searchMs: number
  measured: Measured
}

/** Calls without any prefetch: the service asks the FHIR server for everything. */
export const callBack: Section = {
  name: 'call-back',
  title: 'FHIR call-back: servers of 20 ms and 200 ms',
  run: async (bench): Promise<Part> => {
    const fhir = await bench.stubFhir()
    const bases = servers.map(({ delayMs }) => `http://127.0.0.1:${fhir.port}/${delayMs}`)
    const service = await bench.service({ name: 'service, audit on', audit: 'on', fhirServers: bases })
    const lines: Line[] = []
    for (const [place, { delayMs, warm, calls }] of servers.entries()) {
      const asked = [plainly(service, bodiesWithoutPrefetch(bases[place] ?? ''))]
      await warmUp(asked, bench.quick ? 30 : warm)
      const searchMs = await slowestSearchMs(fhir, bases[place] ?? '')
      for (const connections of atOnce) {
        bench.say(`FHIR server of ${delayMs} ms, ${connections} at once`)
        const amount = Math.max(connections, Math.round(calls / (bench.quick ? 4 : 1)))
        const [measured] = await inTurns(asked, { rounds: bench.quick ? 1 : rounds, amount, connections })
        if (measured) lines.push({ delayMs, connections, searchMs, measured })
      }
    }
    return { lines: linesOf(lines, await askedPaths(fhir)), verdicts: lines.flatMap(verdictOf) }
  },
}

function linesOf(lines: readonly Line[], searches: readonly string[]): readonly string[] {
  return [
    `No prefetch, three cards, audit on: each call asks the FHIR server ${new Set(searches.map(withoutPatient)).size} questions at once. Above 4 calls at once they wait for each other, ` +
      'as the service opens 64 connections to one FHIR host at most. The slowest single search is the same question asked directly, one at a time (median).',
    '',
    ...table(
      ['FHIR server', 'at once', 'slowest search ms', ...measuredHead.slice(0, -1)],
      lines.map(({ delayMs, connections, searchMs, measured }) => [
        ...[`${delayMs} ms`, `${connections}`, searchMs.toFixed(1)],
        ...measuredCells(measured).slice(0, -1),
      ]),
    ),
  ]
}

const verdictOf = ({ delayMs, connections, searchMs, measured: { p50Ms } }: Line): readonly Verdict[] =>
  connections > 1
    ? []
    : [
        {
          target: `call-back p50, FHIR server of ${delayMs} ms`,
          limit: `≤ slowest search + ${allowedMs} ms`,
          measured: `${p50Ms.toFixed(1)} ms; slowest search ${searchMs.toFixed(1)} ms`,
          met: p50Ms <= searchMs + allowedMs,
        },
      ]

function bodiesWithoutPrefetch(fhirServer: string): readonly string[] {
  const fixture = readFixture('fhir-fixtures', threeCards.fixture, 0)
  const { prefetch: _none, ...body } = requestBody({ fixture, hook: 'patient-view', orders: [] })
  const fhirAuthorization = {
    ...{ access_token: 'bench', token_type: 'Bearer', expires_in: 300, subject: 'bench' },
    scope: 'user/*.rs',
  }
  return forPatients(JSON.stringify({ ...body, fhirServer, fhirAuthorization }), 10, 'asked')
}

async function askedPaths(fhir: ServerProcess): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${fhir.port}/asked`)
  return (await response.json()) as string[]
}

/** A question whoever the patient is. */
const withoutPatient = (path: string): string => path.replace(/[\w-]*-asked-\d+/, '')

/** Each question of a call, asked directly: the median of the slowest. */
async function slowestSearchMs(fhir: ServerProcess, base: string): Promise<number> {
  const questions = new Map((await askedPaths(fhir)).map((path) => [withoutPatient(path), path]))
  const medians: number[] = []
  for (const path of questions.values()) {
    const times: number[] = []
    for (let time = 0; time < timesAsked; time += 1) {
      const begun = performance.now()
      await (await fetch(`${base}/${path}`)).text()
      times.push(performance.now() - begun)
    }
    medians.push(median(times))
  }
  return Math.max(...medians)
}
