import { afterAll, beforeAll, expect } from '@jest/globals'
import { testInFull } from '../depth.js'
import { accepted, aHospital, post, viewOf, viewPath } from '../operate/hospital.js'
import type { Hospital } from '../operate/hospital.js'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'

let hospital: Hospital
let service: RunningService

beforeAll(async () => {
  hospital = await aHospital()
  hospital.site(accepted)
  service = await startService({ env: hospital.env })
})

afterAll(async () => {
  await service.stop()
  hospital.remove()
})

testInFull.each([
  // the client's clock                     seconds off   status   reason in the log
  ['ten minutes slow', -600, 401, 'expired'],
  ['ten minutes fast', 600, 401, 'not-yet-valid'],
  ['half a minute fast', 30, 200, ''],
])('SEC-109 SEC-007 a client whose clock is %s', async (_, off, status, reason) => {
  const now = Math.floor(Date.now() / 1_000) + off
  const token = await hospital.authorization(viewPath, { claims: { iat: now, exp: now + 300 } })
  const from = service.output().length

  expect((await post(service.base + viewPath, viewOf('healthy-lactating'), token)).status).toBe(status)
  if (reason !== '') expect(await service.logged('"message":"call"', from)).toContain(reason)
  expect((await fetch(`${service.base}/health/ready`)).status).toBe(200)
})

testInFull(
  'SEC-109 SEC-008 a client whose clock is half a minute slow is answered once the store is older than that',
  async () => {
    const statuses = new Set<number>()
    while (!statuses.has(200) && statuses.size < 3) {
      const iat = Math.floor(Date.now() / 1_000) - 30
      const token = await hospital.authorization(viewPath, { claims: { iat, exp: iat + 300 } })
      statuses.add((await post(service.base + viewPath, viewOf('healthy-lactating'), token)).status)
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }

    expect([...statuses].filter((status) => status !== 401)).toEqual([200])
  },
  60_000,
)
