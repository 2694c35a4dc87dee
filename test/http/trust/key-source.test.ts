import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeEgress } from '../../../src/gather/egress.js'
import { KeySource } from '../../../src/http/trust/key-source.js'
import { keySourceOf } from '../../../src/http/trust/load-keys.js'
import { aClient } from '../rig.js'
import { aSigner } from '../tokens.js'
import type { Signer } from '../tokens.js'

let first: Signer, second: Signer
beforeAll(async () => {
  ;[first, second] = await Promise.all([aSigner('ES384', 'first'), aSigner('ES384', 'second')])
})

const rules = { maxAgeMs: 600_000, staleMs: 86_400_000, cooldownMs: 30_000 }

/** A source under test: its clock, what it will answer next, and how often it was asked. */
function aSource(): {
  source: KeySource
  at: (ms: number) => void
  answer: (next: () => unknown) => void
  asked: () => number
} {
  let [now, asked] = [0, 0]
  let next: () => unknown = () => ({ keys: [first.jwk] })
  const load = (): Promise<unknown> => {
    asked++
    return Promise.resolve().then(next)
  }
  const source = new KeySource(load, rules, () => now)
  return { source, at: (ms) => (now = ms), answer: (given) => (next = given), asked: () => asked }
}

const find = (source: KeySource, kid: string): Promise<unknown> => source.find(kid, 'ES384')
const both = (): unknown => ({ keys: [first.jwk, second.jwk] })
const down = (): never => {
  throw new Error('down')
}

test('SEC-005 1,000 unknown kids, at once or one after another, cause one fetch', async () => {
  const cold = aSource()
  await Promise.all(Array.from({ length: 1_000 }, (_, at) => find(cold.source, `bad-${at}`)))
  expect(cold.asked()).toBe(1)

  const warm = aSource()
  await find(warm.source, 'first')
  for (let at = 0; at < 1_000; at++) expect(await find(warm.source, `bad-${at}`)).toBe('kid-unknown')
  expect(warm.asked()).toBe(2)
})

test('J10 a rotated key is picked up by the first token that names it', async () => {
  const { source, answer } = aSource()
  await find(source, 'first')
  answer(both)

  expect(await find(source, 'second')).toHaveProperty('type', 'public')
})

test('J10 SEC-005 a second fetch for unknown keys waits for the cool-down', async () => {
  const { source, answer, at, asked } = aSource()
  await find(source, 'first')
  await find(source, 'second')
  answer(both)
  at(29_999)
  expect(await find(source, 'second')).toBe('kid-unknown')
  expect(asked()).toBe(2)
  at(30_000)
  expect(await find(source, 'second')).toHaveProperty('type', 'public')
})

test('J10 SEC-011 a failing source leaves the cached keys valid for a day', async () => {
  const { source, answer, at } = aSource()
  await find(source, 'first')
  answer(down)
  at(600_000)
  expect(await find(source, 'first')).toHaveProperty('type', 'public')
  at(86_399_999)
  expect(await find(source, 'first')).toHaveProperty('type', 'public')
  at(86_400_000)
  expect(await find(source, 'first')).toBe('keys-unavailable')
})

test('J10 old keys are fetched again, and a withdrawn key is then refused', async () => {
  const { source, answer, at, asked } = aSource()
  await find(source, 'first')
  answer(() => ({ keys: [second.jwk] }))
  at(599_999)
  expect(await find(source, 'first')).toHaveProperty('type', 'public')
  expect(asked()).toBe(1)
  at(600_000)
  expect(await find(source, 'first')).toBe('kid-unknown')
})

test('SEC-011 a source that is down from the start is fetched once per cool-down', async () => {
  const { source, answer, at, asked } = aSource()
  answer(down)
  for (let call = 0; call < 5; call++) expect(await find(source, 'first')).toBe('keys-unavailable')
  expect(asked()).toBe(1)
  answer(both)
  at(30_000)
  expect(await find(source, 'first')).toHaveProperty('type', 'public')
})

