import { createHmac, randomUUID } from 'node:crypto'
import { exportSPKI, importJWK } from 'jose'
import type { CryptoKey } from 'jose'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeEgress } from '../../src/gather/egress.js'
import { makeTrust } from '../../src/http/trust/make-trust.js'
import { aClient, ask, bodies, post, someSettings, start } from '../http/rig.js'
import type { Answer, Rig } from '../http/rig.js'
import { aSigner, aToken, part } from '../http/tokens.js'
import type { Signer, TokenChange } from '../http/tokens.js'

const publicUrl = 'https://cds.example.org'
const serviceUrl = `${publicUrl}/cds-services/mastitis-patient-view`
const issA = 'https://ehr.hospital-a.org/'
const issB = 'https://ehr.hospital-b.org'
const jkuB = 'https://ehr.hospital-b.org/keys'
let now = Date.parse('2026-03-03T09:00:00Z')

let rig: Rig
let fetches = 0
let es384: Signer, rs384: Signer, es256: Signer, stranger: Signer, weak: Signer
beforeAll(async () => {
  ;[es384, rs384, es256, stranger, weak] = await Promise.all([
    aSigner('ES384', 'a+b/c='),
    aSigner('RS384'),
    aSigner('ES256'),
    aSigner('ES384', 'a+b/c='),
    aSigner('ES384', 'twice'),
  ])
  const keys = [
    es384.jwk,
    rs384.jwk,
    es256.jwk,
    weak.jwk,
    weak.jwk,
    { ...es384.jwk, kid: 'for-encryption', use: 'enc' },
    { ...es384.jwk, kid: 'says-rs384', alg: 'RS384' },
    { kty: 'oct', kid: 'secret', k: 'c2VjcmV0' },
  ] as unknown as Record<string, unknown>[]
  const settings = someSettings({
    auth: 'required',
    clients: [
      aClient({ id: 'a', iss: issA, jwks: { keys } }),
      aClient({
        id: 'b',
        iss: issB,
        jwks: jkuB,
        algorithms: ['ES384', 'ES256'],
        audiences: ['sand_man'],
        tenants: ['t-1'],
        subjects: ['app-1'],
        maxTokenLifetimeMs: 86_400_000,
      }),
    ],
  })
  const clock = (): number => now
  const egress = makeEgress({ mode: 'development' })
  egress.fetch = () => {
    fetches += 1
    return Promise.resolve(new Response(JSON.stringify({ keys: [es384.jwk, es256.jwk] })))
  }
  rig = await start({ settings, clock, trust: await makeTrust({ settings, egress, clock }) })
})
afterAll(() => rig.close())

type Change = TokenChange & { signer?: () => Signer; aud?: string; iss?: string }
const token = ({
  signer = () => es384,
  aud = serviceUrl,
  iss = issA,
  ...change
}: Change = {}): Promise<string> => aToken(signer(), { aud, iss, now }, change)

const callWith = (
  authorization: string | undefined,
  path = '/cds-services/mastitis-patient-view',
): Promise<Answer> =>
  post(rig.base + path, bodies['patient-view'](), authorization === undefined ? {} : { authorization })
const call = async (change: Change = {}, path?: string): Promise<Answer> =>
  callWith(`Bearer ${await token(change)}`, path)
const reason = (): string | undefined => rig.lines.at(-1)?.authReason
const seconds = (): number => Math.floor(now / 1_000)

test('J1 J2 SEC-001 a valid ES384 and a valid RS384 token are answered 200, and the log names the client', async () => {
  expect((await call()).status).toBe(200)
  expect((await call({ signer: () => rs384 })).status).toBe(200)
  expect(rig.lines.at(-1)?.client).toBe('a')
})

test.each([
  ['no header', undefined, 'no-token'],
  ['an empty header', '', 'no-token'],
  ['Basic', 'Basic YTpi', 'not-bearer'],
  ['Bearer alone', 'Bearer ', 'not-bearer'],
  ['a word', 'Bearer x', 'token-malformed'],
  ['three words', 'Bearer a.b.c', 'token-malformed'],
  ['a token over 8 KiB', `Bearer ${'a'.repeat(8_200)}`, 'token-too-large'],
])('J2 SEC-001 SEC-010 %s is 401', async (_, header, why) => {
  const { status } = await callWith(header)

  expect([status, reason()]).toEqual([401, why])
})

