import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import express from 'express'
import type { Bundle, CapabilityStatement, FhirResource, OperationOutcome } from 'fhir/r4.js'
import request from 'supertest'
import { sandboxRouter } from '../../src/sandbox/sandbox-router.js'

const dir = mkdtempSync(join(tmpdir(), 'sandbox-'))
afterAll(() => rmSync(dir, { recursive: true }))

const now = Date.parse('2027-01-10T12:00:30Z')
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const observation = (id: string, code: string, effectiveDateTime: string, category = 'vital-signs') => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: { reference: 'Patient/ann' },
  code: loinc(code),
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] },
  ],
  effectiveDateTime,
})

function story(name: string, text: string, resources: readonly object[]): void {
  mkdirSync(join(dir, 'patients', name), { recursive: true })
  writeFileSync(join(dir, 'patients', name, 'story.md'), text)
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
  writeFileSync(join(dir, 'patients', name, 'bundle.json'), JSON.stringify(bundle))
}

story('ann', '---\nat: 2026-03-03T09:00:00Z\n---\nAnn.', [
  {
    resourceType: 'Patient',
    id: 'ann',
    birthDate: '1994-05-17',
    name: [{ family: 'Zzcanary', given: ['Ann'] }],
  },
  observation('t1', '8310-5', '2026-03-01T09:00:00Z'),
  observation('t2', '8310-5', '2026-03-03T09:00:00Z'),
  observation('t3', '8310-5', '2026-03-02T09:00:00Z'),
  observation('e1', '77-7', '2026-03-03', 'exam'),
  { resourceType: 'Observation', id: 'other', subject: { reference: 'Patient/bea' }, code: loinc('8310-5') },
  {
    resourceType: 'MedicationRequest',
    id: 'm1',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/ann' },
    medicationReference: { reference: 'Medication/drug' },
    authoredOn: '2026-03-01T09:00:00Z',
  },
  { resourceType: 'MedicationRequest', id: 'm2', intent: 'plan', subject: { reference: 'Patient/ann' } },
  { resourceType: 'Medication', id: 'drug', code: { text: 'dicloxacillin' } },
])
story('bea', 'No front matter.', [
  { resourceType: 'Patient', id: 'bea', name: [{ family: 'Zzcanary', given: ['Bea'] }] },
  { ...observation('t1', '8310-5', '2026-03-03T09:00:00Z'), subject: { reference: 'Patient/bea' } },
])

const app = express().use('/fhir', sandboxRouter({ fixturesDir: dir, clock: () => now }))

const bundleAt = async (path: string): Promise<Bundle> =>
  (await request(app).get(`/fhir/${path}`).expect(200)).body as Bundle
const idsOf = (bundle: Bundle, mode = 'match') =>
  (bundle.entry ?? []).filter(({ search }) => search?.mode === mode).map(({ resource }) => resource?.id)

test('the capability statement says R4 and has a security part', async () => {
  const response: { body: unknown; headers: Record<string, string> } = await request(app)
    .get('/fhir/metadata')
    .expect(200)
  const statement = response.body as CapabilityStatement

  expect(statement.fhirVersion).toBe('4.0.1')
  expect(statement.rest?.[0]?.security).toBeDefined()
  expect(response.headers['content-type']).toContain('application/fhir+json')
})

test('a web page of any origin may ask', async () => {
  const response: { headers: Record<string, string> } = await request(app)
    .options('/fhir/Patient')
    .set('origin', 'https://sandbox.cds-hooks.org')

  expect(response.headers['access-control-allow-origin']).toBe('*')
})

describe('read', () => {
  test('a patient is read by id', async () => {
    const response: { body: unknown } = await request(app).get('/fhir/Patient/ann').expect(200)

    expect(response.body).toMatchObject({ resourceType: 'Patient', id: 'ann' })
  })

  test.each([
    ['an unknown id', 'Patient/nobody'],
    ['an id that two patients have', 'Observation/t1'],
    ['a type as path of three', 'Patient/ann/Observation'],
  ])('%s is 404 with an OperationOutcome', async (_, path) => {
    const response: { body: unknown } = await request(app).get(`/fhir/${path}`).expect(404)

    expect((response.body as OperationOutcome).resourceType).toBe('OperationOutcome')
  })
})

describe('time', () => {
  test('a story happens now, in the begun minute', async () => {
    const bundle = await bundleAt('Observation?patient=ann&_sort=-date&code=8310-5')
    const [newest] = bundle.entry ?? []

    expect(newest?.resource).toMatchObject({ id: 't2', effectiveDateTime: '2027-01-10T12:00:00Z' })
  })

  test('a story without a moment is told at the usual one', async () => {
    const bundle = await bundleAt('Observation?patient=bea&_sort=date')

    expect(bundle.entry?.[0]?.resource).toMatchObject({ effectiveDateTime: '2027-01-10T12:00:00Z' })
  })
})

