import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readAudit } from './audit-of.js'
import { accepted, aHospital, post, topicsOf, viewOf, viewPath } from './hospital.js'
import type { Answer, Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

const patient = 'abscess-diagnosed-no-ultrasound'

let hospital: Hospital
let service: RunningService

beforeAll(async () => {
  hospital = await aHospital()
  service = await startService({ env: hospital.env })
})

afterAll(async () => {
  await service.stop()
  hospital.remove()
})

const call = async (): Promise<{ status: number; body: Answer }> =>
  post(service.base + viewPath, viewOf(patient), await hospital.authorization(viewPath))

/** Asks the process to read its files again, and gives the line it logs when it has. */
const reload = (): Promise<string> => {
  const from = service.output().length
  service.child.kill('SIGHUP')
  return service.logged('"message":"reload', from)
}

test('SEC-001 production refuses every call without a token', async () => {
  expect((await post(service.base + viewPath, viewOf(patient))).status).toBe(401)
})

test('production shows no card while no role of the site has accepted the drafts (product decision 14)', async () => {
  expect(await call()).toEqual({ status: 200, body: { cards: [] } })
})

test('SEC-093 a failed reload keeps the settings and cards in force, and its problems are in the log', async () => {
  hospital.site('acceptedDrafts: yes please\nparametres: {}\n')

  const line = await reload()
  expect(line).toContain('reload refused')
  expect(line).toContain('site.yaml')
  expect((await call()).body).toEqual({ cards: [] })
  expect((await fetch(`${service.base}/health/ready`)).status).toBe(200)
})

test('drafts that site.yaml accepts are shown after a reload, without a restart', async () => {
  hospital.site(accepted)

  expect(await reload()).toContain('"message":"reloaded"')
  expect(topicsOf((await call()).body)).toContain('ultrasound')
})

test('a card switched off for a client is not shown after a reload, and the other cards are', async () => {
  const before = topicsOf((await call()).body)
  hospital.configure({ client: ['cardsOff: [ultrasound]'] })
  await reload()

  const after = topicsOf((await call()).body)
  expect(after).not.toContain('ultrasound')
  expect(after).toEqual(before.filter((topic) => topic !== 'ultrasound'))
})

test('a client made silent by a reload gets no cards', async () => {
  hospital.configure({ client: ['rulesMode: silent'] })
  await reload()

  expect(await call()).toEqual({ status: 200, body: { cards: [] } })
})

test('a limit changed by a reload applies to the next call', async () => {
  hospital.configure({ file: ['limits: { body: 1kb }'] })
  await reload()
  expect((await call()).status).toBe(413)

  hospital.configure()
  await reload()
  expect((await call()).status).toBe(200)
})

test('a change that needs a restart stops the whole reload, and the log says this', async () => {
  hospital.configure({ client: ['rulesMode: silent'], file: ['admin: { port: 0 }'] })

  expect(await reload()).toContain('admin has changed')
  expect(topicsOf((await call()).body)).toContain('ultrasound')
  hospital.configure()
})

test('a token used before a reload is refused after it', async () => {
  const token = await hospital.authorization(viewPath)
  expect((await post(service.base + viewPath, viewOf(patient), token)).status).toBe(200)
  await reload()

  expect((await post(service.base + viewPath, viewOf(patient), token)).status).toBe(401)
})

test('AUD-030 AUD-031 the start and every reload with a change are in the audit, with the changes', async () => {
  expect(await service.stop()).toBe(0)
  const { faults, records } = await readAudit(hospital.env['AUDIT_DATABASE'])
  const changes = records
    .filter(({ type }) => type.endsWith('-change'))
    .map(({ body }) => JSON.stringify(body))

  expect(faults).toEqual([])
  expect(changes.some((change) => change.includes('draftsAccepted false → true'))).toBe(true)
  expect(changes.some((change) => change.includes('cardsOff [] → [\\"ultrasound\\"]'))).toBe(true)
  expect(changes.some((change) => change.includes('rulesMode live → silent'))).toBe(true)
  expect(records.filter(({ type }) => type === 'invocation').length).toBeGreaterThan(0)
})