test('J2 a token in the query or the body counts for nothing', async () => {
  const good = await token()
  const inQuery = await callWith(undefined, `/cds-services/mastitis-patient-view?access_token=${good}`)
  const inBody = await post(`${rig.base}/cds-services/mastitis-patient-view`, {
    ...bodies['patient-view'](),
    authorization: `Bearer ${good}`,
  })

  expect([inQuery.status, inBody.status]).toEqual([401, 401])
})

test.each([
  ['J3 no typ', { header: { typ: undefined } }, 'typ-not-jwt'],
  ['J3 another typ', { header: { typ: 'at+jwt' } }, 'typ-not-jwt'],
  ['J3 no kid', { header: { kid: undefined } }, 'kid-missing'],
  ['J3 an empty kid', { header: { kid: '' } }, 'kid-missing'],
  ['J4 no iss', { claims: { iss: undefined } }, 'claim-missing'],
  ['J4 a number as iss', { claims: { iss: 5 } }, 'claim-missing'],
  ['J4 no aud', { claims: { aud: undefined } }, 'claim-missing'],
  ['J4 an empty list as aud', { claims: { aud: [] } }, 'claim-missing'],
  ['J4 a list with a number as aud', { claims: { aud: [serviceUrl, 1] } }, 'claim-missing'],
  ['J4 no exp', { claims: { exp: undefined } }, 'claim-missing'],
  ['J7 SEC-007 a text as exp', { claims: { exp: '9999999999' } }, 'claim-missing'],
  ['J4 no iat', { claims: { iat: undefined } }, 'claim-missing'],
  ['J7 a text as nbf', { claims: { nbf: 'soon' } }, 'claim-missing'],
  ['J8 no jti', { claims: { jti: undefined } }, 'claim-missing'],
  ['J8 an empty jti', { claims: { jti: '' } }, 'claim-missing'],
  ['J9 SEC-003 an unknown iss', { iss: 'https://evil.org' }, 'iss-unknown'],
  ['J9 SEC-003 iss without its slash', { iss: 'https://ehr.hospital-a.org' }, 'iss-unknown'],
  ['J9 SEC-003 iss in capitals', { iss: 'https://EHR.hospital-a.org/' }, 'iss-unknown'],
  ['J9 SEC-003 iss with a suffix', { iss: 'https://ehr.hospital-a.org/x' }, 'iss-unknown'],
  ['J6 SEC-006 another service as aud', { aud: 'https://other.example.org/cds-services/x' }, 'aud-refused'],
  [
    'J6 SEC-006 a sibling endpoint as aud',
    { aud: `${publicUrl}/cds-services/mastitis-order-sign` },
    'aud-refused',
  ],
  ['J6 aud with http', { aud: serviceUrl.replace('https', 'http') }, 'aud-refused'],
  ['J6 aud with a port', { aud: serviceUrl.replace('.org', '.org:443') }, 'aud-refused'],
  ['J6 the base as aud', { aud: publicUrl }, 'aud-refused'],
  ['J6 the literal of another client as aud', { aud: 'sand_man' }, 'aud-refused'],
  ['J5 an algorithm not allowed for this client', { signer: () => es256 }, 'alg-not-allowed'],
  ['J10 an unknown kid', { header: { kid: 'nobody' } }, 'kid-unknown'],
  ['J10 a kid that stands twice in the set', { signer: () => weak }, 'kid-ambiguous'],
  ['J5 SEC-011 an encryption key', { header: { kid: 'for-encryption' } }, 'kid-unknown'],
  ['J5 SEC-002 a key made for another algorithm', { header: { kid: 'says-rs384' } }, 'key-unfit'],
  ['J10 a foreign key under a known kid', { signer: () => stranger }, 'signature-bad'],
] as [string, Change, string][])('%s is 401', async (_, change, why) => {
  const { status } = await call(change)

  expect([status, reason()]).toEqual([401, why])
})

test.each([
  ['none', 'none'],
  ['None', 'None'],
  ['NONE', 'NONE'],
  ['nOnE', 'nOnE'],
])('J5 SEC-002 alg %s is 401', async (_, alg) => {
  const claims = { iss: issA, aud: serviceUrl, exp: seconds() + 300, iat: seconds(), jti: randomUUID() }
  const { status } = await callWith(`Bearer ${part({ alg, typ: 'JWT', kid: es384.kid })}.${part(claims)}.`)
  const signed = await callWith(`Bearer ${part({ alg, typ: 'JWT', kid: es384.kid })}.${part(claims)}.AAAA`)

  expect([status, signed.status, reason()]).toEqual([401, 401, 'alg-not-allowed'])
})

