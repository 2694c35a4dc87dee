import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Decided } from '../../src/decide.js'
import type { HookRequest } from '../../src/protocol/hook-request.js'
import { ask, bodies, codeOf, post, start } from '../http/rig.js'
import type { Answer, Rig } from '../http/rig.js'

let rig: Rig
const seen: HookRequest[] = []
beforeAll(async () => {
  rig = await start({
    decide: (request) => {
      seen.push(request)
      return Promise.resolve({ invocationId: 'i', cards: [] } as unknown as Decided)
    },
  })
})
afterAll(() => rig.close())

type Hook = keyof typeof bodies
type Json = Record<string, unknown>
const call = (hook: Hook, body: unknown): Promise<Answer> =>
  post(`${rig.base}/cds-services/mastitis-${hook}`, body)
const with_ = (hook: Hook, change: Json): Json => ({ ...bodies[hook](), ...change })
const without = (hook: Hook, field: string): Json =>
  Object.fromEntries(Object.entries(bodies[hook]()).filter(([name]) => name !== field))
const withContext = (hook: Hook, change: Json): Json =>
  with_(hook, { context: { ...(bodies[hook]()['context'] as Json), ...change } })
const withoutContext = (hook: Hook, field: string): Json => ({
  ...bodies[hook](),
  context: Object.fromEntries(
    Object.entries(bodies[hook]()['context'] as Json).filter(([name]) => name !== field),
  ),
})
const pointer = ({ body }: Answer): unknown =>
  (body as { issue: { expression?: string[] }[] }).issue[0]?.expression?.[0]

test.each(['patient-view', 'order-select', 'order-sign'] as const)(
  'Q1 a correct body of %s is answered 200',
  async (hook) => {
    expect((await call(hook, bodies[hook]())).status).toBe(200)
  },
)

test.each([
  ['hook', without('patient-view', 'hook'), '/hook'],
  ['hookInstance', without('patient-view', 'hookInstance'), '/hookInstance'],
  ['context', without('patient-view', 'context'), '/context'],
])('Q1 without %s a call is 400 and points at it', async (_, body, path) => {
  const answer = await call('patient-view', body)

  expect([answer.status, codeOf(answer), pointer(answer)]).toEqual([400, 'PROTOCOL_FIELD_MISSING', path])
})

test.each([
  ['a number as hook', with_('patient-view', { hook: 1 })],
  ['an empty hook', with_('patient-view', { hook: '' })],
  ['a number as hookInstance', with_('patient-view', { hookInstance: 7 })],
  ['an empty hookInstance', with_('patient-view', { hookInstance: '' })],
  ['an array as context', with_('patient-view', { context: [] })],
  ['a text as context', with_('patient-view', { context: 'x' })],
  ['a list as prefetch', with_('patient-view', { prefetch: [] })],
  [
    'a text as fhirAuthorization',
    with_('patient-view', { fhirServer: 'https://f.org', fhirAuthorization: 'x' }),
  ],
])('Q1 %s is 400', async (_, body) => {
  const answer = await call('patient-view', body)

  expect([answer.status, codeOf(answer)]).toEqual([400, 'PROTOCOL_FIELD_INVALID'])
})

test.each([
  ['an array', '[]', 'PROTOCOL_BODY_NOT_OBJECT'],
  ['a text', '"x"', 'PROTOCOL_BODY_NOT_OBJECT'],
  ['a number', '1', 'PROTOCOL_BODY_NOT_OBJECT'],
  ['null', 'null', 'PROTOCOL_BODY_NOT_OBJECT'],
  ['nothing', '', 'PROTOCOL_BODY_NOT_JSON'],
  ['cut-off JSON', '{"hook":', 'PROTOCOL_BODY_NOT_JSON'],
  ['an HTML page', '<html></html>', 'PROTOCOL_BODY_NOT_JSON'],
])('Q1 a body that is %s is 400', async (_, body, code) => {
  const answer = await call('patient-view', body)

  expect([answer.status, codeOf(answer)]).toEqual([400, code])
})

test('Q2 fhirAuthorization without fhirServer is 400', async () => {
  const answer = await call(
    'patient-view',
    with_('patient-view', { fhirAuthorization: { access_token: 'x', token_type: 'Bearer' } }),
  )

  expect([answer.status, pointer(answer)]).toEqual([400, '/fhirServer'])
})

