import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { cardsIn, readAudit } from './audit-of.js'
import { accepted, aHospital, post, viewOf, viewPath } from './hospital.js'
import type { Answer, Hospital } from './hospital.js'
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
  service.child.kill('SIGKILL')
  await service.ended
  hospital.remove()
})

const body = viewOf('abscess-diagnosed-no-ultrasound')
const call = async (): Promise<{ status: number; body: Answer }> =>
  post(service.base + viewPath, body, await hospital.authorization(viewPath))
const start = (): Promise<RunningService> => startService({ env: hospital.env })

test('a second process on the same store does not start, and names the owner; after kill -9 of the first the second starts', async () => {
  await expect(start()).rejects.toThrow(
    `audit.db belongs to a running process: pid ${service.child.pid} on host`,
  )
  expect((await call()).status).toBe(200)

  service.child.kill('SIGKILL')
  await service.ended
  service = await start()
  expect((await call()).status).toBe(200)
})

test('a database moved away under the process: 503 with the next step, not ready, alive; the next start waits for the database, and no answered call is lost', async () => {
  const file = join(hospital.folder, 'data', 'audit.db')
  const given: string[] = []
  const callAndKeep = async (): Promise<number> => {
    const { status, body: answer } = await call()
    if (status === 200) given.push(...(answer.cards ?? []).map(({ uuid }) => uuid))
    return status
  }
  expect(await callAndKeep()).toBe(200)
  renameSync(file, `${file}.away`)
  await callAndKeep()
  await service.logged('audit store lost')

  const refused = await call()
  expect([refused.status, refused.body.cards]).toEqual([503, undefined])
  expect(JSON.stringify(refused.body)).toContain('RECORD_STORE_LOST')
  expect((await fetch(`${service.base}/health/ready`)).status).toBe(503)
  expect((await fetch(`${service.base}/health/live`)).status).toBe(200)
  expect(await service.stop()).toBe(0)
  await expect(start()).rejects.toThrow('does not exist, but a store was here before')

  renameSync(`${file}.away`, file)
  service = await start()
  expect((await call()).status).toBe(200)
  expect(await service.stop()).toBe(0)
  const cards = await cardsIn(hospital.env['AUDIT_DATABASE'] ?? '')
  expect(given.filter((uuid) => !cards.has(uuid))).toEqual([])
  expect((await readAudit(hospital.env['AUDIT_DATABASE'])).faults).toEqual([])
}, 180_000)
