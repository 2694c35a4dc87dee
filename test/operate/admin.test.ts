import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { accepted, aHospital, post, viewOf, viewPath } from './hospital.js'
import type { Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

let hospital: Hospital
let service: RunningService
let admin = ''
const token = randomBytes(32).toString('hex')

beforeAll(async () => {
  hospital = await aHospital()
  hospital.site(accepted)
  writeFileSync(join(hospital.folder, 'admin-token'), token, { mode: 0o600 })
  hospital.configure({ file: ['admin: { port: 0, tokenFile: admin-token }'] })
  service = await startService({ env: hospital.env })
  const { port } = JSON.parse(await service.logged('admin listening')) as { port: number }
  admin = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  await service.stop()
  hospital.remove()
})

const metrics = async (): Promise<string> => (await fetch(`${admin}/metrics`)).text()

test('AUD-054 the admin listener counts calls, cards, refused tokens and records, and names the content in force', async () => {
  await post(
    service.base + viewPath,
    viewOf('abscess-diagnosed-no-ultrasound'),
    await hospital.authorization(viewPath),
  )
  await post(service.base + viewPath, viewOf('abscess-diagnosed-no-ultrasound'))
  const text = await metrics()

  expect(text).toMatch(/^cds_invocations_total\{client="hospital-a",hook="patient-view",outcome="200"\} 1$/m)
  expect(text).toMatch(
    /^cds_cards_total\{client="hospital-a",kind="ultrasound",indicator="\w+",mode="live"\} 1$/m,
  )
  expect(text).toMatch(/^cds_auth_failures_total\{reason="no-token"\} 1$/m)
  expect(text).toMatch(/^cds_audit_chain_length [1-9]\d*$/m)
  expect(text).toMatch(/^cds_rulepack_info\{version="[^"]+",hash="[0-9a-f]{12}",engine="[^"]+"\} 1$/m)
})

test('after a reload the counters name the new content', async () => {
  const contentOf = (text: string): string | undefined =>
    /^cds_rulepack_info\{.*hash="(\w+)"/m.exec(text)?.[1]
  const before = contentOf(await metrics())
  hospital.site(`${accepted}parameters: { response.dueHours: 47 }\n`)
  const from = service.output().length
  service.child.kill('SIGHUP')

  expect(await service.logged('"message":"reload', from)).toContain('"message":"reloaded"')
  expect(contentOf(await metrics())).not.toBe(before)
})

test('SEC-074 neither is reachable on the public listener, and the audit API needs its token', async () => {
  expect((await fetch(`${service.base}/metrics`)).status).toBe(404)
  expect((await fetch(`${service.base}/api/audit/metrics`)).status).toBe(404)
  expect((await fetch(`${admin}/api/audit/metrics?from=2026-01-01`)).status).toBe(401)
})

test('SEC-104 SIGTERM ends both listeners, with exit code 0', async () => {
  expect(await service.stop()).toBe(0)
  await expect(fetch(`${admin}/metrics`)).rejects.toThrow()
})
