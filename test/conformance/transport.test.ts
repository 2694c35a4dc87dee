import { request as rawRequest } from 'node:http'
import { connect } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { budgets } from '../../src/protocol/limits.js'
import { ask, bodies, codeOf, post, start } from '../http/rig.js'
import type { Rig } from '../http/rig.js'

let rig: Rig
let view: string
beforeAll(async () => {
  rig = await start()
  view = `${rig.base}/cds-services/mastitis-patient-view`
})
afterAll(() => rig.close())

const json = JSON.stringify(bodies['patient-view']())
const send = (headers: Record<string, string>, body: string | Buffer = json): Promise<{ status: number }> =>
  ask(view, { method: 'POST', headers, body: body as string })

test('A1 the service speaks plain HTTP for development; TLS ends at the proxy, and publicUrl must be https in production', async () => {
  expect((await post(view, bodies['patient-view']())).status).toBe(200)
})

test('A3 an answer without advice holds an empty list of cards and nothing else', async () => {
  const { text } = await post(view, bodies['patient-view']())

  expect(text).toBe('{"cards":[]}')
})

test('A4 answers are JSON in UTF-8 whatever the caller accepts, errors are FHIR JSON', async () => {
  const good = await post(view, json, { accept: 'text/html' })
  const bad = await post(view, '{', { accept: 'text/html' })

  expect(good.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(bad.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8')
  expect(codeOf(bad)).toBe('PROTOCOL_BODY_NOT_JSON')
})

test.each([
  ['application/json', 200],
  ['Application/JSON', 200],
  ['application/json; charset=utf-8', 200],
  ['application/json;charset="UTF-8"', 200],
  ['application/fhir+json', 200],
  ['application/json; charset=iso-8859-1', 415],
  ['application/json; charset=utf-16', 415],
  ['application/jsonp', 415],
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
])('A5 SEC-040 a body of media type %s is answered %i', async (type, status) => {
  expect((await send({ 'content-type': type })).status).toBe(status)
})

test('A5 SEC-040 a body without media type is answered 415', async () => {
  const status = await new Promise((resolve) => {
    const req = rawRequest(view, { method: 'POST' }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
    req.end(json)
  })

  expect(status).toBe(415)
})

const limit = budgets.bodyBytes.most
const padded = (bytes: number): string => {
  const body = JSON.stringify({ ...bodies['patient-view'](), extension: { 'org.example.pad': '' } })
  return body.replace('"org.example.pad":""', `"org.example.pad":"${'x'.repeat(bytes - body.length)}"`)
}

test('A6 SEC-041 a body of exactly the limit is read, one byte more is 413', async () => {
  expect((await send({ 'content-type': 'application/json' }, padded(limit))).status).toBe(200)
  expect((await send({ 'content-type': 'application/json' }, padded(limit + 1))).status).toBe(413)
})

test('A6 SEC-041 a body over the limit is 413 without Content-Length too', async () => {
  const status = await new Promise((resolve, reject) => {
    const req = rawRequest(
      view,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (res) => {
        res.resume()
        resolve(res.statusCode)
      },
    )
    req.on('error', reject)
    for (let sent = 0; sent < 5_000_000; sent += 500_000) req.write(' '.repeat(500_000))
    req.end()
  })

  expect(status).toBe(413)
})

test('A6 SEC-041 a body that inflates over the limit is 413, one within it is read', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }

  expect((await send(headers, gzipSync(json))).status).toBe(200)
  expect((await send(headers, gzipSync(Buffer.alloc(60_000_000)))).status).toBe(413)
})

test.each([
  ['an unknown encoding', 'compress', Buffer.from(json), 415],
  ['brotli, whose reader takes 16 MiB for the smallest body', 'br', brotliCompressSync(json), 415],
  ['two encodings', 'gzip, br', gzipSync(json), 415],
  ['broken gzip', 'gzip', Buffer.from(json), 400],
  ['cut-off gzip', 'gzip', gzipSync(json).subarray(0, 40), 400],
])('A5 a body with %s is refused', async (_, encoding, body, status) => {
  const answer = await send({ 'content-type': 'application/json', 'content-encoding': encoding }, body)

  expect(answer.status).toBe(status)
})

test.each([
  ['a service call', () => post(view, json)],
  ['an error', () => post(view, '[]')],
  ['feedback', () => post(`${view}/feedback`, '{}')],
  ['an unknown path', () => ask(`${rig.base}/nothing`)],
  ['health', () => ask(`${rig.base}/health/live`)],
])('A7 SEC-065 SEC-072 %s is not cached, not sniffed, and does not name the framework', async (_, call) => {
  const { headers } = await call()

  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-powered-by')).toBeNull()
  expect(headers.get('etag')).toBeNull()
  expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(headers.get('permissions-policy')).toContain('geolocation=()')
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('A7 SEC-065 discovery, which is the same for everybody, may be kept but is asked for each time', async () => {
  const { headers } = await ask(`${rig.base}/cds-services`)

  expect([headers.get('cache-control'), headers.get('x-powered-by')]).toEqual(['no-cache', null])
  expect(headers.get('etag')).toMatch(/^"[\w-]+"$/)
})

/** Sends bytes as they are and reads what comes back. */
const sendRaw = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(rig.base).port), '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('close', () => resolve(text))
    socket.write(bytes)
  })

test('E2 SEC-051 a header block over 16 KiB is 431 with an OperationOutcome', async () => {
  const answer = await sendRaw(
    `GET /cds-services HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
  )

  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  expect(answer).toContain('"HEADERS_TOO_LARGE"')
})

test('SEC-051 a request with two lengths is not let through', async () => {
  const answer = await sendRaw(
    'POST /cds-services/mastitis-patient-view HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  )

  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('OperationOutcome')
})

test.each([
  ['with the address of the service', 'http://proxy.invalid/cds-services', 200],
  ['in capitals', 'HTTP://PROXY.INVALID/cds-services', 200],
  ['with a port and a query', 'https://proxy.invalid:8443/cds-services?x=1', 200],
  ['with a double slash', 'http://proxy.invalid//cds-services', 200],
  ['with another path', 'http://proxy.invalid/nothing', 404],
  ['with no path', 'http://proxy.invalid?/cds-services', 404],
  ['with a path that only looks like one of ours', 'http://cds-services/x', 404],
  ['of another scheme', 'ftp://proxy.invalid/cds-services', 404],
])('D1 S2 a request target in absolute form %s is served by its path alone', async (_, target, status) => {
  const answer = await sendRaw(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)

  expect(answer).toContain(`HTTP/1.1 ${status} `)
  expect(answer).not.toMatch(/proxy\.invalid/i)
})

test('E2 a request without a Host is 400 with an OperationOutcome', async () => {
  const answer = await sendRaw('GET /cds-services HTTP/1.1\r\nConnection: close\r\n\r\n')

  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).toContain('OperationOutcome')
  expect(answer).toContain('no Host header')
})

test('E2 an expectation that nobody knows is passed over', async () => {
  const answer = await sendRaw(
    'GET /cds-services HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nConnection: close\r\n\r\n',
  )

  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
})
