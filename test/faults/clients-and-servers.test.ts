import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { testInFull } from '../depth.js'
import { post, viewOf, viewPath } from '../operate/hospital.js'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'
import { canLimit, giveHandles, takeHandles } from './limits-of.js'

let service: RunningService
let fhir: Server
let fhirBase = ''

beforeAll(async () => {
  fhir = createServer((_req, res) => {
    res.setHeader('content-type', 'application/fhir+json')
    res.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0 }))
  })
  await new Promise<void>((resolve) => fhir.listen(0, '127.0.0.1', resolve))
  fhirBase = `http://127.0.0.1:${(fhir.address() as AddressInfo).port}`
  service = await startService({ nodeOptions: ['--max-old-space-size=256'] })
})

afterAll(async () => {
  await service.stop()
  fhir.closeAllConnections()
  fhir.close()
})

const { prefetch: _, ...bare } = viewOf('abscess-diagnosed-no-ultrasound')

async function expectGoesOn(): Promise<void> {
  const answer = await post(service.base + viewPath, viewOf('abscess-diagnosed-no-ultrasound'))
  expect(answer.status).toBe(200)
  expect(answer.body.cards?.length).toBeGreaterThan(0)
}

testInFull('SEC-109 a FHIR server whose name does not resolve: 412, never "no cards"', async () => {
  const { status, body } = await post(service.base + viewPath, {
    ...bare,
    fhirServer: 'https://fhir.invalid/r4',
  })

  expect(status).toBe(412)
  expect(body.resourceType).toBe('OperationOutcome')
  await expectGoesOn()
})

testInFull('SEC-041 a gzip bomb of 1 GB is refused when 2 MiB of it are out', async () => {
  const megabyte = gzipSync(Buffer.alloc(1_048_576, ' '))
  const bomb = Buffer.concat(Array<Buffer>(1_024).fill(megabyte))
  const response = await fetch(service.base + viewPath, {
    method: 'POST',
    body: bomb,
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  })

  expect(response.status).toBe(413)
  await expectGoesOn()
})

const withLimits = canLimit ? testInFull : test.skip
if (!canLimit) test.skip('EMFILE: skipped, there is no prlimit on this machine', () => undefined)

withLimits(
  'SEC-109 no file handle left: what needs a new connection gets 412, the process lives and recovers',
  async () => {
    await expectGoesOn() // opens the connection that the next call uses
    takeHandles(service)
    const { status } = await post(service.base + viewPath, { ...bare, fhirServer: fhirBase })
    giveHandles(service)

    expect(status).toBe(412)
    await expectGoesOn()
  },
)

testInFull(
  'SEC-101 forty bodies of 1.9 MB at once in 256 MB of heap: each has a defined answer, the process lives',
  async () => {
    const entry = { resource: { resourceType: 'Observation', id: 'x', note: [{ text: 'y'.repeat(800) }] } }
    const filled = viewOf('abscess-diagnosed-no-ultrasound')
    const big = {
      ...filled,
      prefetch: { ...(filled['prefetch'] as object), extra: Array(2_150).fill(entry) },
    }
    const text = JSON.stringify(big)
    const answers = await Promise.all(Array.from({ length: 40 }, () => post(service.base + viewPath, text)))

    expect(text.length).toBeGreaterThan(1_850_000)
    expect(answers.filter(({ status }) => ![200, 503].includes(status))).toEqual([])
    for (const { status, body } of answers) expect((body.cards?.length ?? 0) > 0).toBe(status === 200)
    await expectGoesOn()
  },
  60_000,
)

testInFull(
  'SEC-051 a client that sends one byte a second is told 408 after 15 s',
  async () => {
    const call = request(service.base + viewPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 1_000 },
    })
    const dripping = setInterval(() => call.write(' '), 1_000)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve)
      call.once('error', reject)
    })
    clearInterval(dripping)
    answer.resume()
    call.destroy()

    expect(answer.statusCode).toBe(408)
    await expectGoesOn()
  },
  40_000,
)