describe('search', () => {
  test.each([
    ['patient by id', 'Observation?patient=ann&_sort=_id', ['e1', 't1', 't2', 't3']],
    ['patient by reference', 'Observation?patient=Patient/ann&_sort=_id', ['e1', 't1', 't2', 't3']],
    ['subject', 'Observation?subject=Patient/bea&_sort=_id', ['other', 't1']],
    ['an unknown patient', 'Observation?patient=nobody', []],
    ['code alone', 'Observation?patient=ann&code=77-7', ['e1']],
    ['system and code', 'Observation?patient=ann&code=http://loinc.org|77-7', ['e1']],
    ['another system', 'Observation?patient=ann&code=http://snomed.info/sct|77-7', []],
    ['no system', 'Observation?patient=ann&code=|77-7', []],
    [
      'any code of a system',
      'Observation?patient=ann&code=http://loinc.org|&_sort=_id',
      ['e1', 't1', 't2', 't3'],
    ],
    ['a list of codes', 'Observation?patient=ann&code=x|1,http://loinc.org|77-7', ['e1']],
    ['category list', 'Observation?patient=ann&category=exam,survey', ['e1']],
    ['status', 'Observation?patient=ann&status=preliminary', []],
    ['two parameters are and', 'Observation?patient=ann&category=exam&code=8310-5', []],
    ['intent list', 'MedicationRequest?patient=ann&intent=order,original-order', ['m1']],
    ['newest first', 'Observation?patient=ann&code=8310-5&_sort=-date', ['t2', 't3', 't1']],
    ['oldest first', 'Observation?patient=ann&code=8310-5&_sort=date', ['t1', 't3', 't2']],
    ['orders newest first, undated last', 'MedicationRequest?patient=ann&_sort=-authoredon', ['m1', 'm2']],
    ['date ge', 'Observation?patient=ann&code=8310-5&date=ge2027-01-09&_sort=date', ['t3', 't2']],
    ['date gt', 'Observation?patient=ann&code=8310-5&date=gt2027-01-09', ['t2']],
    ['date lt', 'Observation?patient=ann&code=8310-5&date=lt2027-01-09', ['t1']],
    ['date le', 'Observation?patient=ann&code=8310-5&date=le2027-01-09&_sort=date', ['t1', 't3']],
    ['a day', 'Observation?patient=ann&code=8310-5&date=2027-01-09', ['t3']],
    ['a month', 'Observation?patient=ann&code=8310-5&date=2027-01&_sort=date', ['t1', 't3', 't2']],
    ['_id', 'Patient?_id=ann', ['ann']],
    ['name', 'Patient?name=bea', ['bea']],
    ['an unknown parameter is passed over', 'Patient?_id=ann&_format=json&x=y', ['ann']],
  ])('%s', async (_, path, ids) => {
    const bundle = await bundleAt(path)

    expect(idsOf(bundle)).toEqual(ids)
    expect(bundle.total).toBe(ids.length)
  })

  test('POST _search is the same search', async () => {
    const response: { body: unknown } = await request(app)
      .post('/fhir/Observation/_search')
      .type('form')
      .send('_sort=-date&code=http%3A%2F%2Floinc.org%7C8310-5&patient=ann')
      .expect(200)

    expect(idsOf(response.body as Bundle)).toEqual(['t2', 't3', 't1'])
  })

  test('_include brings the Medication of an order, outside the total', async () => {
    const bundle = await bundleAt('MedicationRequest?patient=ann&_include=MedicationRequest:medication')

    expect(bundle.total).toBe(2)
    expect(idsOf(bundle, 'include')).toEqual(['drug'])
    expect(idsOf(await bundleAt('MedicationRequest?patient=ann'), 'include')).toEqual([])
  })

  test('pages are linked until the last, and each resource comes once', async () => {
    const seen: (string | undefined)[] = []
    let path: string | undefined = 'Observation?patient=ann&_count=3&_sort=_id'
    while (path !== undefined) {
      const bundle: Bundle = await bundleAt(path)
      seen.push(...idsOf(bundle))
      expect(bundle.total).toBe(4)
      path = bundle.link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/')[1]
      expect(seen.length).toBeLessThan(10)
    }

    expect(seen).toEqual(['e1', 't1', 't2', 't3'])
  })

  test('_count=0 and _summary=count give the total alone', async () => {
    for (const query of ['_count=0', '_summary=count']) {
      const bundle = await bundleAt(`Observation?patient=ann&${query}`)

      expect(bundle.total).toBe(4)
      expect(bundle.entry).toEqual([])
      expect(bundle.link).toHaveLength(1)
    }
  })
})

describe('batch', () => {
  test('reads and searches are answered entry by entry; a write is refused', async () => {
    const batch = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Patient/ann' } },
        { request: { method: 'GET', url: 'Observation?patient=ann&code=77-7' } },
        { request: { method: 'GET', url: 'Patient/nobody' } },
        { request: { method: 'PUT', url: 'Patient/ann' }, resource: { resourceType: 'Patient' } },
        {},
      ],
    }
    const response: { body: unknown } = await request(app)
      .post('/fhir')
      .type('application/fhir+json')
      .send(JSON.stringify(batch))
      .expect(200)
    const { entry = [] } = response.body as Bundle

    expect(entry.map(({ response: answer }) => answer?.status)).toEqual(['200', '200', '404', '405', '405'])
    expect(entry.map(({ resource }) => resource?.resourceType)).toEqual([
      'Patient',
      'Bundle',
      'OperationOutcome',
      'OperationOutcome',
      'OperationOutcome',
    ])
  })

  test.each([
    ['PUT', 405],
    ['DELETE', 405],
    ['PATCH', 405],
  ] as const)('%s is refused', async (method, status) => {
    const response: { body: unknown } = await request(app)
      [method.toLowerCase() as 'put' | 'delete' | 'patch']('/fhir/Patient/ann')
      .expect(status)

    expect((response.body as FhirResource).resourceType).toBe('OperationOutcome')
  })

  test('a Bundle that is no batch is refused', async () => {
    await request(app).post('/fhir').send({ resourceType: 'Bundle', type: 'transaction' }).expect(400)
  })
})