test.each([
  ['no object', 'x'],
  ['no keys', {}],
  ['keys that are no list', { keys: {} }],
  ['an HTML error page', '<html>'],
])('SEC-011 a response with %s leaves the earlier keys in force', async (_, answer) => {
  const source = aSource()
  await find(source.source, 'first')
  source.answer(() => answer)
  source.at(600_000)

  expect(await find(source.source, 'first')).toHaveProperty('type', 'public')
})

test.each([
  ['an RSA key of 1,024 bits', { kty: 'RSA', kid: 'k', e: 'AQAB', n: 'A'.repeat(171) }, 'RS384', 'key-unfit'],
  ['a symmetric key', { kty: 'oct', kid: 'k', k: 'AAAA' }, 'ES384', 'kid-unknown'],
  ['an encryption key', { kty: 'EC', kid: 'k', use: 'enc' }, 'ES384', 'kid-unknown'],
  ['a key without kid', { kty: 'EC' }, 'ES384', 'kid-unknown'],
  ['a key on another curve', { kty: 'EC', crv: 'P-256', kid: 'k', x: 'AA', y: 'AA' }, 'ES384', 'key-unfit'],
  [
    'a point that is not on the curve',
    { kty: 'EC', crv: 'P-384', kid: 'k', x: 'AA', y: 'AA' },
    'ES384',
    'key-unfit',
  ],
  [
    'a key for encrypting by key_ops',
    { kty: 'EC', crv: 'P-384', kid: 'k', key_ops: ['encrypt'] },
    'ES384',
    'key-unfit',
  ],
  ['null', null, 'ES384', 'kid-unknown'],
])('SEC-011 SEC-002 %s in a key set is not used', async (_, key, alg, why) => {
  const { source, answer } = aSource()
  answer(() => ({ keys: [key] }))

  expect(await source.find('k', alg)).toBe(why)
})

// the network: what a key set server can do to us
let server: Server
let listener: RequestListener
let asked = 0
beforeAll(async () => {
  server = createServer((req, res) => {
    asked++
    listener(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const overNetwork = (mode: 'production' | 'development' = 'development'): KeySource => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  const egress = makeEgress({ mode })
  return keySourceOf(aClient({ jwks: url }), {
    settings: { jwks: { refetchCooldownMs: 30_000 } },
    egress,
    clock: () => 0,
  })
}

test('J9 keys are fetched from the configured URL', async () => {
  listener = (_req, res) => res.end(JSON.stringify({ keys: [first.jwk] }))

  expect(await overNetwork().find('first', 'ES384')).toHaveProperty('type', 'public')
})

test.each<[string, RequestListener]>([
  ['redirects', (_req, res) => res.writeHead(302, { location: '/other' }).end()],
  ['answers 500', (_req, res) => res.writeHead(500).end(JSON.stringify({ keys: [first.jwk] }))],
  [
    'sends over 256 KiB',
    (_req, res) => res.end(JSON.stringify({ keys: [first.jwk], pad: 'x'.repeat(300_000) })),
  ],
  [
    'sends a gzip bomb',
    (_req, res) =>
      res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000, 0x20))),
  ],
  ['sends HTML', (_req, res) => res.end('<html></html>')],
  ['hangs up', (req) => req.socket.destroy()],
])('SEC-011 SEC-022 a key set server that %s gives no keys, after one request', async (_, behave) => {
  asked = 0
  listener = behave

  expect(await overNetwork().find('first', 'ES384')).toBe('keys-unavailable')
  expect(asked).toBe(1)
})

test('SEC-011 a fetch from a key set server that never responds is aborted', async () => {
  listener = () => undefined

  expect(await overNetwork().find('first', 'ES384')).toBe('keys-unavailable')
})

test('SEC-011 SEC-021 in production no key set is fetched over http or from loopback', async () => {
  asked = 0
  listener = (_req, res) => res.end(JSON.stringify({ keys: [first.jwk] }))

  expect(await overNetwork('production').find('first', 'ES384')).toBe('keys-unavailable')
  expect(asked).toBe(0)
})
