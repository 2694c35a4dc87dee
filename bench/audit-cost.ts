import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeChain } from '../src/audit/chain.js'
import { invocationBody } from '../src/audit/invocation-body.js'
import { percentile } from './percentile.js'
import { openAudit } from '../src/audit/open-audit.js'
import { makePseudonyms } from '../src/audit/pseudonym.js'
import { makeSignHead } from '../src/audit/signed-head.js'
import { openDatabase } from '../src/audit/store/open-database.js'
import { migrate } from '../src/audit/store/migrations.js'
import { makeStoreBatch } from '../src/audit/store/record-store.js'
import type { Written } from '../src/audit/store/record-store.js'
import { timeOrderedId } from '../src/audit/time-ordered-id.js'
import type { Trace } from '../src/audit/trace.js'
import { versionsOf } from '../src/audit/versions-of.js'
import { evaluate } from '../src/cli/evaluate.js'
import { readFixture } from '../src/cli/fixture.js'
import { loadSettings } from '../src/config/config.js'
import { loadLibrary } from '../src/service/load-library.js'

/** What recording costs: CPU per call of each step, and the time a call waits at 32 calls at once. Bar: p95 of 5 ms. */
const library = loadLibrary({
  cardsDir: 'cards',
  mode: 'development',
  canonicalBase: 'https://cds.example.org',
})
const pseudonyms = makePseudonyms(Buffer.alloc(32, 7), 1)
const versions = versionsOf('bench', library.pack)
const folder = mkdtempSync(join(tmpdir(), 'audit-cost-'))

const traceOf = async (name: string): Promise<Trace> => {
  const fixture = readFixture('fhir-fixtures', name, 0)
  return (await evaluate({ fixture, hook: 'patient-view', orders: [] }, library)).trace
}

/** CPU in µs of one run, the best of several rounds, because other work on the machine only ever adds. */
function cpuOf(work: () => unknown, times = 2_000): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 7; round += 1) {
    const before = process.cpuUsage()
    for (let at = 0; at < times; at += 1) work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / times)
  }
  return best
}

/** CPU in µs per record of inserting batches of 10. */
async function insertCpu(trace: Trace, body: string): Promise<number> {
  const db = openDatabase(`file:${join(folder, `${randomUUID()}.db`)}`)
  await migrate(db)
  const store = makeStoreBatch(
    db,
    makeSignHead({ privateKey: generateKeyPairSync('ed25519').privateKey, keyId: 'bench' }, Date.now),
  )
  const chain = makeChain('bench')
  const batches = 200
  const batchOf = (): readonly Written[] =>
    Array.from({ length: 10 }, () => {
      const at = new Date(trace.now).toISOString()
      const record = chain.append({ type: 'invocation', tenant: 'bench', at, body })
      const place = { stream: record.stream, seq: record.seq }
      const cards = trace.considered.flatMap(({ wire, kind }) =>
        wire
          ? [
              {
                uuid: timeOrderedId(Date.now()),
                ...{
                  tenant: 'bench',
                  service_id: 's',
                  kind,
                  indicator: wire.indicator,
                  patient_ref: 'p',
                  user_ref: 'u',
                },
                ...{ stage: '', sepsis_criteria: '', shown: 1, at_ms: trace.now, ...place },
              },
            ]
          : [],
      )
      return { record, patientRef: 'p', cards, feedback: [] }
    })
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 7; round += 1) {
    const made = Array.from({ length: batches }, batchOf)
    const before = process.cpuUsage()
    for (const batch of made) await store(batch)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / batches / 10)
  }
  await db.destroy()
  return best
}

async function waitAt(concurrent: number, trace: Trace): Promise<readonly number[]> {
  const settings = loadSettings({ AUDIT_DATABASE: `file:${join(folder, 'wait.db')}` })
  const audit = await openAudit({
    settings: { ...settings, audit: { ...settings.audit, spoolDir: join(folder, 'spool') } },
    engine: 'bench',
    pack: library.pack,
    clock: Date.now,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  const waits: number[] = []
  const caller = async (): Promise<void> => {
    for (let at = 0; at < 200; at += 1) {
      const call = { ...trace, invocationId: timeOrderedId(Date.now()), now: Date.now() }
      const from = performance.now()
      await audit.record(call)
      waits.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: concurrent }, caller))
  await audit.close()
  return waits
}

for (const name of ['antibiotic-48h-not-improving', 'day-3-both-breasts-swollen-moderate']) {
  const trace = await traceOf(name)
  const body = invocationBody(trace, versions, pseudonyms)
  const text = JSON.stringify(body)
  const chain = makeChain('cpu')
  let patient = 0
  const steps = {
    body: cpuOf(() => invocationBody(trace, versions, pseudonyms)),
    pseudonyms: 2 * cpuOf(() => pseudonyms('bench', 'patient', `p${(patient += 1)}`)),
    stringify: cpuOf(() => JSON.stringify(body)),
    chain: cpuOf(() =>
      chain.append({ type: 'invocation', tenant: 'bench', at: body.receivedAt, body: text }),
    ),
    insert: await insertCpu(trace, text),
  }
  const total = Object.values(steps).reduce((sum, step) => sum + step, 0)
  const shown = Object.entries(steps).map(([step, cpu]) => `${step} ${cpu.toFixed(1)}`)
  console.log(
    `${name}: ${body.cards.length} cards, ${text.length} letters; CPU in µs: ${shown.join(', ')}; in all ${total.toFixed(0)}`,
  )
}
const waits = await waitAt(32, await traceOf('antibiotic-48h-not-improving'))
console.log(
  `recording at 32 calls at once: p50 ${percentile(waits, 0.5)?.toFixed(2)} ms, p95 ${percentile(waits, 0.95)?.toFixed(2)} ms`,
)
rmSync(folder, { recursive: true })
