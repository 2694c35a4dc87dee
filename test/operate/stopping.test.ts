import { request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { testInFull } from '../depth.js'
import { readAudit } from './audit-of.js'
import { accepted, aHospital, post, viewOf, viewPath } from './hospital.js'
import type { Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

let hospital: Hospital
let service: RunningService

beforeEach(async () => {
  hospital = await aHospital()
  hospital.site(accepted)
  service = await startService({ env: hospital.env })
})

afterEach(async () => {
  await service.stop()
  hospital.remove()
})

const body = JSON.stringify(viewOf('abscess-diagnosed-no-ultrasound'))

/** Begins a call, and sends half of its body. */
async function halfACall(): Promise<{ call: ClientRequest; answer: Promise<IncomingMessage> }> {
  const call = request(service.base + viewPath, {
    method: 'POST',
    headers: {
      authorization: await hospital.authorization(viewPath),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    call.once('response', resolve)
    call.once('error', reject)
  })
  await new Promise<void>((resolve) => {
    call.write(body.slice(0, 1_000), () => resolve())
  })
  return { call, answer }
}

/** The next time the process does not take a connection. */
async function untilNothingListens(): Promise<void> {
  for (;;) {
    const isLive = await fetch(`${service.base}/health/live`).then(
      (response) => response.text(),
      () => undefined,
    )
    if (isLive === undefined) return
  }
}

test('SEC-104 SIGTERM: not ready, then no new connections, calls in progress finish, their records are stored, exit code 0', async () => {
  const { call, answer } = await halfACall()
  expect((await fetch(`${service.base}/health/ready`)).status).toBe(200)
  service.child.kill('SIGTERM')
  await service.logged('"message":"stopping"')

  expect((await fetch(`${service.base}/health/ready`)).status).toBe(503)
  expect((await fetch(`${service.base}/health/live`)).status).toBe(200)
  const late = await post(service.base + viewPath, JSON.parse(body), await hospital.authorization(viewPath))
  expect(late.status).toBe(200)

  await untilNothingListens()
  call.end(body.slice(1_000))
  const response = await answer
  expect(response.statusCode).toBe(200)
  expect(response.headers.connection).toBe('close')
  response.resume()

  expect(await service.ended).toBe(0)
  const { records, faults } = await readAudit(hospital.env['AUDIT_DATABASE'])
  expect(faults).toEqual([])
  expect(records.filter(({ type }) => type === 'invocation')).toHaveLength(2)
  expect(records.at(-1)?.type).toBe('checkpoint')
})

testInFull(
  'SEC-104 a call that never comes to an end is cut off after 10 s, and the exit is still 0',
  async () => {
    const { answer } = await halfACall()
    service.child.kill('SIGTERM')
    const cut = await answer.then(
      () => 'answered',
      () => 'cut off',
    )

    expect(cut).toBe('cut off')
    expect(await service.ended).toBe(0)
  },
  30_000,
)
