import { describe, expect, test } from '@jest/globals'
import {
  bundle,
  clientFor,
  condition,
  fullPrefetch,
  gatherOffline,
  hookRequest,
  patientId,
  sourceOf,
  subject,
} from './calls.js'

const outcome = (severity: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code: 'processing' }],
})
const asEntry = (resource: object, mode?: string) => ({ resource, ...(mode && { search: { mode } }) })
const bundleOf = (...entry: object[]) => ({ resourceType: 'Bundle', type: 'searchset', entry })
const conditionsAfter = async (value: unknown) => {
  const chart = await gatherOffline(hookRequest(fullPrefetch({ conditions: value })), clientFor())
  return { chart, source: sourceOf(chart, 'conditions') }
}

describe('P5 the states of a prefetch key', () => {
  test.each([
    ['null is satisfied and empty', null, 'empty', undefined],
    ['a Bundle without entry is empty', { resourceType: 'Bundle', type: 'searchset' }, 'empty', undefined],
    ['a Bundle with no entries is empty', bundleOf(), 'empty', undefined],
    ['a Bundle with entry null is empty', { resourceType: 'Bundle', entry: null }, 'empty', undefined],
    ['an OperationOutcome is a failure', outcome('error'), 'error', 'client-failed'],
    ['even a mild OperationOutcome as the value is', outcome('information'), 'error', 'client-failed'],
    ['a lone mild outcome without mode is empty', bundleOf(asEntry(outcome('warning'))), 'empty', undefined],
    [
      'a lone error outcome without mode fails',
      bundleOf(asEntry(outcome('error'))),
      'error',
      'client-failed',
    ],
    [
      'a lone mild outcome of a search is empty',
      bundleOf(asEntry(outcome('warning'), 'outcome')),
      'empty',
      undefined,
    ],
    ['information likewise', bundleOf(asEntry(outcome('information'), 'outcome')), 'empty', undefined],
    ['a lone error outcome fails', bundleOf(asEntry(outcome('error'), 'outcome')), 'error', 'client-failed'],
    ['a lone fatal outcome fails', bundleOf(asEntry(outcome('fatal'), 'outcome')), 'error', 'client-failed'],
    [
      'an outcome without issues fails',
      bundleOf(asEntry({ resourceType: 'OperationOutcome' }, 'outcome')),
      'error',
      'client-failed',
    ],
    ['an HTML page is malformed', '<html><body>Error</body></html>', 'error', 'malformed'],
    ['a number is malformed', 7, 'error', 'malformed'],
    ['a list is malformed', [condition('c1')], 'error', 'malformed'],
    ['an object of no type is malformed', { id: 'x' }, 'error', 'malformed'],
    ['entries that are no list are malformed', { resourceType: 'Bundle', entry: {} }, 'error', 'malformed'],
    [
      'only things of another type are malformed',
      bundle({ resourceType: 'Observation', id: 'o', subject }),
      'error',
      'malformed',
    ],
    [
      'entries without resources are malformed',
      bundleOf({ fullUrl: 'x' }, { resource: null }),
      'error',
      'malformed',
    ],
    [
      'an order of an older type is of another version',
      bundleOf(asEntry({ resourceType: 'MedicationOrder', id: 'm', patient: subject }, 'match')),
      'error',
      'other-version',
    ],
    [
      'a Condition that names its patient as DSTU2 does is of another version',
      bundleOf(asEntry({ resourceType: 'Condition', id: 'c2', patient: subject }, 'match')),
      'error',
      'other-version',
    ],
    [
      'a Condition of another version beside one of R4 makes the key partial',
      bundle(condition('c1'), { resourceType: 'Condition', id: 'c2', patient: subject }),
      'partial',
      'other-version',
    ],
    ['a resource is used', condition('c1'), 'ok', undefined],
    ['a searchset is used', bundle(condition('c1')), 'ok', undefined],
    ['a collection is used', { ...bundle(condition('c1')), type: 'collection' }, 'ok', undefined],
    [
      'a Bundle without type is used',
      { resourceType: 'Bundle', entry: [{ resource: condition('c1') }] },
      'ok',
      undefined,
    ],
    [
      'a mild outcome beside matches is skipped',
      bundleOf(asEntry(condition('c1'), 'match'), asEntry(outcome('warning'), 'outcome')),
      'ok',
      undefined,
    ],
    [
      'a mild outcome beside matches is skipped, whatever its mode',
      bundleOf(asEntry(condition('c1')), asEntry(outcome('information'), 'match')),
      'ok',
      undefined,
    ],
    [
      'an error beside matches leaves the key partly read',
      bundleOf(asEntry(condition('c1'), 'match'), asEntry(outcome('error'), 'outcome')),
      'partial',
      'client-failed',
    ],
  ])('P5 %s', async (_, value, state, why) => {
    const { source } = await conditionsAfter(value)

    expect(source).toEqual({
      key: 'conditions',
      origin: 'prefetch',
      state,
      ...(why && { why }),
      count: state === 'ok' || state === 'partial' ? 1 : 0,
      ms: 0,
    })
  })

  test('P5 an absent key without a FHIR server is not supplied', async () => {
    const rest = fullPrefetch()
    delete rest['conditions']
    const chart = await gatherOffline(hookRequest(rest), clientFor())

    expect(sourceOf(chart, 'conditions')).toEqual({
      key: 'conditions',
      origin: 'none',
      state: 'absent',
      why: 'not-supplied',
      count: 0,
      ms: 0,
    })
    expect(chart.sources.filter(({ why }) => why)).toHaveLength(1)
  })

  test('P7 a next link that cannot be followed leaves the key read in part', async () => {
    const first = {
      ...bundle(condition('c1')),
      link: [{ relation: 'next', url: 'https://x.example/?page=2' }],
    }
    const { source, chart } = await conditionsAfter(first)

    expect(source).toMatchObject({ state: 'partial', why: 'truncated', count: 1 })
    expect(chart.resources.map(({ id }) => id)).toContain('c1')
  })

  test('P9 unknown prefetch keys change nothing', async () => {
    const odd = fullPrefetch({
      __proto__x: 1,
      constructor: bundle(condition('c9')),
      toString: 'x',
      other: bundle(condition('c8')),
    })
    const chart = await gatherOffline(hookRequest(odd), clientFor())

    expect(chart.resources.map(({ resourceType }) => resourceType)).toEqual(['Patient'])
    expect(chart.sources).toHaveLength(15)
  })

  test('SEC-041 a Bundle of more than 5,000 entries is refused, and a Bundle of 5,000 is accepted', async () => {
    const many = (count: number) => bundle(...Array.from({ length: count }, (_, n) => condition(`c${n}`)))

    expect((await conditionsAfter(many(5_000))).source).toMatchObject({
      state: 'partial',
      why: 'over-budget',
    })
    expect((await conditionsAfter(many(5_001))).source).toMatchObject({ state: 'error', why: 'bad-answer' })
  })
})

