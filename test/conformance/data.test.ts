import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture } from '../../src/cli/fixture.js'
import { requiredCategories } from '../../src/assess/missing.js'
import { aClient, codeOf, post } from '../http/rig.js'
import type { Answer } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import type { Whole } from '../http/whole.js'
import { answer, emptyBundle, quietServer, startFhir } from './fhir-server.js'
import type { FhirStub } from './fhir-server.js'

type Json = Record<string, unknown>
const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
const told = (): Json => requestBody({ fixture, hook: 'patient-view', orders: [] })

let whole: Whole
let fhir: FhirStub
let foreign: FhirStub
beforeAll(async () => {
  ;[fhir, foreign] = await Promise.all([startFhir(), startFhir()])
  const client = aClient({ fhirServers: [fhir.base], deadlineMs: 800, requestTimeoutMs: 500 })
  whole = await startWhole({ clients: [client] }, () => fixture.at)
})
afterAll(() => Promise.all([whole.close(), fhir.close(), foreign.close()]))

const ask = (body: unknown): Promise<Answer> => post(`${whole.base}/cds-services/mastitis-patient-view`, body)
const withPrefetch = (change: Json): Json => ({
  ...told(),
  prefetch: { ...(told()['prefetch'] as Json), ...change },
})
const withoutKey = (key: string): Json => {
  const { [key]: _left, ...rest } = told()['prefetch'] as Json
  return { ...told(), prefetch: rest }
}
const cardCount = ({ body }: Answer): number => (body as { cards: unknown[] }).cards.length
const text = ({ body }: Answer): string => JSON.stringify(body)
const withServer = (change: Json = {}): Json => {
  const { prefetch: _none, ...bare } = told()
  return { ...bare, fhirServer: fhir.base, ...change }
}
const token = (change: Json = {}): Json => ({
  fhirAuthorization: {
    access_token: 'secret-token',
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'patient/*.rs',
    subject: 'cds',
    ...change,
  },
})

test('R2 with complete prefetch an answer waits for no FHIR server: one that hangs changes nothing', async () => {
  fhir.behave(() => undefined)
  const answered = await ask({ ...told(), fhirServer: fhir.base, ...token() })

  expect(cardCount(answered)).toBe(cardCount(await ask(told())))
  expect(cardCount(answered)).toBeGreaterThan(0)
})

test('P10 the service works by prefetch alone, without any request to a FHIR server', async () => {
  fhir.behave(quietServer)
  const answered = await ask({ ...told(), fhirServer: fhir.base })

  expect(cardCount(answered)).toBeGreaterThan(0)
  expect(fhir.seen).toEqual([])
})

test('P10 F4 the service works by an open FHIR server alone, and sends it no Authorization header', async () => {
  fhir.behave(quietServer)
  const answered = await ask(withServer())

  expect([answered.status, answered.body]).toEqual([200, { cards: [] }])
  expect(fhir.seen.length).toBeGreaterThan(10)
  expect(new Set(fhir.seen.map(({ authorization }) => authorization))).toEqual(new Set([undefined]))
})

test.each([...requiredCategories])(
  'P5 P8 E2 without %s, and without a server, a call that has nothing to say is 412 and names it',
  async (key) => {
    const healthy = readFixture('fhir-fixtures', 'healthy-lactating', 0)
    const body = requestBody({ fixture: healthy, hook: 'patient-view', orders: [] })
    const { [key]: _left, ...rest } = body['prefetch'] as Json
    const answered = await ask({ ...body, prefetch: rest })

    expect([answered.status, codeOf(answered)]).toEqual([412, 'DATA_UNAVAILABLE'])
    expect(text(answered)).toContain(key)
  },
)

test('P8 without any data a call is 412, never 200 without cards', async () => {
  const { prefetch: _none, ...bare } = told()

  expect((await ask(bare)).status).toBe(412)
  expect((await ask({ ...bare, prefetch: {} })).status).toBe(412)
})

test.each([
  ['null', null],
  ['an empty Bundle', { resourceType: 'Bundle', type: 'searchset', entry: [] }],
  ['a Bundle without entries', { resourceType: 'Bundle', type: 'searchset' }],
])('P5 a key that is %s is satisfied and empty, and is not asked for again', async (_, value) => {
  fhir.behave(quietServer)
  const answered = await ask({ ...withPrefetch({ conditions: value }), fhirServer: fhir.base })

  expect(answered.status).toBe(200)
  expect(fhir.seen).toEqual([])
})

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }
test.each([
  ['an OperationOutcome', outcome],
  ['a Bundle of an OperationOutcome alone', { resourceType: 'Bundle', entry: [{ resource: outcome }] }],
  ['an HTML page', '<html>error</html>'],
  ['a number', 5],
])('P5 SEC-050 a required key that is %s is unavailable, not empty', async (_, value) => {
  const healthy = readFixture('fhir-fixtures', 'healthy-lactating', 0)
  const body = requestBody({ fixture: healthy, hook: 'patient-view', orders: [] })

  expect(
    (await ask({ ...body, prefetch: { ...(body['prefetch'] as Json), conditions: value } })).status,
  ).toBe(412)
})

