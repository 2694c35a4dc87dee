import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import { openAudit } from '../../src/audit/open-audit.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { timeOrderedId } from '../../src/audit/time-ordered-id.js'
import type { Trace } from '../../src/audit/trace.js'
import { tracing } from '../../src/audit/tracing.js'
import { evaluate } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { loadSettings } from '../../src/config.js'
import { developmentClient } from '../../src/config/development-client.js'
import { makeDecide } from '../../src/decide.js'
import { makeGather } from '../../src/gather/gather.js'
import type { Library } from '../../src/library.js'
import { loadLibrary } from '../../src/load-library.js'
import type { HookName } from '../../src/protocol/hook-request.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import type { ClientSettings, Settings } from '../../src/settings.js'

/** The content of the repository, with drafts shown. */
export const libraryOf = (changes: { cardsDir?: string; site?: string } = {}): Library =>
  loadLibrary({
    cardsDir: 'cards',
    mode: 'development',
    canonicalBase: 'https://cds.example.org',
    ...changes,
  })

/** The trace of one call about an invented patient, through the real path. */
export async function traceOf(
  library: Library,
  patient = 'antibiotic-48h-not-improving',
  hook: HookName = 'patient-view',
  orders: readonly string[] = [],
): Promise<Trace> {
  const fixture = readFixture('fhir-fixtures', patient, Date.now())
  const draft = readOrders('fhir-fixtures', orders, fixture.patientId)
  return (await evaluate({ fixture, hook, orders: draft }, library)).trace
}

/** The trace of one call with a body of its own, through the real path. */
export async function traceOfBody(
  body: Record<string, unknown>,
  library: Library,
  at: number,
  client: ClientSettings = developmentClient,
): Promise<Trace> {
  const { audit, trace } = tracing(new MemoryAudit())
  const decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => at }),
    library: () => library,
    audit,
    clock: () => 0,
  })
  await decide(parseHookRequest(`mastitis-${String(body['hook'])}`, body), client, at)
  return trace() as Trace
}

/** The same call made again, with ids of its own. */
export function again(trace: Trace, now = trace.now): Trace {
  const invocationId = timeOrderedId(now)
  const considered = trace.considered.map((card) =>
    card.wire ? { ...card, wire: { ...card.wire, uuid: randomUUID() } } : card,
  )
  return { ...trace, now, invocationId, considered }
}

/** Settings of a development service whose audit lives in a folder of its own. */
export function settingsIn(folder: string, database = `file:${join(folder, 'audit.db')}`): Settings {
  const settings = loadSettings({ AUDIT_DATABASE: database })
  return { ...settings, audit: { ...settings.audit, spoolDir: join(folder, 'spool') } }
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'audit-'))

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Opens the audit of a folder. */
export function openIn(
  folder: string,
  library: Library,
  {
    database,
    clock = Date.now,
    settings = settingsIn(folder, database),
  }: {
    database?: string
    clock?: () => number
    settings?: Settings
  } = {},
): Promise<OpenAudit> {
  const stallMs = 10_000 // a machine busy with other tests is no store in trouble
  return openAudit({ settings, engine: '0.0.0-test', pack: library.pack, clock, log: silent, stallMs })
}

/** Where a real PostgreSQL is, if the environment names one; tests that need it say so when they skip. */
export const postgresUrl = process.env['TEST_POSTGRES_URL']

/** Makes an empty database on the test server and gives its address. */
export async function newPostgresDatabase(): Promise<string> {
  const name = `audit_${randomUUID().slice(0, 8)}`
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return String(postgresUrl).replace(/\/[^/]*$/, `/${name}`)
}

/** The lines of a file. */
export const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
