import { expect, test } from '@jest/globals'
import { makeService } from '../../src/service/service.js'
import { answer, quietServer, startFhir } from '../conformance/fhir-server.js'
import { aClient, bodies, post, someSettings } from '../http/rig.js'
import { listening } from '../http/whole.js'

test('a FHIR server that is asked for less is in the log and in readiness, without its address', async () => {
  const fhir = await startFhir()
  const client = aClient({ fhirServers: [fhir.base] })
  const logged: string[] = []
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (...line: unknown[]) => logged.push(JSON.stringify(line)),
  }
  const settings = someSettings({ clients: [client] })
  const service = await makeService(settings, { note: () => undefined, log })
  const { base, close } = await listening(service, settings)
  const ready = async (): Promise<unknown> => (await fetch(`${base}/health/ready`)).json()
  const call = () =>
    post(`${base}/cds-services/mastitis-patient-view`, { ...bodies['patient-view'](), fhirServer: fhir.base })

  await call()
  expect(await ready()).toEqual({ status: 'ready' })
  expect(logged).toEqual([])

  fhir.behave((req, res) =>
    /Condition\?.*_sort/.test(req.url ?? '') ? answer(res, {}, 400) : quietServer(req, res),
  )
  expect((await call()).status).toBe(200)
  await call()
  expect(await ready()).toEqual({ status: 'ready', fhirServersAskedForLess: 1 })
  expect(logged).toEqual([
    JSON.stringify([
      'FHIR server is asked for less',
      { client: client.id, key: 'conditions', form: 'without _sort' },
    ]),
  ])

  await close()
  await fhir.close()
})
