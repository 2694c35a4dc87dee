import { afterAll, beforeAll, expect } from '@jest/globals'
import { testInFull } from '../depth.js'
import { readAudit } from './audit-of.js'
import { startBalancer } from './balancer.js'
import type { Balancer } from './balancer.js'
import { accepted, aHospital, post, viewOf, viewPath } from './hospital.js'
import type { Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

/** Two replicas, each with an audit file of its own, behind one balancer. */
let hospitals: Hospital[] = []
let services: RunningService[] = []
let balancer: Balancer

beforeAll(async () => {
  const first = await aHospital()
  hospitals = [first, await aHospital({ ehr: first.ehr })]
  for (const { site } of hospitals) site(accepted)
  services = await Promise.all(hospitals.map(({ env }) => startService({ env })))
  balancer = await startBalancer()
  for (const { base } of services) await balancer.add(base)
})

afterAll(async () => {
  await balancer.close()
  await Promise.all(services.map((service) => service.stop()))
  for (const { remove } of hospitals) remove()
})

const callers = 4

testInFull(
  'SEC-104 both replicas restarted one after the other under load: no call fails, each is recorded once',
  async () => {
    const statuses = new Map<number, number>()
    let loading = true
    const body = viewOf('abscess-diagnosed-no-ultrasound')
    const callOverAndOver = async (): Promise<void> => {
      while (loading) {
        const token = await (hospitals[0] as Hospital).authorization(viewPath)
        const { status } = await post(balancer.base + viewPath, body, token)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }
    const load = Promise.all(Array.from({ length: callers }, callOverAndOver))
    const exits: (number | null)[] = []
    for (const [place, { env }] of hospitals.entries()) {
      exits.push(await (services[place] as RunningService).stop())
      const fresh = await startService({ env })
      services[place] = fresh
      await balancer.add(fresh.base)
    }
    loading = false
    await load

    expect(exits).toEqual([0, 0])
    expect([...statuses.keys()]).toEqual([200])
    const answered = statuses.get(200) ?? 0
    expect(answered).toBeGreaterThan(50)
    await Promise.all(services.map((service) => service.stop()))
    const audits = await Promise.all(hospitals.map(({ env }) => readAudit(env['AUDIT_DATABASE'])))
    const calls = audits.flatMap(({ records }) => records.filter(({ type }) => type === 'invocation'))
    expect(audits.flatMap(({ faults }) => faults)).toEqual([])
    expect(calls).toHaveLength(answered)
  },
  90_000,
)