test('J5 SEC-002 HS256 signed with the public key as secret is 401', async () => {
  const pem = await exportSPKI((await importJWK(es384.jwk, 'ES384', { extractable: true })) as CryptoKey)
  const claims = { iss: issA, aud: serviceUrl, exp: seconds() + 300, iat: seconds(), jti: randomUUID() }
  for (const alg of ['HS256', 'HS384', 'HS512']) {
    const head = `${part({ alg, typ: 'JWT', kid: es384.kid })}.${part(claims)}`
    const signature = createHmac(alg.replace('HS', 'sha'), pem).update(head).digest('base64url')

    expect((await callWith(`Bearer ${head}.${signature}`)).status).toBe(401)
    expect(reason()).toBe('alg-not-allowed')
  }
})

test('J5 SEC-002 an RS384 header over an EC key is 401', async () => {
  const good = await token()
  const [, payload = '', signature = ''] = good.split('.')
  const { status } = await callWith(
    `Bearer ${part({ alg: 'RS384', typ: 'JWT', kid: es384.kid })}.${payload}.${signature}`,
  )

  expect([status, reason()]).toEqual([401, 'key-unfit'])
})

test('J5 SEC-002 a changed payload is 401', async () => {
  const [head = '', payload = '', signature = ''] = (await token()).split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const { status } = await callWith(`Bearer ${head}.${part({ ...claims, jti: 'other' })}.${signature}`)

  expect([status, reason()]).toEqual([401, 'signature-bad'])
})

test('J9 SEC-004 embedded keys are ignored, crit is refused', async () => {
  const own = await call({ signer: () => stranger, header: { jwk: stranger.jwk, x5u: 'https://evil.org' } })

  expect([own.status, reason()]).toEqual([401, 'signature-bad'])
  expect((await call({ header: { x5c: ['MIIB'], jwk: stranger.jwk } })).status).toBe(200)

  const claims = part({ iss: issA, aud: serviceUrl, exp: seconds() + 300, iat: seconds(), jti: randomUUID() })
  const head = part({ alg: 'ES384', typ: 'JWT', kid: es384.kid, crit: ['b64'], b64: false })
  const critical = await callWith(`Bearer ${head}.${claims}.AAAA`)

  expect([critical.status, reason()]).toEqual([401, 'crit-unknown'])
})

test.each([
  ['a jku', 'https://launch.smarthealthit.example/keys'],
  ['a jku of somebody else', 'https://evil.org/keys'],
  ['a jku that is no text', {}],
])('J9 SEC-004 where keys are registered by hand, %s is neither fetched nor refused', async (_, jku) => {
  const asked = fetches
  expect((await call({ header: { jku } })).status).toBe(200)
  expect((await call({ signer: () => stranger, header: { jku } })).status).toBe(401)

  expect(reason()).toBe('signature-bad')
  expect(fetches).toBe(asked)
})

test('J4 further claims do no harm, and aud may be a list that holds the URL', async () => {
  const answer = await call({
    claims: { aud: ['https://x.org', serviceUrl], nbf: seconds() - 300, sub: 'app', extra: {} },
  })

  expect(answer.status).toBe(200)
})

test('J6 a trailing slash on either side makes no difference', async () => {
  expect((await call({ aud: `${serviceUrl}/` })).status).toBe(200)
  expect((await call({}, '/cds-services/mastitis-patient-view/')).status).toBe(200)
})

test('J6 S2 SEC-006 the Host and forwarded headers play no part in aud', async () => {
  const aud = 'https://evil.org/cds-services/mastitis-patient-view'
  const answer = await post(`${rig.base}/cds-services/mastitis-patient-view`, bodies['patient-view'](), {
    authorization: `Bearer ${await token({ aud })}`,
    'x-forwarded-host': 'evil.org',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.org;proto=https',
  })

  expect(answer.status).toBe(401)
})

