import { describe, expect, test } from '@jest/globals'
import { patientBundle } from '../../src/sandbox/patient-bundle.js'
import { prefetchOf } from '../../src/sandbox/prefetch-of.js'

const urn = 'urn:uuid:9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
const uuid = urn.slice('urn:uuid:'.length)
const patient = (fullUrl?: string, id?: string) => ({
  ...(fullUrl !== undefined && { fullUrl }),
  resource: { resourceType: 'Patient', ...(id !== undefined && { id }) },
})
const bundle = (...entry: readonly object[]) => ({ resourceType: 'Bundle', entry })

describe('the patient of a Bundle', () => {
  test.each([
    ['by its id', bundle(patient(undefined, 'p-1')), undefined, 'p-1'],
    ['by its id, whatever its address', bundle(patient(urn, 'p-1')), undefined, 'p-1'],
    ['by its address', bundle(patient(urn)), undefined, uuid],
    ['by a web address', bundle(patient('https://e.org/r4/Patient/p-1/_history/2')), undefined, 'p-1'],
    ['alone, without id and address', bundle(patient()), undefined, 'the-patient'],
    ['twice the same', bundle(patient(undefined, 'p-1'), patient(urn, 'p-1')), undefined, 'p-1'],
    ['of two, by id', bundle(patient(undefined, 'p-1'), patient(urn, 'p-2')), 'p-2', 'p-2'],
    ['of two, by type and id', bundle(patient(undefined, 'p-1'), patient(urn, 'p-2')), 'Patient/p-2', 'p-2'],
    ['of two, by address', bundle(patient(undefined, 'p-1'), patient(urn, 'p-2')), urn, 'p-2'],
  ])('is found %s', (_, given, wanted, patientId) => {
    expect(patientBundle(given, wanted)).toMatchObject({ patientId })
  })

  test.each([
    ['no Bundle', { resourceType: 'Patient', id: 'p-1' }, undefined, 'no-bundle', []],
    ['no Patient', bundle({ resource: { resourceType: 'Condition' } }), undefined, 'none', []],
    ['two Patients', bundle(patient(undefined, 'p-1'), patient(urn)), undefined, 'several', ['p-1', uuid]],
    ['two Patients without ids', bundle(patient(), patient()), undefined, 'none', []],
    ['another Patient than the wanted one', bundle(patient(undefined, 'p-1')), 'p-2', 'not-there', ['p-1']],
  ])('is not guessed: %s', (_, given, wanted, problem, ids) => {
    expect(patientBundle(given, wanted)).toEqual({ problem, ids })
  })
})

describe('the prefetch made of a Bundle', () => {
  const given = patientBundle(
    bundle(
      patient(urn),
      { fullUrl: 'urn:uuid:c', resource: { resourceType: 'Condition', subject: { reference: urn } } },
      { fullUrl: 'urn:uuid:m', resource: { resourceType: 'Medication' } },
    ),
  )
  if ('problem' in given) throw new Error(given.problem)
  const prefetch = prefetchOf(given.resources, given.patientId, undefined, given.addresses)

  test('keeps the addresses of its entries, that of the Patient too', () => {
    expect(prefetch['patient']).toMatchObject({ entry: [{ fullUrl: urn, resource: { id: uuid } }] })
    expect(prefetch['conditions']).toMatchObject({ entry: [{ fullUrl: 'urn:uuid:c' }] })
  })

  test('has the Medications of the Bundle beside the orders, whichever resource names them', () => {
    expect(prefetch['medicationRequests']).toMatchObject({
      total: 0,
      entry: [{ fullUrl: 'urn:uuid:m', search: { mode: 'include' } }],
    })
    expect(prefetch['conditions']).not.toMatchObject({ entry: [{}, {}] })
  })

  test('has a Patient with a web address by itself, as a read gives her', () => {
    const web = patientBundle(bundle(patient('https://e.org/r4/Patient/p-1')))
    if ('problem' in web) throw new Error(web.problem)

    expect(prefetchOf(web.resources, web.patientId, undefined, web.addresses)['patient']).toMatchObject({
      resourceType: 'Patient',
      id: 'p-1',
    })
  })
})
