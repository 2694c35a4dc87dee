import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeChain } from '../../src/audit/chain.js'
import { openAudit } from '../../src/audit/open-audit.js'
import type { OpenAudit } from '../../src/audit/open-audit.js'
import { makeSignHead } from '../../src/audit/signed-head.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import type { PurgeParts } from '../../src/audit/store/purge.js'
import { makeBatchQueries } from '../../src/audit/store/record-store.js'
import { timeOrderedId } from '../../src/audit/time-ordered-id.js'
import type { Trace } from '../../src/audit/trace.js'
import { evaluate } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { loadSettings } from '../../src/config/config.js'
import { decideOnce } from '../../src/service/decide-once.js'
import type { Library } from '../../src/service/library.js'
import { loadLibrary } from '../../src/service/load-library.js'
import type { HookName } from '../../src/protocol/hook-request.js'
import type { ClientSettings, Settings } from '../../src/config/settings.js'

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

/** The trace of one call with a body of its own, through the real path; throws `DataUnavailable` for a 412. */
export async function traceOfBody(
  body: Record<string, unknown>,
  library: Library,
  now: number,
  client?: ClientSettings,
): Promise<Trace> {
  const { trace, unavailable } = await decideOnce(body, { library, now, ...(client && { client }) })
  if (unavailable) throw unavailable
  return trace
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

/** A key to sign heads with, and what signs them, where no service runs. */
export const signingKey = { ...generateKeyPairSync('ed25519'), keyId: 'of-the-tests' }
export const signHead = makeSignHead(signingKey, Date.now)

/** What a purge of a database needs, recorded in a stream of its own. */
export function purgeOf(db: AuditStore): PurgeParts {
  const chain = makeChain(`purge-${randomUUID()}`)
  const queriesOf = makeBatchQueries(db, signHead)
  return {
    db,
    why: 'privacy',
    noteWith(type, body, queries) {
      const at = new Date().toISOString()
      const record = chain.append({ type, tenant: '*', at, body: JSON.stringify(body) })
      return db.allOrNothing([...queriesOf([{ record, cards: [], feedback: [] }], 'in-time'), ...queries])
    },
  }
}

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
