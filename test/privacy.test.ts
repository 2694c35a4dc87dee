import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { transports } from 'winston'
import { requestBody } from '../src/cli/evaluate.js'
import { readFixture, readOrders } from '../src/cli/fixture.js'
import { logCalls, makeLogger } from '../src/http/logger.js'
import { answer, startFhir } from './conformance/fhir-server.js'
import type { FhirStub } from './conformance/fhir-server.js'
import { aClient, auditIn, post } from './http/rig.js'
import { aSigner, aToken } from './http/tokens.js'
import type { Signer } from './http/tokens.js'
import { startWhole, storyTime } from './http/whole.js'
import type { Whole } from './http/whole.js'

/** In every field, header and FHIR answer; it may come back on a card, and nowhere else. */
const canary = 'Zzcanary-4711'

type Json = Record<string, unknown>
let open: Whole
let closed: Whole
let fhir: FhirStub
let signer: Signer
let written = ''
const folder = mkdtempSync(join(tmpdir(), 'privacy-'))
const issuer = 'https://ehr.example.org'

/** Everything the process writes: its log at debug level, and whatever else reaches the console. */
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    written += chunk.toString()
    done()
  },
})
const originals = {
  out: process.stdout.write.bind(process.stdout),
  error: process.stderr.write.bind(process.stderr),
}

beforeAll(async () => {
  const logger = makeLogger('debug')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its own transports so
  logger.clear().add(new transports.Stream({ stream: sink }))
  const note = logCalls(logger)
  fhir = await startFhir()
  signer = await aSigner()
  const client = aClient({ fhirServers: [fhir.base], deadlineMs: 800, requestTimeoutMs: 300 })
  const commentsKeyFile = join(folder, 'comments.pem')
  const { publicKey } = generateKeyPairSync('x25519')
  writeFileSync(commentsKeyFile, publicKey.export({ type: 'spki', format: 'pem' }))
  open = await startWhole({
    clients: [client],
    audit: { ...auditIn(folder), comments: true, commentsKeyFile },
  })
  closed = await startWhole({
    auth: 'required',
    clients: [{ ...client, iss: issuer, jwks: { keys: [signer.jwk] } }],
  })
  for (const { lines } of [open, closed])
    lines.push = (line) => {
      note(line)
      return 0
    }
  process.stdout.write = (chunk: string | Uint8Array) => (written += chunk.toString()) !== ''
  process.stderr.write = (chunk: string | Uint8Array) => (written += chunk.toString()) !== ''
})
afterAll(async () => {
  process.stdout.write = originals.out
  process.stderr.write = originals.error
  await Promise.all([closed.close(), fhir.close()])
  rmSync(folder, { recursive: true })
})

const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
const headers = {
  'x-request-id': canary,
  'user-agent': canary,
  referer: `https://${canary}.org`,
  cookie: canary,
  traceparent: canary,
  'x-forwarded-for': canary,
}

/** The request of a fixture with the marker in every text that is not a code, a date or an address. */
function marked(hook: 'patient-view' | 'order-sign', drafts: readonly string[] = []): Json {
  const body = requestBody({ fixture, hook, orders: readOrders('fhir-fixtures', drafts, fixture.patientId) })
  const text = JSON.stringify(body).replaceAll(
    /"(family|display|text|valueString|div)":"/g,
    `"$1":"${canary} `,
  )
  return { ...(JSON.parse(text) as Json), hookInstance: canary, extension: { 'org.x': { text: canary } } }
}
const markContext = (body: Json): Json => ({
  ...body,
  context: { ...(body['context'] as Json), userId: `Practitioner/${canary}`, encounterId: canary },
})

const view = '/cds-services/mastitis-patient-view'
const server = (path = ''): Json => ({
  fhirServer: fhir.base + path,
  fhirAuthorization: {
    access_token: canary,
    token_type: 'Bearer',
    scope: canary,
    subject: canary,
    expires_in: 60,
  },
})
const bare = (): Json => {
  const { prefetch: _none, ...rest } = markContext(marked('patient-view'))
  return { ...rest, context: { ...(rest['context'] as Json), patientId: canary }, ...server() }
}
const outcome = {
  resourceType: 'OperationOutcome',
  issue: [{ diagnostics: canary, details: { text: canary } }],
}

