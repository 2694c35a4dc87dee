import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import type { Egress } from '../../src/gather/egress.js'
import { makeEgress } from '../../src/gather/egress.js'
import { type Gather, makeGather } from '../../src/gather/gather.js'
import { type DataSource, type Chart, type ReadKey, readKeys } from '../../src/gather/chart.js'
import type { HookRequest } from '../../src/protocol/hook-request.js'
import type { ClientSettings } from '../../src/config/settings.js'

export const now = Date.parse('2026-03-03T09:00:00Z')
export const patientId = 'zz-1'
export const subject = { reference: `Patient/${patientId}` }

/** A client that may reach what the test says. */
export function clientFor(changes: Partial<ClientSettings> = {}): ClientSettings {
  return {
    id: 'test',
    iss: 'https://ehr.example.org',
    algorithms: ['ES384'],
    tenants: [],
    audiences: [],
    maxTokenLifetimeMs: 3_600_000,
    fhirServers: [],
    allowAnyFhirServer: false,
    allowNetworks: [],
    corsOrigins: [],
    rulesMode: 'live',
    onMissingData: '412',
    deadlineMs: 2_500,
    requestTimeoutMs: 1_500,
    actionSelectionBehavior: false,
    links: [],
    cardsOff: [],
    ...changes,
  }
}

/** A patient-view call; `prefetch` as it would be on the wire. */
export function hookRequest(
  prefetch: Record<string, unknown> = {},
  changes: Partial<HookRequest> = {},
): HookRequest {
  return {
    serviceId: 'mastitis-patient-view',
    hook: 'patient-view',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    patientId,
    userId: 'Practitioner/p1',
    draftOrders: [],
    selections: [],
    prefetch: new Map(Object.entries(prefetch)),
    ...changes,
  }
}

/** Every key satisfied and empty, except what is given. */
export function fullPrefetch(given: Record<string, unknown> = {}): Record<string, unknown> {
  const empty = Object.fromEntries(readKeys.map((key) => [key, null]))
  return { ...empty, patient: { resourceType: 'Patient', id: patientId }, ...given }
}

export const bundle = (...resources: readonly object[]): Record<string, unknown> => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})

export const condition = (id: string, changes: object = {}): Record<string, unknown> => ({
  resourceType: 'Condition',
  id,
  subject,
  ...changes,
})

/** The source line of one key. */
export function sourceOf(chart: Chart, key: ReadKey): DataSource {
  const source = chart.sources.find((each) => each.key === key)
  if (!source) throw new Error(`no source for ${key}`)
  return source
}

/** Gathering in production mode with nothing reachable: any network use would show as `not-allowed`. */
export const gatherOffline = makeGather({ settings: { mode: 'production' }, clock: () => now })

/** Runs a real server on a free loopback port for the time of `use`. */
export async function withServer(
  listener: RequestListener,
  use: (base: string) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  const server: Server = createServer(options, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    await use(`http://127.0.0.1:${port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

/** Listens and counts: whatever connects here proves that a guard failed. */
export async function withCanary(
  use: (port: number, connections: () => number) => Promise<void>,
): Promise<void> {
  let connections = 0
  const canary: TcpServer = createTcpServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  try {
    await use((canary.address() as AddressInfo).port, () => connections)
  } finally {
    await new Promise((resolve) => canary.close(resolve))
  }
}

/** Gathering in development mode through a guard of its own, closed after `use`. */
export async function withGather(
  use: (gather: Gather, egress: Egress) => Promise<void>,
  clock: () => number = Date.now,
): Promise<void> {
  const egress = makeEgress({ mode: 'development' })
  try {
    await use(makeGather({ settings: { mode: 'development' }, clock, egress }), egress)
  } finally {
    await egress.close()
  }
}

/** Answers JSON as a FHIR server does. */
export function answerJson(res: Parameters<RequestListener>[1], body: unknown, status = 200): void {
  res.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8' })
  res.end(JSON.stringify(body))
}
