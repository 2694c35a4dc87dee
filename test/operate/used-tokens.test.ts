import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { aHospital, post, viewOf, viewPath } from './hospital.js'
import type { Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

let hospital: Hospital
let service: RunningService

beforeAll(async () => {
  hospital = await aHospital()
})
afterEach(() => service.stop())
afterAll(() => hospital.remove())

const start = async (): Promise<void> => {
  service = await startService({ env: hospital.env })
}
const kill = async (): Promise<void> => {
  service.child.kill('SIGKILL')
  await service.ended
}
const call = async (token: string): Promise<number> =>
  (await post(service.base + viewPath, viewOf('antibiotic-48h-not-improving'), token)).status

test('SEC-008 a killed process remembers the token of every answered call; without its database it refuses older tokens', async () => {
  await start()
  const [used, unused] = [await hospital.authorization(viewPath), await hospital.authorization(viewPath)]
  expect(await call(used)).toBe(200)
  await kill()
  await start()
  expect([await call(used), await call(unused)]).toEqual([401, 200])

  const older = { claims: { iat: Math.floor(Date.now() / 1_000) - 5 } }
  const never = await hospital.authorization(viewPath, older)
  await kill()
  rmSync(join(hospital.folder, 'data'), { recursive: true })
  await start()
  expect([await call(used), await call(never)]).toEqual([401, 401])
  expect(service.output()).toContain('older-than-memory')
  expect(await call(await hospital.authorization(viewPath))).toBe(200)
})
