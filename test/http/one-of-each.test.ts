import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'

/** A word in every request; it must never reach the output of the process. */
const canary = 'Zzcanary-one-of-each'

let service: RunningService
let fhir: Server
let fhirBase = ''

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

beforeAll(async () => {
  fhir = createServer((req, res) => {
    if (req.url?.startsWith('/hangs')) return // never answers
    res.statusCode = 500
    res.end(`<html>${canary}</html>`)
  })
  fhirBase = `http://127.0.0.1:${await listening(fhir)}`
  service = await startService({ env: { LOG_LEVEL: 'debug' } })
})

afterAll(() => {
  service.child.kill('SIGTERM')
  fhir.closeAllConnections()
  fhir.close()
})

const call = (more: Record<string, unknown>): string =>
  JSON.stringify({
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/1', patientId: canary },
    ...more,
  })

const stranger = { resourceType: 'Patient', id: 'someone-else', name: [{ family: canary }] }

interface Outcome {
  resourceType: string
  issue: { severity: string; code: string }[]
}

test.each([
  // what is sent                         body                                                       status
  ['no prefetch and no fhirServer', (): string => call({}), 412],
  ['a FHIR server that hangs', (): string => call({ fhirServer: `${fhirBase}/hangs` }), 412],
  ['a FHIR server that answers 500', (): string => call({ fhirServer: `${fhirBase}/fails` }), 412],
  ['malformed JSON', (): string => `{"hook": "${canary}", `, 400],
  ['a body of 5 MB', (): string => call({ padding: canary.padEnd(5_000_000, 'x') }), 413],
  ['JSON 100,000 levels deep', (): string => `${'['.repeat(100_000)}"${canary}"${']'.repeat(100_000)}`, 400],
  ['a hook this service does not serve', (): string => call({ hook: 'order-sign', canary }), 400],
  ["another patient's Patient in the prefetch", () => call({ prefetch: { patient: stranger } }), 412],
] as const)(
  '%s gets its status and an OperationOutcome, and the process stays alive',
  async (_, body, status) => {
    const response = await fetch(`${service.base}/cds-services/mastitis-patient-view`, {
      method: 'POST',
      body: body(),
      headers: { 'content-type': 'application/json' },
    })
    const answer = await response.text()

    expect(response.status).toBe(status)
    expect((JSON.parse(answer) as Outcome).resourceType).toBe('OperationOutcome')
    expect(answer).not.toContain(canary)
    expect((await fetch(`${service.base}/health/live`)).status).toBe(200)
  },
)

test('SEC-080 at debug level the output of the process holds nothing of these requests', () => {
  expect(service.output()).toContain('"message":"call"')
  expect(service.output()).not.toContain(canary)
})
