import { expect, test } from '@jest/globals'
import type { Settings } from '../../src/config/settings.js'
import { aClient, ask, codeOf, post, someSettings } from './rig.js'
import { startWhole } from './whole.js'
import { launchServer } from '../../src/http/smart-launch.js'
import type { SmartConfiguration } from '../../src/workbench/smart-views.js'

const [ofA, ofB] = ['https://fhir.a.example.org/r4', 'https://fhir.b.example.org/r4/']
const change: Partial<Settings> = {
  clients: [aClient({ id: 'a', fhirServers: [ofA] }), aClient({ id: 'b', fhirServers: [ofB] })],
  smart: { clientId: 'app', issuers: [{ iss: ofB, tokenOrigins: ['https://login.b.example.org'] }] },
}
const production = someSettings({ ...change, mode: 'production' })

test.each([
  // the server that asks to launch       what the app may talk to
  ['a FHIR server of a client', ofA, ['https://fhir.a.example.org']],
  ['the same with a slash', `${ofA}/`, ['https://fhir.a.example.org']],
  ['one listed for the app', ofB, ['https://fhir.b.example.org', 'https://login.b.example.org']],
  [
    'one listed, without its slash',
    ofB.slice(0, -1),
    ['https://fhir.b.example.org', 'https://login.b.example.org'],
  ],
  ['a longer path', `${ofA}/other`, undefined],
  ['another server', 'https://evil.example/r4', undefined],
  ['no URL at all', 'zz', undefined],
  ['this machine', 'http://127.0.0.1:8080/fhir', undefined],
])('SEC-076 in production %s: the app may connect to the servers of this launch alone', (_, iss, origins) => {
  expect(launchServer(iss, production)?.origins).toEqual(origins)
})

test.each([
  ['http://127.0.0.1:8080/fhir', true],
  ['http://localhost/fhir', true],
  ['http://127.0.0.1.evil.example/fhir', false],
  ['http://user@127.0.0.1/fhir', false],
])('SEC-076 in development %s may launch: %s', (iss, may) => {
  expect(launchServer(iss, someSettings()) !== undefined).toBe(may)
})

test('SEC-071 SEC-076 configuration and policy of a launch name no server of another hospital', async () => {
  const whole = await startWhole(change)
  const of = (path: string, name: string, iss: string) =>
    ask(`${whole.base}${path}?${name}=${encodeURIComponent(iss)}`)
  try {
    const { body, status } = await of('/smart/configuration', 'iss', ofA)
    expect([status, (body as SmartConfiguration).iss]).toEqual([200, ofA])
    expect(JSON.stringify(body)).not.toContain('b.example.org')

    const answers = [
      await of('/smart/configuration', 'iss', 'https://evil.example/r4'),
      await of('/smart/configuration', 'server', ofA),
      await post(`${whole.base}/smart/evaluate`, {
        iss: 'https://evil.example/r4',
        patientId: 'p',
        prefetch: {},
      }),
      await post(`${whole.base}/smart/evaluate`, { patientId: 'p', prefetch: {} }),
    ]
    expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [400, 'PROTOCOL_FIELD_INVALID'],
      [400, 'PROTOCOL_FIELD_MISSING'],
      [400, 'PROTOCOL_FIELD_INVALID'],
      [400, 'PROTOCOL_FIELD_MISSING'],
    ])
    expect(answers.map(({ text }) => text).join()).not.toContain('a.example.org')
  } finally {
    await whole.close()
  }
})

const chart = (bytes: number): string => {
  const question = JSON.stringify({ iss: ofA, patientId: 'p', prefetch: { note: '' } })
  return question.replace('"note":""', `"note":"${'x'.repeat(bytes - question.length)}"`)
}

test('SEC-041 a request of the app may have 512 KiB, and not one byte more', async () => {
  const whole = await startWhole(change)
  try {
    expect((await post(`${whole.base}/smart/evaluate`, chart(524_288))).status).toBe(200)
    expect((await post(`${whole.base}/smart/evaluate`, chart(524_289))).status).toBe(413)
  } finally {
    await whole.close()
  }
})

test('SEC-102 the routes of the app accept 120 requests a minute from one address', async () => {
  const whole = await startWhole(change)
  const call = async (): Promise<number> => (await post(`${whole.base}/smart/evaluate`, {})).status
  try {
    const statuses: number[] = []
    for (let asked = 0; asked < 121; asked++) statuses.push(await call())

    expect(new Set(statuses.slice(0, 120))).toEqual(new Set([400]))
    expect(statuses[120]).toBe(429)
  } finally {
    await whole.close()
  }
})
