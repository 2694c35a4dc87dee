import { afterEach, beforeEach, expect, test } from '@jest/globals'
import nock from 'nock'
import { makeGather } from '../../src/gather/gather.js'
import { bundle, clientFor, condition, fullPrefetch, hookRequest, now, patientId, sourceOf } from './calls.js'

const fhirServer = 'https://fhir.good.org/r4'
const client = clientFor({ fhirServers: [fhirServer] })
const gather = makeGather({ settings: { mode: 'production' }, clock: () => now })
const token = { fhirAuthorization: { accessToken: 'secret-1' } }

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

const withoutConditions = () => {
  const prefetch = fullPrefetch()
  delete prefetch['conditions']
  return prefetch
}

test('F1 an https server on the allow-list is called with the token', async () => {
  const asked = nock(fhirServer, {
    reqheaders: { authorization: 'Bearer secret-1', accept: 'application/fhir+json' },
  })
    .get('/Condition')
    .query({ patient: patientId, _sort: '-recorded-date', _count: '200' })
    .reply(200, bundle(condition('c1')), { 'content-type': 'application/fhir+json' })
  const chart = await gather(hookRequest(withoutConditions(), { fhirServer, ...token }), client)

  expect(asked.isDone()).toBe(true)
  expect(sourceOf(chart, 'conditions')).toMatchObject({ origin: 'callback', state: 'ok', count: 1 })
})

test('SEC-023 a next link to a foreign host is never requested', async () => {
  const foreign = nock('https://evil.example')
    .get(/.*/)
    .reply(200, bundle(condition('c2')))
  const link = [{ relation: 'next', url: 'https://evil.example/r4?page=2' }]
  nock(fhirServer)
    .get('/Condition')
    .query(true)
    .reply(200, { ...bundle(condition('c1')), link })
  const chart = await gather(hookRequest(withoutConditions(), { fhirServer, ...token }), client)

  expect(foreign.isDone()).toBe(false)
  expect(sourceOf(chart, 'conditions')).toMatchObject({ state: 'partial', why: 'truncated' })
})

test('SEC-024 an absolute Medication reference is read from the base, not from its own address', async () => {
  const foreign = nock('https://fhir.good.org.evil.example')
    .get(/.*/)
    .reply(200, { resourceType: 'Medication' })
  const own = nock(fhirServer).get('/Medication/m1').reply(200, { resourceType: 'Medication', id: 'm1' })
  const order = {
    resourceType: 'MedicationRequest',
    id: 'r1',
    subject: { reference: `Patient/${patientId}` },
    medicationReference: { reference: 'https://fhir.good.org.evil.example/r4/Medication/m1' },
  }
  const prefetch = fullPrefetch({ medicationRequests: bundle(order) })
  const chart = await gather(hookRequest(prefetch, { fhirServer, ...token }), client)

  expect(foreign.isDone()).toBe(false)
  expect(own.isDone()).toBe(true)
  expect(chart.medications.get('https://fhir.good.org.evil.example/r4/Medication/m1')?.id).toBe('m1')
})

test('F3 the chart holds nothing of a failed request, not even its address', async () => {
  nock(fhirServer).get('/Condition').query(true).reply(500, { diagnostics: 'Zzcanary' })
  const chart = await gather(hookRequest(withoutConditions(), { fhirServer, ...token }), client)

  expect(JSON.stringify(chart)).not.toMatch(/Zzcanary|secret-1|fhir\.good\.org/)
  expect(sourceOf(chart, 'conditions')).toMatchObject({ state: 'error', why: 'server-error' })
})