test('Q3 X1 unknown fields and extensions at any level are ignored', async () => {
  const body = {
    ...withContext('patient-view', { newField: { deep: [1] }, extension: { 'org.x': {} } }),
    another: true,
    extension: { 'com.vendor.thing': { a: 1 } },
  }

  expect((await call('patient-view', body)).status).toBe(200)
})

test.each([
  '__proto__',
  'constructor',
  'toString',
  'nothing',
  'mastitis-patient-view%2f..',
  '..%2f..%2fetc',
  '%00',
  '%e2%80%ae',
])('Q4 SEC-046 the service id %s is 404', async (id) => {
  const answer = await post(`${rig.base}/cds-services/${id}`, bodies['patient-view']())

  expect([answer.status, codeOf(answer)]).toEqual([404, 'PROTOCOL_SERVICE_UNKNOWN'])
})

test('Q4 malformed percent-encoding is 400', async () => {
  const answer = await post(`${rig.base}/cds-services/%zz`, bodies['patient-view']())

  expect([answer.status, codeOf(answer)]).toEqual([400, 'PROTOCOL_PATH_MALFORMED'])
})

test.each([
  ['GET', '/cds-services/mastitis-patient-view', 'POST, OPTIONS'],
  ['PUT', '/cds-services/mastitis-patient-view', 'POST, OPTIONS'],
  ['DELETE', '/cds-services/mastitis-patient-view/feedback', 'POST, OPTIONS'],
  ['POST', '/cds-services', 'GET, HEAD, OPTIONS'],
  ['PATCH', '/cds-services', 'GET, HEAD, OPTIONS'],
  ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
])('Q4 SEC-040 %s %s is 405 and says what is allowed', async (method, path, allow) => {
  const answer = await ask(rig.base + path, { method })

  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
})

test('Q4 a path that nothing serves is 404 with an OperationOutcome', async () => {
  const answer = await ask(`${rig.base}/cds-service`)

  expect([answer.status, codeOf(answer)]).toEqual([404, 'PROTOCOL_PATH_UNKNOWN'])
})

test('Q5 hookInstance reaches the log only when it is a UUID', async () => {
  await call('patient-view', bodies['patient-view']())
  await call('patient-view', with_('patient-view', { hookInstance: 'Zzcanary' }))
  const [known, other] = rig.lines.slice(-2)

  expect(known?.hookInstance).toBe('d1577c69-dfbe-44ad-ba6d-3e05e953b2ea')
  expect(other?.hookInstance).toBeUndefined()
})

test('Q1 a hook that this id does not serve is 400', async () => {
  const answer = await call('patient-view', with_('order-sign', {}))

  expect([answer.status, codeOf(answer)]).toEqual([400, 'PROTOCOL_HOOK_NOT_SERVED'])
})

test.each([
  ['patient-view', 'userId'],
  ['patient-view', 'patientId'],
  ['order-select', 'userId'],
  ['order-select', 'patientId'],
  ['order-select', 'selections'],
  ['order-select', 'draftOrders'],
  ['order-sign', 'userId'],
  ['order-sign', 'patientId'],
  ['order-sign', 'draftOrders'],
] as const)('H1 %s without %s is 400', async (hook, field) => {
  const answer = await call(hook, withoutContext(hook, field))

  expect([answer.status, codeOf(answer), pointer(answer)]).toEqual([
    400,
    'PROTOCOL_FIELD_MISSING',
    `/context/${field}`,
  ])
})

test.each([
  ['a number as userId', 'patient-view', { userId: 5 }],
  ['a number as encounterId', 'patient-view', { encounterId: 5 }],
  ['selections that are no list', 'order-select', { selections: 'MedicationRequest/1' }],
  ['selections that hold a number', 'order-select', { selections: [1] }],
  ['no selections', 'order-select', { selections: [] }],
  ['draftOrders that are a list', 'order-sign', { draftOrders: [] }],
  ['draftOrders that are no Bundle', 'order-sign', { draftOrders: { resourceType: 'List' } }],
] as const)('H1 %s is 400', async (_, hook, change) => {
  expect((await call(hook, withContext(hook, change))).status).toBe(400)
})

