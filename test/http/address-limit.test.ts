import { expect, test } from '@jest/globals'
import { addressKey } from '../../src/http/address-key.js'
import type { Settings } from '../../src/config/settings.js'
import { aClient, ask, bodies, codeOf, post, someSettings, start } from './rig.js'
import type { Answer, Rig } from './rig.js'
import { aSigner, aToken } from './tokens.js'
import { startWhole } from './whole.js'
import { makeTrust } from '../../src/http/trust/make-trust.js'
import { makeEgress } from '../../src/gather/egress.js'

const limited = (perAddressPerMinute: number, change: Partial<Settings> = {}): Settings => {
  const settings = someSettings(change)
  return { ...settings, limits: { ...settings.limits, perAddressPerMinute } }
}

test.each(['/cds-services', '/openapi.json', '/nothing', '/health/nothing', '/cds-services/nothing'])(
  'SEC-102 %s: an address gets responses up to its limit per minute, then 429',
  async (path) => {
    const rig = await start({ settings: limited(2) })
    try {
      const answers = [await ask(rig.base + path), await ask(rig.base + path), await ask(rig.base + path)]

      expect(answers.map(({ status }) => status === 429)).toEqual([false, false, true])
      expect(answers[2] && codeOf(answers[2])).toBe('LIMIT_RATE')
      expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
    } finally {
      await rig.close()
    }
  },
)

test('SEC-102 health checks are neither counted nor refused', async () => {
  const rig = await start({ settings: limited(1) })
  try {
    for (let at = 0; at < 3; at++) expect((await ask(`${rig.base}/health/ready`)).status).toBe(200)
    expect((await ask(`${rig.base}/cds-services`)).status).toBe(200)
    expect((await ask(`${rig.base}/cds-services`)).status).toBe(429)
    expect((await ask(`${rig.base}/health/live`)).status).toBe(200)
  } finally {
    await rig.close()
  }
})

const path = '/cds-services/mastitis-patient-view'

/** A service that asks for tokens, and calls of it with and without a good one. */
async function withTokens(
  perMinute: number,
  work: (rig: Rig, call: (good: boolean) => Promise<Answer>) => Promise<void>,
) {
  const signer = await aSigner()
  const clients = [aClient({ jwks: { keys: [signer.jwk] } })]
  const settings = limited(perMinute, { auth: 'required', clients })
  const clock = (): number => Date.now()
  const trust = await makeTrust({ settings, egress: makeEgress(settings), clock })
  const rig = await start({ settings, trust, clock })
  const call = async (good: boolean): Promise<Answer> => {
    const aud = `https://cds.example.org${good ? path : '/elsewhere'}`
    const token = await aToken(signer, { aud, iss: clients[0]?.iss ?? '', now: clock() })
    return post(rig.base + path, bodies['patient-view'](), { authorization: `Bearer ${token}` })
  }
  try {
    await work(rig, call)
  } finally {
    await rig.close()
  }
}

test('SEC-102 requests with a valid token do not count for their address', () =>
  withTokens(2, async (rig, call) => {
    for (let at = 0; at < 5; at++) expect((await call(true)).status).toBe(200)

    expect((await ask(`${rig.base}/openapi.json`)).status).toBe(200)
    expect((await ask(`${rig.base}/openapi.json`)).status).toBe(200)
    expect((await ask(`${rig.base}/openapi.json`)).status).toBe(429)
  }))

test('SEC-102 requests with a bad token count, and a valid token still passes when its address is over the limit', () =>
  withTokens(2, async (rig, call) => {
    expect([(await call(false)).status, (await call(false)).status]).toEqual([401, 401])
    expect((await call(false)).status).toBe(429)
    expect((await ask(`${rig.base}/openapi.json`)).status).toBe(429)
    expect((await post(rig.base + path, bodies['patient-view']())).status).toBe(429)
    expect((await ask(`${rig.base}/openapi.json`, { headers: { authorization: 'Bearer x' } })).status).toBe(
      429,
    )
    expect((await call(true)).status).toBe(200)
  }))

test('SEC-102 over the limit a request with an invalid token gets 429 on every path, and the log names the reason', () =>
  withTokens(1, async (rig) => {
    const authorization = 'Bearer x'
    expect((await ask(`${rig.base}/cds-services`)).status).toBe(200)
    const known = await post(rig.base + path, bodies['patient-view'](), { authorization })
    const unknown = await post(`${rig.base}/cds-services/nothing`, {}, { authorization })

    expect([known.status, unknown.status]).toEqual([429, 429])
    expect(rig.lines.find(({ authReason }) => authReason === 'token-malformed')?.code).toBe('LIMIT_RATE')
  }))

test.each(['/cds-services', '/cds-services/'])(
  'SEC-102 over the limit a token gives no access to %s, which requires none',
  (open) =>
    withTokens(1, async (rig) => {
      const headers = { authorization: 'Bearer x' }
      expect((await ask(rig.base + open, { headers })).status).toBe(200)
      expect((await ask(rig.base + open, { headers })).status).toBe(429)
    }),
)

test('SEC-102 a reload keeps the request counts of addresses', async () => {
  const { limits } = limited(1)
  const whole = await startWhole({ limits })
  try {
    expect((await ask(`${whole.base}/cds-services`)).status).toBe(200)
    expect((await ask(`${whole.base}/cds-services`)).status).toBe(429)
    await whole.service.reload(someSettings({ limits }))

    expect((await ask(`${whole.base}/cds-services`)).status).toBe(429)
  } finally {
    await whole.close()
  }
})

test('SEC-102 behind a proxy each forwarded address has its own count; without a proxy the header is ignored', async () => {
  const from = (rig: Rig, address: string) =>
    ask(`${rig.base}/openapi.json`, { headers: { 'x-forwarded-for': address } })
  const behind = await start({ settings: limited(1, { trustProxyHops: 1 }) })
  const direct = await start({ settings: limited(1) })
  try {
    expect((await from(behind, '192.0.2.1')).status).toBe(200)
    expect((await from(behind, '192.0.2.2')).status).toBe(200)
    expect((await from(behind, '192.0.2.1')).status).toBe(429)
    expect((await from(direct, '192.0.2.1')).status).toBe(200)
    expect((await from(direct, '192.0.2.2')).status).toBe(429)
  } finally {
    await behind.close()
    await direct.close()
  }
})

test.each([
  ['an IPv4 address', '192.0.2.1', '192.0.2.2', false],
  ['an IPv4 address mapped into IPv6', '::ffff:192.0.2.1', '192.0.2.1', true],
  ['two addresses of one /64', '2001:db8::1', '2001:db8::ffff:1', true],
  ['addresses of neighbouring /64 networks', '2001:db8::1', '2001:db8:0:1::1', false],
  ['sockets that are gone', undefined, undefined, true],
])('SEC-102 %s: share a count, or do not', (_, one, other, together) => {
  expect(addressKey(one) === addressKey(other)).toBe(together)
})