/** Calls that end in an error, by what is wrong with them. */
const faults: readonly (readonly [
  string,
  number,
  () => Promise<{ status: number; text: string; headers: Headers }>,
])[] = [
  ['no JSON', 400, () => post(open.base + view, `{"hook": ${canary}`, headers)],
  ['a bad field', 400, () => post(open.base + view, { ...bare(), hook: canary }, headers)],
  [
    'a bad id',
    400,
    () =>
      post(open.base + view, { ...bare(), context: { patientId: `${canary}/`, userId: canary } }, headers),
  ],
  ['a bad server', 400, () => post(open.base + view, { ...bare(), fhirServer: `ftp://${canary}` }, headers)],
  ['an unknown path', 404, () => post(`${open.base}/${canary}?x=${canary}`, {}, headers)],
  ['an unknown service', 404, () => post(`${open.base}/cds-services/${canary}`, {}, headers)],
  [
    'a foreign media type',
    415,
    () => post(open.base + view, canary, { ...headers, 'content-type': `text/${canary}` }),
  ],
  [
    'bad feedback',
    400,
    () => post(`${open.base}${view}/feedback`, { feedback: [{ card: canary, outcome: canary }] }, headers),
  ],
  ['no token', 401, () => post(closed.base + view, {}, headers)],
  [
    'a broken token',
    401,
    () => post(closed.base + view, {}, { ...headers, authorization: `Bearer ${canary}` }),
  ],
  [
    'a token of a stranger',
    401,
    async () =>
      post(
        closed.base + view,
        {},
        {
          ...headers,
          authorization: `Bearer ${await aToken(
            signer,
            { aud: canary, iss: canary, now: storyTime },
            {
              header: { kid: canary, jku: `https://${canary}.org` },
              claims: { tenant: canary, sub: canary, jti: canary },
            },
          )}`,
        },
      ),
  ],
  [
    'a token with a foreign kid',
    401,
    async () =>
      post(
        closed.base + view,
        {},
        {
          ...headers,
          authorization: `Bearer ${await aToken(
            signer,
            { aud: `https://cds.example.org${view}`, iss: issuer, now: storyTime },
            { header: { kid: canary }, claims: { jti: canary } },
          )}`,
        },
      ),
  ],
  [
    'a server that is not allowed',
    412,
    () => post(open.base + view, { ...bare(), fhirServer: `https://${canary}.example.org` }, headers),
  ],
  [
    'a server that refuses',
    412,
    () => {
      fhir.behave((_req, res) => answer(res, outcome, 403, { 'x-canary': canary }))
      return post(open.base + view, bare(), headers)
    },
  ],
  [
    'a server that fails in HTML',
    412,
    () => {
      fhir.behave(
        (_req, res) => void res.writeHead(500, { 'content-type': 'text/html' }).end(`<h1>${canary}</h1>`),
      )
      return post(open.base + view, bare(), headers)
    },
  ],
  [
    'a server that redirects',
    412,
    () => {
      fhir.behave((_req, res) => void res.writeHead(302, { location: `https://${canary}.org/` }).end())
      return post(open.base + view, bare(), headers)
    },
  ],
  [
    'a server that hangs',
    412,
    () => {
      fhir.behave(() => undefined)
      return post(open.base + view, bare(), headers)
    },
  ],
]

test.each(faults)(
  'SEC-080 SEC-029 SEC-066 E3 %s: neither answer nor headers repeat what was sent',
  async (_, status, call) => {
    const answered = await call()

    expect(answered.status).toBe(status)
    expect(answered.text).not.toContain(canary)
    expect(JSON.stringify([...answered.headers])).not.toContain(canary)
  },
)

test('SEC-080 SEC-082 SEC-029 calls that succeed leave no marker in the log, at debug level too', async () => {
  const cards = await post(open.base + view, markContext(marked('patient-view')), headers)
  const order = await post(
    `${open.base}/cds-services/mastitis-order-sign`,
    markContext(marked('order-sign', ['cabergoline'])),
    headers,
  )
  const item = {
    card: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    outcome: 'overridden',
    outcomeTimestamp: '2026-03-03T09:00:00Z',
    overrideReason: { reason: { code: canary, display: canary }, userComment: canary },
  }
  const feedback = await post(`${open.base}${view}/feedback`, { feedback: [item] }, headers)

  expect([cards.status, order.status, feedback.status]).toEqual([200, 200, 200])
  expect((cards.body as { cards: unknown[] }).cards.length).toBeGreaterThan(0)
  expect(written).toContain('"status":200')
  expect(written).toContain('"authReason"')
  expect(written).not.toContain(canary)
  expect(written).not.toContain(fixture.patientId)
})

test('SEC-061 no headline holds text of the chart', async () => {
  const views = await post(open.base + view, marked('patient-view'))
  const orders = await post(
    `${open.base}/cds-services/mastitis-order-sign`,
    marked('order-sign', ['cabergoline', 'tmp-smx']),
  )
  const cards = [views, orders].flatMap(({ body }) => (body as { cards: { summary: string }[] }).cards)

  expect(cards.length).toBeGreaterThan(2)
  for (const { summary } of cards) expect(summary).not.toContain(canary)
})

test('SEC-081 a log line is one line of JSON, whatever is in it', () => {
  const before = written.length
  const logger = makeLogger('info')
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its own transports so
  logger.clear().add(new transports.Stream({ stream: sink }))
  logCalls(logger)({
    traceId: 'b'.repeat(32),
    requestId: 'x\r\n{"level":"error"}\u001b[31m\u2028',
    route: '/x',
    method: 'POST',
    status: 200,
    ms: 1,
    ...({ smuggled: canary } as object),
  })
  const lines = written.slice(before).split('\n').filter(Boolean)

  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'call', route: '/x' })
  expect(lines[0]).not.toMatch(/[\u0000-\u001f]/)
  expect(lines[0]).not.toContain(canary)
})

test('SEC-080 AUD-003 AUD-022 the stored records hold neither marker nor patient id, with comments kept', async () => {
  await open.close()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  const stored = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'latin1'))

  expect(stored.join('').length).toBeGreaterThan(10_000)
  expect(stored.some((text) => text.includes('commentCommitment'))).toBe(true)
  expect(stored.some((text) => text.includes(canary))).toBe(false)
  expect(stored.some((text) => text.includes(fixture.patientId))).toBe(false)
})