test('H2 a selected order with nothing but resourceType, id, status and subject is answered 200', async () => {
  expect((await call('order-select', bodies['order-select']())).status).toBe(200)
})

test('H3 drafts of every status reach the rules', async () => {
  const entry = ['draft', 'active', 'on-hold'].map((status) => ({
    resource: {
      resourceType: 'MedicationRequest',
      id: status,
      status,
      subject: { reference: 'Patient/pat-1' },
    },
  }))
  await call('order-sign', withContext('order-sign', { draftOrders: { resourceType: 'Bundle', entry } }))

  expect(seen.at(-1)?.draftOrders).toHaveLength(3)
})

test('H4 entries without resource, without id, or of any type are tolerated', async () => {
  const entry = [
    null,
    5,
    {},
    { fullUrl: 'urn:uuid:1' },
    { resource: null },
    { resource: { resourceType: 'VisionPrescription' } },
    { resource: { resourceType: 'Unheard' } },
  ]
  const answer = await call(
    'order-sign',
    withContext('order-sign', { draftOrders: { resourceType: 'Bundle', entry } }),
  )

  expect(answer.status).toBe(200)
})

test('H4 a draft Bundle without entries, or with entries that are no list, holds no drafts', async () => {
  for (const entry of [undefined, null, 'x', {}]) {
    const answer = await call(
      'order-sign',
      withContext('order-sign', {
        draftOrders: { resourceType: 'Bundle', ...(entry !== undefined && { entry }) },
      }),
    )

    expect(answer.status).toBe(200)
    expect(seen.at(-1)?.draftOrders).toEqual([])
  }
})

test.each([
  ['a', 200],
  ['Abc-1.2', 200],
  ['x'.repeat(128), 200],
  ['x'.repeat(129), 400],
  ['', 400],
  ['.', 400],
  ['..', 400],
  ['a/b', 400],
  ['a?x=1', 400],
  ['a b', 400],
  ['ä', 400],
  ['Patient/a', 400],
  ['a\n', 400],
])('H5 SEC-025 patientId %j is answered %i', async (patientId, status) => {
  expect((await call('patient-view', withContext('patient-view', { patientId }))).status).toBe(status)
})

test('H5 order ids of 1,000 characters are not refused', async () => {
  const id = 'x'.repeat(1_000)
  const answer = await call(
    'order-select',
    withContext('order-select', {
      selections: [`MedicationRequest/${id}`],
      draftOrders: {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'MedicationRequest', id } }],
      },
    }),
  )

  expect(answer.status).toBe(200)
})

test('P5 the four states of a key reach gathering as they came', async () => {
  const outcome = { resourceType: 'OperationOutcome' }
  await call(
    'patient-view',
    with_('patient-view', { prefetch: { conditions: null, allergies: outcome, foreign: 'x', __proto__: 1 } }),
  )
  const { prefetch } = seen.at(-1) ?? {}

  expect(prefetch?.has('patient')).toBe(false)
  expect(prefetch?.get('conditions')).toBeNull()
  expect(prefetch?.get('allergies')).toEqual(outcome)
})

test('P5 H1 an optional member that is null is as if absent', async () => {
  const unused = { fhirServer: null, fhirAuthorization: null, prefetch: null, extension: null }
  const context = { userId: 'Practitioner/p1', patientId: 'pat-1', encounterId: null, draftOrders: null }

  expect((await call('patient-view', with_('patient-view', { ...unused, context }))).status).toBe(200)
  expect(seen.at(-1)).toEqual({
    ...{ serviceId: 'mastitis-patient-view', hook: 'patient-view', draftOrders: [], selections: [] },
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    ...{ userId: 'Practitioner/p1', patientId: 'pat-1', prefetch: new Map() },
  })
})

test.each([
  ['hook', '/hook'],
  ['hookInstance', '/hookInstance'],
  ['context', '/context'],
])('Q1 a required %s that is null is missing, and is named', async (field, path) => {
  const answer = await call('patient-view', with_('patient-view', { [field]: null }))

  expect([answer.status, codeOf(answer), pointer(answer)]).toEqual([400, 'PROTOCOL_FIELD_MISSING', path])
})

