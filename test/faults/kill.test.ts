import { afterAll, beforeAll, expect } from '@jest/globals'
import { testInFull } from '../depth.js'
import { readAudit } from '../operate/audit-of.js'
import { accepted, aHospital, post, viewOf, viewPath } from '../operate/hospital.js'
import type { Hospital } from '../operate/hospital.js'
import { startService } from '../operate/process.js'

let hospital: Hospital

beforeAll(async () => {
  hospital = await aHospital()
  hospital.site(accepted)
})
afterAll(() => hospital.remove())

const callers = 8
const enough = 60

testInFull(
  'SEC-109 kill -9 under load: every card that left is in the audit, and a new process goes on',
  async () => {
    const killed = await startService({ env: hospital.env })
    const given: string[] = []
    const body = viewOf('abscess-diagnosed-no-ultrasound')
    const callUntilItDies = async (): Promise<void> => {
      for (;;) {
        const token = await hospital.authorization(viewPath)
        const answer = await post(killed.base + viewPath, body, token).catch(() => undefined)
        if (!answer) return
        given.push(...(answer.body.cards ?? []).map(({ uuid }) => uuid))
        if (given.length > enough) killed.child.kill('SIGKILL')
      }
    }
    await Promise.all(Array.from({ length: callers }, callUntilItDies))
    await killed.ended

    const next = await startService({ env: hospital.env })
    expect((await post(next.base + viewPath, body, await hospital.authorization(viewPath))).status).toBe(200)
    expect(await next.stop()).toBe(0)
    const { records, faults } = await readAudit(hospital.env['AUDIT_DATABASE'])
    const recorded = JSON.stringify(records)
    expect(faults).toEqual([])
    expect(given.length).toBeGreaterThan(enough)
    expect(given.filter((uuid) => !recorded.includes(uuid))).toEqual([])
  },
  90_000,
)
