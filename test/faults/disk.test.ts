import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { testInFull } from '../depth.js'
import { readAudit } from '../operate/audit-of.js'
import { accepted, aHospital, post, viewOf, viewPath } from '../operate/hospital.js'
import type { Answer, Hospital } from '../operate/hospital.js'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'
import { canLimit, emptyDisk, fillDisk, giveHandles, takeHandles } from './limits-of.js'

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

const body = viewOf('abscess-diagnosed-no-ultrasound')
const call = async (): Promise<{ status: number; body: Answer }> =>
  post(service.base + viewPath, body, await hospital.authorization(viewPath))

const withLimits = canLimit ? testInFull : test.skip
if (!canLimit) test.skip('no room for files: skipped, there is no prlimit on this machine', () => undefined)

withLimits(
  'SEC-107 no file of store and spool takes another byte: 503 without cards, not ready, alive; when there is room again it goes on',
  async () => {
    const before = await call()
    expect(before.status).toBe(200)
    expect(before.body.cards?.length).toBeGreaterThan(0)

    fillDisk(service)
    const refused = await call()
    expect(refused.status).toBe(503)
    expect(refused.body.cards).toBeUndefined()
    expect(refused.body.resourceType).toBe('OperationOutcome')
    expect((await fetch(`${service.base}/health/ready`)).status).toBe(503)
    expect((await fetch(`${service.base}/health/live`)).status).toBe(200)

    const from = service.output().length
    emptyDisk(service)
    await service.logged('audit store works', from)
    expect((await fetch(`${service.base}/health/ready`)).status).toBe(200)
    expect((await call()).status).toBe(200)
  },
  30_000,
)

withLimits(
  'SEC-109 no file handle left for seconds: the process and its store live, and calls are answered afterwards',
  async () => {
    takeHandles(service)
    const end = Date.now() + 2_500 // longer than the audit looks after its store and spool
    while (Date.now() < end) await call().catch(() => undefined)
    giveHandles(service)

    expect(service.child.exitCode).toBeNull()
    expect((await call()).status).toBe(200)
  },
  30_000,
)

withLimits(
  'every answered call is in the audit, no refused one is counted as answered, the chains verify',
  async () => {
    expect(await service.stop()).toBe(0)
    const { records, faults } = await readAudit(hospital.env['AUDIT_DATABASE'])
    const recorded = records.filter(({ type }) => type === 'invocation')

    expect(faults).toEqual([])
    expect(recorded.length).toBeGreaterThanOrEqual(2)
  },
)