test.each(['userId', 'patientId', 'selections', 'draftOrders'])(
  'H1 a required %s that is null is missing, and is named',
  async (field) => {
    const answer = await call('order-select', withContext('order-select', { [field]: null }))

    expect([answer.status, pointer(answer)]).toEqual([400, `/context/${field}`])
  },
)

test('P5 prefetch null is no prefetch', async () => {
  expect((await call('patient-view', with_('patient-view', { prefetch: null }))).status).toBe(200)
  expect(seen.at(-1)?.prefetch.size).toBe(0)
})

test('SEC-041 a Bundle of 5,000 entries is read, one more is 413', async () => {
  const bundle = (count: number): Json => ({
    resourceType: 'Bundle',
    entry: Array.from({ length: count }, () => ({})),
  })

  expect(
    (await call('patient-view', with_('patient-view', { prefetch: { conditions: bundle(5_000) } }))).status,
  ).toBe(200)
  expect(
    (await call('patient-view', with_('patient-view', { prefetch: { conditions: bundle(5_001) } }))).status,
  ).toBe(413)
  expect((await call('order-sign', withContext('order-sign', { draftOrders: bundle(5_001) }))).status).toBe(
    413,
  )
})

const authorization = { access_token: 'x', token_type: 'Bearer', expires_in: 300, scope: 'a', subject: 's' }
const withServer = (change: Json): Json =>
  with_('patient-view', {
    fhirServer: 'https://f.org/r4',
    fhirAuthorization: { ...authorization, ...change },
  })

test.each([
  ['whole', {}, 200],
  ['with token_type bearer', { token_type: 'bearer' }, 200],
  ['with only what is needed', { expires_in: undefined, scope: undefined, subject: undefined }, 200],
  ['with nulls for the rest', { expires_in: null, scope: null, subject: null, patient: null }, 200],
  ['with an empty access_token', { access_token: '' }, 200],
  ['without access_token', { access_token: undefined }, 400],
  ['with null as access_token', { access_token: null }, 400],
  [
    'of nulls alone, as if absent',
    Object.fromEntries(Object.keys(authorization).map((name) => [name, null])),
    200,
  ],
  ['with a number as access_token', { access_token: 1 }, 400],
  ['without token_type', { token_type: undefined }, 400],
  ['with token_type MAC', { token_type: 'mac' }, 400],
  ['of the patient of the context', { patient: 'pat-1' }, 200],
  ['of another patient', { patient: 'pat-2' }, 400],
])('F5 fhirAuthorization %s is answered as it should be', async (_, change, status) => {
  expect((await call('patient-view', withServer(change))).status).toBe(status)
})

test.each([
  ['https://f.org/r4', 200],
  ['https://f.org/r4/', 200],
  ['http://localhost:8080', 200],
  [5, 400],
  ['', 400],
  ['f.org/r4', 400],
  ['/r4', 400],
  ['ftp://f.org', 400],
  ['javascript:alert(1)', 400],
  ['file:///etc/passwd', 400],
  ['https://user:pw@f.org', 400],
  ['https://f.org/r4#x', 400],
  ['https://f.org\\@evil.org', 400],
  ['https://', 400],
])('F8 fhirServer %j is answered %i', async (fhirServer, status) => {
  expect((await call('patient-view', with_('patient-view', { fhirServer }))).status).toBe(status)
})

test('E3 SEC-043 an error names field and rule, never the value', async () => {
  const canary = 'Zzcanary-value'
  for (const body of [
    with_('patient-view', { hook: canary }),
    withContext('patient-view', { patientId: `${canary}/x` }),
    with_('patient-view', { fhirServer: `ftp://${canary}` }),
    with_('patient-view', {
      fhirServer: 'https://f.org',
      fhirAuthorization: { ...authorization, token_type: canary },
    }),
    with_('patient-view', { [canary]: 1, context: { [canary]: 1 } }),
    `{"${canary}": ${canary}`,
  ]) {
    const { status, text } = await call('patient-view', body)

    expect(status).toBe(400)
    expect(text).not.toContain(canary)
  }
})

test('E1 E2 an error is an OperationOutcome with severity, code and text', async () => {
  const { body } = await call('patient-view', '{}')

  expect(body).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [
      { severity: 'error', code: 'required', details: { text: '/hook is required.' }, expression: ['/hook'] },
    ],
  })
})
