import type { Server, ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buildApp } from '../../src/http/app.js'
import type { AppParts } from '../../src/http/app.js'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import { clientDefaults } from '../../src/config/development-client.js'
import type { Decide, Decided } from '../../src/decide.js'
import type { CallLine } from '../../src/http/call.js'
import { makePublicServer } from '../../src/http/server.js'
import { budgets } from '../../src/protocol/limits.js'
import type { ClientSettings, Settings } from '../../src/config/settings.js'

/** A client with defaults, and what a test changes. */
export const aClient = (change: Partial<ClientSettings> = {}): ClientSettings => ({
  ...clientDefaults,
  id: 'hospital-a',
  iss: 'https://ehr.hospital-a.org/',
  ...change,
})

/** Audit settings that keep everything in a folder. */
export const auditIn = (folder: string): Settings['audit'] => ({
  database: `file:${join(folder, 'audit.db')}`,
  spoolDir: join(folder, 'spool'),
  retentionDays: 2192,
  comments: false,
})

/** Settings as of a development process without tokens, and what a test changes. */
export const someSettings = (change: Partial<Settings> = {}): Settings => ({
  mode: 'development',
  host: '127.0.0.1',
  port: 0,
  publicUrl: 'https://cds.example.org',
  canonicalBase: 'https://cds.example.org',
  clients: [aClient()],
  auth: 'off',
  discovery: 'open',
  audit: { database: 'memory:', retentionDays: 2192, comments: false, spoolDir: 'unused' },
  limits: {
    bodyBytes: budgets.bodyBytes.most,
    depth: budgets.bodyDepth.most,
    nodes: budgets.bodyValues.most,
    perClientPerMinute: 0,
    perAddressPerMinute: 0,
    concurrent: 64,
  },
  jwks: { refetchCooldownMs: 30_000 },
  smart: { issuers: [] },
  trustProxyHops: 0,
  logLevel: 'error',
  ...change,
})

/** A decision without cards, for tests of the wiring alone. */
export const silence: Decide = () =>
  Promise.resolve({
    invocationId: '00000000-0000-4000-8000-000000000000',
    cards: [],
    trace: {},
  } as unknown as Decided)

/** A running service with what it noted. */
export interface Rig {
  base: string
  lines: CallLine[]
  audit: MemoryAudit
  server: Server
  close: () => Promise<void>
}

/** Starts the app on a free port, with a stub in place of the medicine unless a test brings its own. */
export async function start({
  timeouts,
  ...parts
}: Partial<AppParts> & { timeouts?: ServerOptions } = {}): Promise<Rig> {
  const lines: CallLine[] = []
  const audit = new MemoryAudit()
  const app = buildApp({
    settings: someSettings(),
    decide: silence,
    audit,
    clock: () => Date.now(),
    note: (line) => lines.push(line),
    ready: () => Promise.resolve(true),
    ...parts,
  })
  const server = makePublicServer(app, parts.settings ?? someSettings(), timeouts)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}`,
    lines,
    audit,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A correct body for each hook, with nothing a client may leave out. */
export const bodies = {
  'patient-view': (): Record<string, unknown> => ({
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/p1', patientId: 'pat-1' },
  }),
  'order-select': (): Record<string, unknown> => ({
    hook: 'order-select',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: {
      userId: 'Practitioner/p1',
      patientId: 'pat-1',
      selections: ['MedicationRequest/request-123'],
      draftOrders: {
        resourceType: 'Bundle',
        entry: [
          {
            resource: {
              resourceType: 'MedicationRequest',
              id: 'request-123',
              status: 'draft',
              subject: { reference: 'Patient/pat-1' },
            },
          },
        ],
      },
    },
  }),
  'order-sign': (): Record<string, unknown> => ({
    hook: 'order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: {
      userId: 'Practitioner/p1',
      patientId: 'pat-1',
      draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [] },
    },
  }),
} as const

/** An answer, read whole. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  body: unknown
}

/** Sends a request and reads the answer; JSON if it is JSON. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init)
  const text = await response.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  return { status: response.status, headers: response.headers, text, body }
}

/** Posts JSON. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** The stable code of an OperationOutcome. */
export function codeOf({ body }: Pick<Answer, 'body'>): string | undefined {
  const outcome = body as
    { resourceType?: string; issue?: { details: { coding: { code: string }[] } }[] } | undefined
  return outcome?.resourceType === 'OperationOutcome'
    ? outcome.issue?.[0]?.details.coding[0]?.code
    : undefined
}