test('P5 SEC-108 data that support a card still give it when another key failed, and the card names what was not read', async () => {
  const answered = await ask(withPrefetch({ laboratory: outcome }))

  expect(answered.status).toBe(200)
  expect(cardCount(answered)).toBeGreaterThan(0)
  expect(text(answered)).toMatch(/[Ll]aboratory[^"]{0,80}could not be read/)
})

test('P7 a prefetched Bundle with further pages and no server to read them from is not whole', async () => {
  const healthy = readFixture('fhir-fixtures', 'healthy-lactating', 0)
  const body = requestBody({ fixture: healthy, hook: 'patient-view', orders: [] })
  const prefetch = body['prefetch'] as Json
  const more = {
    ...(prefetch['conditions'] as Json),
    link: [{ relation: 'next', url: 'https://f.org/r4?page=2' }],
  }

  expect((await ask({ ...body, prefetch: { ...prefetch, conditions: more } })).status).toBe(412)
})

const refuses: RequestListener = (req, res) =>
  /\/Condition\?/.test(req.url ?? '') ? answer(res, outcome, 403) : quietServer(req, res)
const otherPatients = { resourceType: 'Condition', id: 'c', subject: { reference: 'Patient/other' } }
const older = { resourceType: 'Condition', id: 'c', patient: { reference: 'Patient/healthy-lactating' } }

test.each([
  ['not supplied', undefined, () => ({}), 'not-supplied', 'no FHIR server to ask'],
  ['of another patient', otherPatients, () => ({}), 'wrong-patient', 'another patient'],
  ['of another version of FHIR', older, () => ({}), 'other-version', 'another version of FHIR'],
  ['failed at the client', outcome, () => ({}), 'client-failed', 'an OperationOutcome'],
  [
    'partial',
    { ...emptyBundle, link: [{ relation: 'next', url: 'https://f.org/r4?page=2' }] },
    () => ({}),
    'truncated',
    'only a part came',
  ],
  [
    'at a server that is not listed',
    undefined,
    () => ({ fhirServer: foreign.base, ...token() }),
    'not-allowed',
    'not in the allow-list',
  ],
  [
    'at a server that refuses',
    undefined,
    () => ({ fhirServer: fhir.base, ...token() }),
    'refused',
    'the scopes of the token refused',
  ],
  [
    'at a server that refuses an empty token',
    undefined,
    () => ({ fhirServer: fhir.base, ...token({ access_token: '' }) }),
    'no-token',
    'no access token',
  ],
])(
  'E2 P8 data that are %s: the 412 says so of the key, in its diagnostics and in the log, without an address',
  async (_, value, change, why, says) => {
    fhir.behave(refuses)
    const healthy = readFixture('fhir-fixtures', 'healthy-lactating', 0)
    const body = requestBody({ fixture: healthy, hook: 'patient-view', orders: [] })
    const { conditions: _left, ...rest } = body['prefetch'] as Json
    const prefetch = { ...rest, ...(value !== undefined && { conditions: value }) }
    const answered = await ask({ ...body, ...change(), prefetch })
    const [issue] = (answered.body as { issue: { diagnostics: string }[] }).issue

    expect(answered.status).toBe(412)
    expect(issue?.diagnostics).toMatch(new RegExp(`^Prefetch keys: conditions \\([^)]*${says}`))
    expect(whole.lines.at(-1)?.unread).toBe(`conditions:${why}`)
    expect(issue?.diagnostics).not.toMatch(/127\.0\.0\.1|healthy-lactating|f\.org/)
  },
)

test('P9 unknown keys, odd shapes and a hostile key do no harm', async () => {
  const body = JSON.stringify(
    withPrefetch({ foreign: { resourceType: 'Bundle' }, item1: 7, item2: [[]] }),
  ).replace('"foreign"', '"__proto__":{"resourceType":"Patient"},"foreign"')

  expect(cardCount(await ask(body))).toBe(cardCount(await ask(told())))
})

test('P9 SEC-047 the record of another Patient is no record of hers', async () => {
  const answered = await ask(
    withPrefetch({ patient: { resourceType: 'Patient', id: 'someone-else', gender: 'female' } }),
  )

  expect(answered.status === 412 || cardCount(answered) === 0).toBe(true)
})

test('F1 F2 each request carries the token, asks for FHIR JSON, only reads, and stays below the base', async () => {
  fhir.behave(quietServer)
  const answered = await ask(withServer({ fhirServer: `${fhir.base}/`, ...token() }))

  expect(answered.status).toBe(200)
  for (const { method, url, authorization, accept } of fhir.seen) {
    expect(method === 'GET' || (method === 'POST' && url.endsWith('/_search'))).toBe(true)
    expect(url).toMatch(/^\/r4\/[A-Z]/)
    expect(authorization).toBe('Bearer secret-token')
    expect(accept).toContain('application/fhir+json')
  }
})

test('F3 the token is in no answer and no log line', async () => {
  fhir.behave((_req, res) => answer(res, outcome, 403))
  const answered = await ask(withServer(token()))

  expect(answered.status).toBe(412)
  expect(answered.text + JSON.stringify(whole.lines)).not.toContain('secret-token')
})

test('F4 F5 with an empty access_token an open server is asked without an Authorization header', async () => {
  fhir.behave(quietServer)
  const answered = await ask(withServer(token({ access_token: '' })))

  expect(answered.status).toBe(200)
  expect(fhir.seen.length).toBeGreaterThan(0)
  expect(fhir.seen.filter(({ authorization }) => authorization !== undefined)).toEqual([])
})

test('F6 next links are followed below the base, and never elsewhere', async () => {
  const paged =
    (next: string): RequestListener =>
    (req, res) => {
      if (/\/Condition\?/.test(req.url ?? '') && !/page=2/.test(req.url ?? ''))
        answer(res, { ...emptyBundle, link: [{ relation: 'next', url: next }] })
      else quietServer(req, res)
    }
  fhir.behave(paged(`${fhir.base}/Condition?page=2`))
  expect((await ask(withServer(token()))).status).toBe(200)
  expect(fhir.seen.filter(({ url }) => url.includes('page=2'))).toHaveLength(1)

  foreign.behave(quietServer)
  fhir.behave(paged(`${foreign.base}/Condition?page=2`))
  expect((await ask(withServer(token()))).status).toBe(412)
  expect(foreign.seen).toEqual([])
})

test('F7 SEC-022 a redirect is not followed, and the token goes nowhere else', async () => {
  foreign.behave(quietServer)
  fhir.behave((_req, res) => res.writeHead(302, { location: `${foreign.base}/Patient/x` }).end())

  expect((await ask(withServer(token()))).status).toBe(412)
  expect(foreign.seen).toEqual([])
})

test('F8 SEC-020 a server that is not on the list of the client gets no packet', async () => {
  foreign.behave(quietServer)

  expect((await ask(withServer({ fhirServer: foreign.base, ...token() }))).status).toBe(412)
  expect((await ask({ ...told(), fhirServer: foreign.base, ...token() })).status).toBe(200)
  expect(foreign.seen).toEqual([])
})

test.each<[string, RequestListener]>([
  ['hangs', () => undefined],
  ['drips', (_req, res) => void res.writeHead(200, { 'content-type': 'application/fhir+json' }).write('{')],
  [
    'pages without end',
    (req, res) =>
      /\/Patient\//.test(req.url ?? '')
        ? quietServer(req, res)
        : answer(res, {
            ...emptyBundle,
            link: [{ relation: 'next', url: `${fhir.base}/Condition?page=${Math.random()}` }],
          }),
  ],
])('F9 SEC-100 when the server %s it is given up, and the answer is 412', async (_, behave) => {
  fhir.behave(behave)

  expect((await ask(withServer())).status).toBe(412)
})

const failing =
  (listener: RequestListener): RequestListener =>
  (req, res) =>
    /\/Condition\?/.test(req.url ?? '') ? listener(req, res) : quietServer(req, res)
test.each<[string, RequestListener]>([
  ['401', (_req, res) => answer(res, outcome, 401)],
  ['403', (_req, res) => answer(res, outcome, 403)],
  ['404', (_req, res) => answer(res, outcome, 404)],
  ['429', (_req, res) => answer(res, outcome, 429, { 'retry-after': '60' })],
  ['500', (_req, res) => answer(res, outcome, 500)],
  [
    'broken JSON',
    (_req, res) => void res.writeHead(200, { 'content-type': 'application/fhir+json' }).end('{"re'),
  ],
  ['HTML', (_req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')],
  ['another resource type', (_req, res) => answer(res, { resourceType: 'Patient', id: 'x' })],
  ['a hang-up', (req) => void req.socket.destroy()],
])('F10 a required search that ends in %s makes the call 412', async (_, behave) => {
  fhir.behave(failing(behave))

  expect((await ask(withServer())).status).toBe(412)
})

test('F10 an optional search that fails leaves the call 200', async () => {
  fhir.behave((req, res) =>
    /\/(Encounter|Procedure|AllergyIntolerance)\?/.test(req.url ?? '')
      ? answer(res, outcome, 500)
      : quietServer(req, res),
  )

  expect((await ask(withServer())).status).toBe(200)
})

test('F11 an answer over 5 MiB is not read', async () => {
  fhir.behave(failing((_req, res) => answer(res, { ...emptyBundle, pad: 'x'.repeat(6_000_000) })))

  expect((await ask(withServer())).status).toBe(412)
})

test('E1 412 says that data are missing, never that the request is wrong', async () => {
  const { prefetch: _none, ...bare } = told()
  const missing = await ask(bare)
  const wrong = await ask({ ...bare, context: {} })

  expect([missing.status, wrong.status]).toEqual([412, 400])
  expect((missing.body as { issue: { code: string }[] }).issue[0]?.code).toBe('incomplete')
})

test('P5 a key that is absent is asked for at the server', async () => {
  fhir.behave(quietServer)
  const answered = await ask({ ...withoutKey('conditions'), fhirServer: fhir.base })

  expect(answered.status).toBe(200)
  expect(fhir.seen.map(({ url }) => url.split('?')[0])).toEqual(['/r4/Condition'])
})
