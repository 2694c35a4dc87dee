import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { fixtureNames, readFixture, readOrders } from '../../src/cli/fixture.js'
import { makeDecide } from '../../src/decide.js'
import { makeWorkLine } from '../../src/service/work-line.js'
import type { Decide } from '../../src/decide.js'
import { DataUnavailable, ProtocolError } from '../../src/errors.js'
import { makeEgress } from '../../src/gather/egress.js'
import { makeGather } from '../../src/gather/gather.js'
import { AuthRefused } from '../../src/http/trust/auth-refused.js'
import { makeTrust } from '../../src/http/trust/make-trust.js'
import { makeVerifyToken } from '../../src/http/trust/verify-token.js'
import type { VerifyToken } from '../../src/http/trust/verify-token.js'
import { parseFeedback } from '../../src/protocol/parse-feedback.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import { budgets } from '../../src/protocol/limits.js'
import { parseJsonBytes } from '../../src/protocol/parse-json.js'
import { libraryWith } from '../cases/ask.js'
import { rounds } from '../depth.js'
import { aClient, someSettings } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import type { Whole } from '../http/whole.js'
import { aSigner, aToken, part } from '../http/tokens.js'
import { quietServer, startFhir } from './fhir-server.js'
import type { FhirStub } from './fhir-server.js'
import { aMutation, canary, mutated } from './mutations.js'

/** How many changed requests: `FUZZ`, else by the depth. */
const runs = Number(process.env['FUZZ'] ?? rounds(20_000, 300))

type Json = Record<string, unknown>
const now = Date.parse('2026-03-03T09:00:00Z')
const client = aClient({ deadlineMs: 800, requestTimeoutMs: 300 })
const limits = { depth: budgets.bodyDepth.most, nodes: budgets.bodyValues.most }

let decide: Decide
let whole: Whole
let fhir: FhirStub
beforeAll(async () => {
  const library = libraryWith()
  decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => now }),
    library: () => library,
    audit: new MemoryAudit(10),
    line: makeWorkLine(),
    clock: () => 0,
  })
  fhir = await startFhir()
  whole = await startWhole({ clients: [{ ...client, fhirServers: [fhir.base] }] })
})
afterAll(() => Promise.all([whole.close(), fhir.close()]))

const names = fixtureNames('fhir-fixtures').filter((_, at) => at % 5 === 0)
const bodies: readonly Json[] = names.flatMap((name) => {
  const fixture = readFixture('fhir-fixtures', name, 0)
  const orders = readOrders(
    'fhir-fixtures',
    ['cabergoline', 'dicloxacillin', 'stop-breastfeeding'],
    fixture.patientId,
  )
  return (['patient-view', 'order-select', 'order-sign'] as const).map((hook) =>
    requestBody({ fixture, hook, orders }),
  )
})
const serviceOf = (body: Json): string => `mastitis-${String(body['hook'])}`

/** What a body leads to, as a status; anything that is not a documented refusal is thrown on. */
async function statusOf(service: string, body: unknown): Promise<[number, string]> {
  try {
    const { cards } = await decide(parseHookRequest(service, body), client, now)
    return [200, JSON.stringify(cards)]
  } catch (error) {
    if (error instanceof ProtocolError) return [400, error.message + String(error.path)]
    if (error instanceof DataUnavailable) return [412, error.message]
    throw error
  }
}

test('E5 SEC-043 SEC-044 SEC-048 changed requests are answered 200, 400 or 412, repeat no value and pollute nothing', async () => {
  const seen = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bodies.length - 1),
      fc.array(aMutation, { minLength: 1, maxLength: 4 }),
      async (at, mutations) => {
        const body = bodies[at] ?? {}
        const bytes = Buffer.from(JSON.stringify(mutated(body, mutations)))
        const [status, says] = await statusOf(serviceOf(body), parseJsonBytes(bytes, limits))
        if (status !== 200 && says.includes(canary)) throw new Error('an error repeats a value')
        if (/<img/i.test(says)) throw new Error('a card holds a tag')
        if ('x' in {}) throw new Error('the prototype is polluted')
        seen.set(status, (seen.get(status) ?? 0) + 1)
      },
    ),
    { numRuns: runs },
  )

  expect([...seen.keys()].sort()).toEqual([200, 400, 412])
}, 600_000)

test('E5 SEC-052 changed feedback is taken or refused', () => {
  const item = {
    card: randomUUID(),
    outcome: 'overridden',
    outcomeTimestamp: '2026-03-03T09:00:00Z',
    overrideReason: { reason: { code: 'x', system: 'y' }, userComment: 'z' },
    overrideReasons: { reason: { code: 'x' }, extension: { 'com.x': { a: 'b' } } },
    acceptedSuggestions: [{ id: randomUUID() }],
  }
  let taken = 0
  fc.assert(
    fc.property(fc.array(aMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const changed = mutated({ feedback: [item, { ...item, outcome: 'accepted' }] }, mutations)
      try {
        parseFeedback(changed)
        taken++
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        if (error.message.includes(canary)) throw new Error('an error repeats a value', { cause: error })
      }
    }),
    { numRuns: runs },
  )

  expect(taken).toBeGreaterThan(0)
})

