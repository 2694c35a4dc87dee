import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeEgress } from '../../src/gather/egress.js'
import { originRule } from '../../src/http/cors.js'
import { makeTrust } from '../../src/http/trust/make-trust.js'
import { aClient, ask, bodies, post, someSettings, start } from '../http/rig.js'
import type { Rig } from '../http/rig.js'
import { aSigner, aToken } from '../http/tokens.js'
import type { Signer } from '../http/tokens.js'

const [appA, appB] = ['https://app.a.org', 'https://app.b.org']
let rig: Rig
let signer: Signer
beforeAll(async () => {
  signer = await aSigner()
  const jwks = { keys: [signer.jwk as Record<string, unknown>] }
  const settings = someSettings({
    auth: 'required',
    clients: [
      aClient({ id: 'a', iss: 'a', jwks, corsOrigins: [appA] }),
      aClient({ id: 'b', iss: 'b', jwks, corsOrigins: [appB] }),
    ],
  })
  const clock = (): number => Date.now()
  const egress = makeEgress({ mode: 'development' })
  rig = await start({ settings, trust: await makeTrust({ settings, egress, clock }) })
})
afterAll(() => rig.close())

const paths = [
  '/cds-services',
  '/cds-services/mastitis-order-sign',
  '/cds-services/mastitis-order-sign/feedback',
]

test.each(paths)(
  'O1 O2 the preflight of %s is answered 2xx with the methods and headers a call needs',
  async (path) => {
    const { status, headers } = await ask(rig.base + path, {
      method: 'OPTIONS',
      headers: {
        origin: appA,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    })

    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(appA)
    expect(headers.get('access-control-allow-methods')).toMatch(/GET.*POST/)
    expect(headers.get('access-control-allow-headers')).toMatch(/Content-Type.*Authorization/)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('vary')).toContain('Origin')
  },
)

const view = '/cds-services/mastitis-patient-view'
const callAs = async (iss: string, origin: string, body: unknown): Promise<[number, string | null]> => {
  const token = await aToken(signer, { aud: `https://cds.example.org${view}`, iss, now: Date.now() })
  const { status, headers } = await post(rig.base + view, body, { origin, authorization: `Bearer ${token}` })
  return [status, headers.get('access-control-allow-origin')]
}

test('O2 SEC-070 once the client is known, its own origins alone are allowed', async () => {
  expect(await callAs('a', appA, bodies['patient-view']())).toEqual([200, appA])
  expect(await callAs('b', appA, bodies['patient-view']())).toEqual([200, null])
})

test('O3 errors carry the same CORS headers', async () => {
  expect(await callAs('a', appA, '{')).toEqual([400, appA])
  expect(await callAs('b', appA, '{')).toEqual([400, null])
  for (const path of [view, '/nothing', '/cds-services/nobody']) {
    const { headers } = await post(rig.base + path, '{', { origin: appB })

    expect(headers.get('access-control-allow-origin')).toBe(appB)
  }
})

test.each([
  'null',
  'https://evil.org',
  'https://app.a.org.evil.org',
  'https://x.app.a.org',
  'http://app.a.org',
  'https://app.a.org:444',
])('O3 SEC-070 the origin %s gets no CORS headers', async (origin) => {
  const { headers } = await ask(`${rig.base}/cds-services`, { headers: { origin } })

  expect(headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  ['http://localhost:3000', true],
  ['http://localhost:1', true],
  ['http://localhost', false],
  ['http://localhost:', false],
  ['http://localhost:3000.evil.org', false],
  ['http://localhost:3000@evil.org', false],
  ['https://localhost:3000', false],
])('SEC-070 with any port of localhost allowed, %s is allowed: %s', (origin, allowed) => {
  expect(originRule(['http://localhost:*'])(origin)).toBe(allowed)
})