// what is true of the token           claims, in seconds from now             answer
test.each([
  ['expired within the skew', { exp: -59, iat: -300 }, 200, undefined],
  ['expired by the whole skew', { exp: -60, iat: -300 }, 401, 'expired'],
  ['issued in the future within the skew', { iat: 60, exp: 300 }, 200, undefined],
  ['issued in the future beyond the skew', { iat: 61, exp: 300 }, 401, 'not-yet-valid'],
  ['valid from within the skew on', { nbf: 60 }, 200, undefined],
  ['valid from beyond the skew on', { nbf: 61 }, 401, 'not-yet-valid'],
  ['living exactly an hour', { iat: 0, exp: 3_600 }, 200, undefined],
  ['living a second over an hour', { iat: 0, exp: 3_601 }, 401, 'lifetime-too-long'],
  ['expired before it was issued', { iat: 0, exp: 0 }, 401, 'expired'],
] as [string, Record<string, number>, number, string | undefined][])(
  'J7 SEC-007 a token %s is answered as it should be',
  async (_, offsets, status, why) => {
    const claims = Object.fromEntries(
      Object.entries(offsets).map(([name, offset]) => [name, seconds() + offset]),
    )
    const answer = await call({ claims })

    expect([answer.status, reason()]).toEqual([status, why])
  },
)

test('J8 SEC-008 the same token twice is 401, and so is its jti in another token', async () => {
  const jti = randomUUID()
  const first = await token({ claims: { jti } })

  expect((await callWith(`Bearer ${first}`)).status).toBe(200)
  expect((await callWith(`Bearer ${first}`)).status).toBe(401)
  expect(reason()).toBe('replayed')
  expect((await call({ claims: { jti, exp: seconds() + 250 } })).status).toBe(401)
})

test('SEC-005 after thirty bad signatures for one key no further token of this address for that key is verified for two seconds', async () => {
  now += 600_000
  const bad = await Promise.all(Array.from({ length: 30 }, () => call({ signer: () => stranger })))
  const refused = await call({ signer: () => stranger })
  const good = await call()

  expect(new Set(bad.map(({ status }) => status))).toEqual(new Set([401]))
  expect([refused.status, good.status, good.headers.get('retry-after')]).toEqual([429, 429, '2'])
  expect((await call({ signer: () => rs384 })).status).toBe(200)
  now += 2_000
  expect((await call()).status).toBe(200)
  now += 600_000
})

test('J8 a jti counts only after its signature verified', async () => {
  const jti = randomUUID()
  await call({ signer: () => stranger, claims: { jti } })

  expect((await call({ claims: { jti } })).status).toBe(200)
})

test('J8 SEC-008 a token is refused as used until it is refused as expired, the skew of the clocks included', async () => {
  now = Math.ceil(now / 60_000) * 60_000
  const exp = seconds() + 299 // the last second of a minute: tokens are forgotten by whole minutes
  const once = `Bearer ${await token({ claims: { exp } })}`
  await callWith(once)
  const reasons: unknown[] = []
  for (const later of [-120, -60, -1, 0, 59, 60]) {
    now = (exp + later) * 1_000
    await callWith(once)
    reasons.push(reason())
  }

  expect(reasons).toEqual([...new Array<string>(5).fill('replayed'), 'expired'])
})

test('J8 SEC-008 a jti is free again after its token could no longer be used', async () => {
  const jti = randomUUID()
  await call({ claims: { jti } })
  now += 420_000

  expect((await call({ claims: { jti } })).status).toBe(200)
})

const callB = (change: Change = {}): Promise<Answer> =>
  call({ iss: issB, ...change, claims: { tenant: 't-1', sub: 'app-1', ...change.claims } })

test.each([
  ['J9 the configured jku', { header: { jku: jkuB } }, 200, undefined],
  ['J9 no jku', {}, 200, undefined],
  ['J9 SEC-004 a longer jku', { header: { jku: `${jkuB}/` } }, 401, 'jku-refused'],
  ['J9 SEC-004 a foreign jku', { header: { jku: 'https://evil.org/keys' } }, 401, 'jku-refused'],
  ['J9 a jku that is no text', { header: { jku: {} } }, 401, 'jku-refused'],
  ['J5 an algorithm switched on for this client', { signer: () => es256 }, 200, undefined],
  ['J5 an algorithm not switched on', { signer: () => rs384 }, 401, 'alg-not-allowed'],
  ['J6 SEC-006 a configured literal as aud', { aud: 'sand_man' }, 200, undefined],
  ['J11 SEC-012 another tenant', { claims: { tenant: 't-2' } }, 401, 'tenant-refused'],
  ['J11 SEC-012 no tenant', { claims: { tenant: undefined } }, 401, 'tenant-refused'],
  ['SEC-012 another sub', { claims: { sub: 'app-2' } }, 401, 'subject-refused'],
  [
    'J7 a one-day token where the client may',
    { claims: { exp: Math.floor(now / 1_000) + 80_000 } },
    200,
    undefined,
  ],
] as [string, Change, number, string | undefined][])(
  '%s is answered as it should be',
  async (_, change, status, why) => {
    const answer = await callB(change)

    expect([answer.status, reason()]).toEqual([status, why])
  },
)