const sendBytes = async (bytes: Buffer, headers: Record<string, string>): Promise<[number, string]> => {
  const response = await fetch(`${whole.base}/cds-services/mastitis-patient-view`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bytes as unknown as string,
  })
  return [response.status, await response.text()]
}

test('E5 S1 broken bytes over HTTP are answered with documented statuses and OperationOutcomes, and the process lives', async () => {
  const text = Buffer.from(JSON.stringify(bodies[0]).slice(0, 20_000))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('identity', 'gzip', 'deflate', 'br', 'x-unknown'),
      async (changes, encoding) => {
        const bytes = Buffer.from(text)
        for (const [at, byte] of changes) bytes[at] = byte
        const headers = encoding === 'identity' ? undefined : { 'content-encoding': encoding }
        const [status, body] = await sendBytes(bytes, headers ?? {})
        expect([200, 400, 412, 413, 415]).toContain(status)
        if (status !== 200) expect((JSON.parse(body) as Json)['resourceType']).toBe('OperationOutcome')
      },
    ),
    { numRuns: Math.min(runs, rounds(400, 100)) },
  )

  expect((await fetch(`${whole.base}/health/live`)).status).toBe(200)
  expect(whole.lines.filter(({ code }) => code === 'INTERNAL')).toEqual([])
})

test('E5 SEC-048 changed answers of a FHIR server lead to 200 or 412', async () => {
  const [body = {}] = bodies
  const { prefetch, ...bare } = body
  const bundles = Object.values(prefetch as Json).filter(
    (value) => (value as Json)['resourceType'] === 'Bundle',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(aMutation, { minLength: 1, maxLength: 4 }),
      fc.nat(bundles.length - 1),
      fc.constantFrom(200, 200, 200, 201, 204, 304, 400, 500),
      async (mutations, at, status) => {
        fhir.behave((req, res) => {
          if ((req.url ?? '').includes('/Patient/')) quietServer(req, res)
          else {
            res.writeHead(status, { 'content-type': 'application/fhir+json' })
            res.end(
              status === 204 || status === 304 ? undefined : JSON.stringify(mutated(bundles[at], mutations)),
            )
          }
        })
        const [answered] = await sendBytes(
          Buffer.from(JSON.stringify({ ...bare, fhirServer: fhir.base })),
          {},
        )
        expect([200, 412]).toContain(answered)
      },
    ),
    { numRuns: Math.min(runs, rounds(100, 30)) },
  )
})

test('J12 SEC-010 thousands of broken tokens are refused and nothing else happens', async () => {
  const signer = await aSigner()
  const iss = 'https://ehr.hospital-a.org/'
  const settings = someSettings({
    auth: 'required',
    clients: [aClient({ iss, jwks: { keys: [signer.jwk] } })],
  })
  const egress = makeEgress({ mode: 'development' })
  const verify: VerifyToken = makeVerifyToken({
    settings,
    clock: () => now,
    ...(await makeTrust({ settings, egress, clock: () => now })),
  })
  const aud = `${settings.publicUrl}/cds-services/mastitis-patient-view`
  const good = await aToken(signer, { aud, iss, now })
  const [head = '', payload = '', signature = ''] = good.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Json
  const aBrokenToken = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.tuple(fc.json(), fc.json()).map(([one, two]) => `${part(one)}.${part(two)}.${signature}`),
    fc
      .tuple(fc.nat(good.length - 1), fc.constantFrom('A', '.', '=', ' ', '\u0000', '-'))
      .map(([at, mark]) => (good[at] === mark ? 'same' : good.slice(0, at) + mark + good.slice(at + 1))),
    fc.array(aMutation, { minLength: 1, maxLength: 3 }).map((mutations) => {
      const changed = mutated({ header, claims }, mutations) as { header?: unknown; claims?: unknown }
      return `${part(changed.header ?? null)}.${part(changed.claims ?? null)}.${signature}x`
    }),
  )
  let addresses = 0
  await fc.assert(
    fc.asyncProperty(aBrokenToken, async (token) => {
      const address = String((addresses += 1)) // one address has a budget of bad signatures
      const paths = ['/cds-services/mastitis-patient-view']
      await expect(verify(`Bearer ${token}`, paths, address)).rejects.toBeInstanceOf(AuthRefused)
    }),
    { numRuns: rounds(4_000, 1_000) },
  )

  expect((await verify(`Bearer ${good}`, ['/cds-services/mastitis-patient-view'], 'own')).client.iss).toBe(
    iss,
  )
})