describe('P9 SEC-047 the patient to whom data belong', () => {
  test.each([
    ['relative', `Patient/${patientId}`, true],
    ['relative with version', `Patient/${patientId}/_history/3`, true],
    ['absolute', `https://ehr.example.org/r4/Patient/${patientId}`, true],
    ['absolute with version', `https://ehr.example.org/r4/Patient/${patientId}/_history/3`, true],
    ['the urn of the Patient entry', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', true],
    ['another urn', 'urn:uuid:ffffffff-1cbf-4d64-b04d-cd9187a4c6e0', false],
    ['another patient', 'Patient/zz-2', false],
    ['an id that starts like hers', `Patient/${patientId}0`, false],
    ['an id that ends like hers', `https://ehr.example.org/r4/Patient/a-${patientId}`, false],
    ['her id as another type', `Group/${patientId}`, false],
    ['her id below another type name', `https://ehr.example.org/NotPatient/${patientId}`, false],
    ['no scheme before the path', `evil/Patient/${patientId}`, false],
    ['a contained patient', '#p', false],
    ['nothing', '', false],
  ])('P9 a subject given as %s', async (_, reference, hers) => {
    const conditions = {
      resourceType: 'Bundle',
      entry: [
        {
          fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
          resource: { resourceType: 'Patient', id: patientId },
        },
        {
          fullUrl: 'urn:uuid:ffffffff-1cbf-4d64-b04d-cd9187a4c6e0',
          resource: { resourceType: 'Patient', id: 'zz-2' },
        },
        { resource: condition('c1', { subject: { reference } }) },
      ],
    }
    const { chart, source } = await conditionsAfter(conditions)

    expect(chart.resources.some(({ id }) => id === 'c1')).toBe(hers)
    expect(source.count).toBe(hers ? 1 : 0)
    expect(chart.droppedForeign).toBe(hers ? 1 : 2)
  })

  test.each([
    ['an identifier only', { identifier: { value: 'x' } }],
    ['no subject', undefined],
    ['null', null],
    ['a list', [subject]],
  ])('SEC-047 a resource whose subject is %s belongs to nobody', async (_, given) => {
    const { chart, source } = await conditionsAfter(bundle(condition('c1', { subject: given })))

    expect(source).toMatchObject({ state: 'wrong-patient', why: 'wrong-patient', count: 0 })
    expect(chart.droppedForeign).toBe(1)
  })

  test("P9 in a mixed Bundle the patient's resources stay, the others are counted, and the key is read", async () => {
    const { chart, source } = await conditionsAfter(
      bundle(condition('c1'), condition('c2', { subject: { reference: 'Patient/zz-2' } })),
    )

    expect(source).toMatchObject({ state: 'ok', count: 1 })
    expect(chart.resources.map(({ id }) => id)).toEqual([patientId, 'c1'])
    expect(chart.droppedForeign).toBe(1)
  })

  test('P9 a Patient with another id is never used', async () => {
    const patient = { resourceType: 'Patient', id: 'zz-2', gender: 'female' }
    const chart = await gatherOffline(hookRequest(fullPrefetch({ patient })), clientFor())

    expect(chart.resources).toEqual([])
    expect(sourceOf(chart, 'patient')).toMatchObject({ state: 'wrong-patient', why: 'wrong-patient' })
  })

  test('P9 of two Patients in a Bundle only the patient of the call is used', async () => {
    const patient = bundle(
      { resourceType: 'Patient', id: 'zz-2' },
      { resourceType: 'Patient', id: patientId },
    )
    const chart = await gatherOffline(hookRequest(fullPrefetch({ patient })), clientFor())

    expect(chart.resources.map(({ id }) => id)).toEqual([patientId])
    expect(sourceOf(chart, 'patient').state).toBe('ok')
  })

  test('H7 a draft order of another patient is dropped, a draft order without a subject stays', async () => {
    const order = (id: string, changes: object) => ({ resourceType: 'MedicationRequest', id, ...changes })
    const draftOrders = [
      { resource: order('d1', { subject }) },
      { resource: order('d2', { subject: { reference: 'Patient/zz-2' } }) },
      { resource: order('d3', {}) },
      { resource: { resourceType: 'NutritionOrder', id: 'd4', patient: subject } },
      { resource: { resourceType: 'Task', id: 'd5', for: { reference: 'Patient/zz-2' } } },
      { resource: { id: 'd6' } },
      { resource: 'text' },
    ]
    const chart = await gatherOffline(hookRequest(fullPrefetch(), { draftOrders }), clientFor())

    expect(chart.draftOrders.map(({ id }) => id)).toEqual(['d1', 'd3', 'd4'])
    expect(chart.droppedForeign).toBe(2)
  })
})

describe('the addresses of drafts', () => {
  const urn = (end: string): string => `urn:uuid:5b2d6a10-0000-4000-8000-00000000000${end}`
  const order = (changes: object) => ({ resourceType: 'MedicationRequest', subject, ...changes })
  const gathered = (draftOrders: readonly object[], selections: readonly string[] = []) =>
    gatherOffline(hookRequest(fullPrefetch(), { draftOrders, selections }), clientFor())

  test('a Medication among the drafts is found by its address', async () => {
    const medicationReference = { reference: urn('1') }
    const chart = await gathered([
      { fullUrl: urn('1'), resource: { resourceType: 'Medication', code: { text: 'cabergoline' } } },
      { fullUrl: urn('2'), resource: order({ id: 'd1', medicationReference }) },
    ])

    expect(chart.medications.get(urn('1'))).toMatchObject({ code: { text: 'cabergoline' } })
    expect(chart.draftOrders.map(({ id }) => id)).toEqual(['d1'])
  })

  test.each([
    ['with an id', { id: 'd1' }, urn('2'), 'MedicationRequest/d1'],
    ['without an id', {}, urn('2'), `MedicationRequest/${urn('2').slice('urn:uuid:'.length)}`],
    ['by its id', { id: 'd1' }, 'MedicationRequest/d1', 'MedicationRequest/d1'],
    ['by another address', { id: 'd1' }, urn('3'), urn('3')],
  ])('a draft %s is selected by %s', async (_, changes, selection, selected) => {
    const chart = await gathered([{ fullUrl: urn('2'), resource: order(changes) }], [selection])

    expect(chart.selections).toEqual([selected])
  })

  test('a draft without an id has the one at the end of its address', async () => {
    const chart = await gathered([
      { fullUrl: urn('2'), resource: order({}) },
      { fullUrl: 'https://ehr.example.org/r4/MedicationRequest/d9/_history/2', resource: order({}) },
      { fullUrl: 'no address', resource: order({}) },
    ])

    expect(chart.draftOrders.map(({ id }) => id)).toEqual([urn('2').slice(9), 'd9', undefined])
  })
})

describe('the content of the chart', () => {
  test('P6 a resource under two keys is in the chart once, and each key counts it', async () => {
    const sign = { resourceType: 'Observation', id: 'o1', subject }
    const chart = await gatherOffline(
      hookRequest(fullPrefetch({ temperatures: bundle(sign), breastSigns: bundle({ ...sign }) })),
      clientFor(),
    )

    expect(chart.resources.filter(({ id }) => id === 'o1')).toHaveLength(1)
    expect(sourceOf(chart, 'temperatures').count).toBe(1)
    expect(sourceOf(chart, 'breastSigns').count).toBe(1)
  })

  test('resources without an id all stay, because nothing says that they are the same', async () => {
    const { chart } = await conditionsAfter(
      bundle({ resourceType: 'Condition', subject }, { resourceType: 'Condition', subject }),
    )

    expect(chart.resources.filter(({ resourceType }) => resourceType === 'Condition')).toHaveLength(2)
  })

  test('encounter and selections are in the chart unchanged', async () => {
    const chart = await gatherOffline(
      hookRequest(fullPrefetch(), { encounterId: 'e1', selections: ['MedicationRequest/d1'] }),
      clientFor(),
    )

    expect(chart).toMatchObject({ encounterId: 'e1', selections: ['MedicationRequest/d1'], patientId })
  })

  test.each([
    ['relative', 'Medication/m1', { id: 'm1' }, undefined],
    ['absolute', 'https://ehr.example.org/r4/Medication/m1', { id: 'm1' }, undefined],
    ['versioned', 'Medication/m1/_history/2', { id: 'm1' }, undefined],
    [
      'as the urn of its entry',
      'urn:uuid:11111111-1cbf-4d64-b04d-cd9187a4c6e0',
      {},
      'urn:uuid:11111111-1cbf-4d64-b04d-cd9187a4c6e0',
    ],
  ])(
    'an included Medication is found under the reference of the order, %s',
    async (_, reference, medication, fullUrl) => {
      const medicationRequests = {
        resourceType: 'Bundle',
        entry: [
          {
            resource: {
              resourceType: 'MedicationRequest',
              id: 'r1',
              subject,
              medicationReference: { reference },
            },
          },
          { ...(fullUrl && { fullUrl }), resource: { resourceType: 'Medication', ...medication } },
        ],
      }
      const chart = await gatherOffline(hookRequest(fullPrefetch({ medicationRequests })), clientFor())

      expect(chart.medications.get(reference)?.resourceType).toBe('Medication')
      expect(sourceOf(chart, 'medicationRequests')).toMatchObject({ state: 'ok', count: 1 })
      expect(chart.droppedForeign).toBe(0)
    },
  )

  test('an id that cannot be converted to text leaves the rest of the chart unchanged', async () => {
    const noText = { toString: null } as unknown as string
    const order = {
      resourceType: 'MedicationRequest',
      id: noText,
      subject,
      contained: [
        { resourceType: 'Medication', id: noText },
        { resourceType: 'Medication', id: 'z' },
      ],
      medicationReference: { reference: '#z' },
    }
    const sound = { ...order, id: 'r2' }
    const chart = await gatherOffline(
      hookRequest(fullPrefetch({ medicationRequests: bundle(order, sound) })),
      clientFor(),
    )

    expect([...chart.named.keys()]).toContain('MedicationRequest/r2')
    expect(sourceOf(chart, 'medicationRequests')).toMatchObject({ state: 'ok' })
  })
})