test('J6 B7 feedback takes its own URL and the URL of the service as aud', async () => {
  const path = '/cds-services/mastitis-patient-view/feedback'
  const feedback = async (aud: string): Promise<number> => {
    const authorization = `Bearer ${await token({ aud })}`
    const item = { card: randomUUID(), outcome: 'overridden', outcomeTimestamp: '2026-03-03T09:00:00Z' }
    return (await post(rig.base + path, { feedback: [item] }, { authorization })).status
  }

  expect(await feedback(`${serviceUrl}/feedback`)).toBe(200)
  expect(await feedback(serviceUrl)).toBe(200)
  expect(await feedback(`${publicUrl}/cds-services`)).toBe(401)
})

test('J12 E4 SEC-009 every refusal is the same: 401, same headers, same bytes', async () => {
  const refused = [
    await callWith(undefined),
    await callWith('Bearer x'),
    await call({ iss: 'https://evil.org' }),
    await call({ header: { kid: 'nobody' } }),
    await call({ signer: () => stranger }),
    await call({ claims: { exp: seconds() - 900, iat: seconds() - 1_000 } }),
    await call({ aud: 'https://x.org' }),
    await callB({ claims: { tenant: 'x' } }),
  ]
  const shown = refused.map(({ status, headers, text }) => [
    status,
    text,
    [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
  ])

  for (const answer of shown) expect(answer).toEqual(shown[0])
  expect(refused[0]?.status).toBe(401)
  expect(refused[0]?.headers.get('www-authenticate')).toBe('Bearer')
})

test('J12 the log gets hashes of jti and kid and the reason, never the token', async () => {
  const jti = randomUUID()
  const sent = await token({ header: { kid: 'Zzcanary' }, claims: { jti } })
  await callWith(`Bearer ${sent}`)
  const line = JSON.stringify(rig.lines.at(-1))

  expect(line).toMatch(/"authReason":"kid-unknown"/)
  expect(line).toMatch(/"jtiHash":"[0-9a-f]{12}"/)
  for (const secret of [jti, 'Zzcanary', sent]) expect(line).not.toContain(secret)
})

test('J14 path comes before token, token before method, media type, size and JSON', async () => {
  const view = `${rig.base}/cds-services/mastitis-patient-view`

  expect((await post(`${rig.base}/cds-services/nobody`, '{')).status).toBe(404)
  expect((await post(view, '{')).status).toBe(401)
  expect((await ask(view)).status).toBe(401)
  expect(
    (await ask(view, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } })).status,
  ).toBe(401)
  expect((await post(view, '{', { authorization: `Bearer ${await token()}` })).status).toBe(400)
})

test('O1 J14 a preflight needs no token', async () => {
  for (const path of ['', '/mastitis-patient-view', '/mastitis-patient-view/feedback'])
    expect((await ask(`${rig.base}/cds-services${path}`, { method: 'OPTIONS' })).status).toBe(204)
})

test('D6 J6 protected discovery takes a token whose aud is the discovery URL', async () => {
  const settings = someSettings({
    auth: 'required',
    discovery: 'protected',
    clients: [aClient({ id: 'a', iss: issA, jwks: { keys: [es384.jwk] } })],
  })
  const clock = (): number => now
  const egress = makeEgress({ mode: 'development' })
  const guarded = await start({ settings, clock, trust: await makeTrust({ settings, egress, clock }) })
  const url = `${guarded.base}/cds-services`
  const bearer = async (aud: string): Promise<RequestInit> => ({
    headers: { authorization: `Bearer ${await token({ aud })}` },
  })
  try {
    expect((await ask(url)).status).toBe(401)
    expect((await ask(url, await bearer(serviceUrl))).status).toBe(401)
    expect((await ask(url, await bearer(`${publicUrl}/cds-services`))).status).toBe(200)
  } finally {
    await guarded.close()
  }
})
