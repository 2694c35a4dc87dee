import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openapi } from '../../src/http/openapi.js'
import { schemas } from '../../src/http/openapi-schemas.js'
import { ask, bodies, codeOf, post } from './rig.js'
import { startWhole } from './whole.js'
import type { Whole } from './whole.js'

let whole: Whole
beforeAll(async () => {
  whole = await startWhole()
})
afterAll(() => whole.close())

interface Layer {
  route?: { path: string }
  handle?: { stack?: readonly Layer[] }
}

/** Every path that the app routes, as OpenAPI writes it; the demo FHIR server stands apart. */
function routedPaths({ stack = [] }: { stack?: readonly Layer[] }): readonly string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route) return [route.path.replaceAll(/:(\w+)/g, '{$1}')]
    return handle?.stack ? routedPaths({ stack: handle.stack }) : []
  })
}
const isDemo = (path: string): boolean => /^\/(metadata|\{type\})/.test(path)

const routed = (): readonly string[] =>
  routedPaths((whole.service.express() as unknown as { router: { stack: readonly Layer[] } }).router).filter(
    (path) => !isDemo(path),
  )
/** Pages are routed only where they have been built. */
const isPage = ([, item]: [string, object]): boolean => 'x-page' in ((item as { get?: object }).get ?? {})

test('every route of the running app is in the OpenAPI file, and every path of the file is in the app', () => {
  const described = Object.keys(openapi.paths)
  const always = Object.entries(openapi.paths)
    .filter((entry) => !isPage(entry))
    .map(([path]) => path)

  expect(routed().filter((path) => !described.includes(path))).toEqual([])
  expect(always.filter((path) => !routed().includes(path))).toEqual([])
})

const concrete = (path: string): string =>
  path
    .replace('{id}', 'mastitis-patient-view')
    .replace('{kind}', 'ultrasound')
    .replace('{name}', 'ultrasound')
const documented = Object.entries(openapi.paths).map(
  ([path, item]) => [path, Object.keys(item).filter((name) => name !== 'parameters')] as const,
)

test.each(documented)('%s accepts exactly the documented methods', async (path, methods) => {
  if (!routed().includes(path)) return // a page that has not been built here
  const url = whole.base + concrete(path)
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    const { status } = await ask(url, { method })

    expect([method, status === 405]).toEqual([method, !methods.includes(method.toLowerCase())])
    if (path !== '/assets/{name}') expect(status).not.toBe(404)
  }
})

test('the OpenAPI file is served, and its schemas compile', async () => {
  const { status, body } = await ask(`${whole.base}/openapi.json`)
  expect(status).toBe(200)
  expect(body).toEqual(JSON.parse(JSON.stringify(openapi)))
})

test('responses match the schemas of the OpenAPI file', async () => {
  const ajv = new Ajv2020({ strict: false, formats: { uri: true, uuid: true, 'date-time': true } })
  ajv.addSchema({ $id: 'all', components: { schemas } })
  const fits = (name: string, body: unknown): unknown =>
    ajv.validate({ $ref: `all#/components/schemas/${name}` }, body) || ajv.errorsText()
  const view = `${whole.base}/cds-services/mastitis-patient-view`
  const withData = { ...bodies['patient-view'](), fhirServer: `${whole.base}/fhir` }
  const told = {
    ...withData,
    context: { userId: 'Practitioner/1', patientId: 'antibiotic-48h-not-improving' },
  }
  const answer = await post(view, told)

  expect(answer.status).toBe(200)
  expect((answer.body as { cards: unknown[] }).cards.length).toBeGreaterThan(0)
  expect(fits('CardsAnswer', answer.body)).toBe(true)
  expect(fits('Discovery', (await ask(`${whole.base}/cds-services`)).body)).toBe(true)
  const refused = await post(view, bodies['patient-view']())
  expect([refused.status, codeOf(refused)]).toEqual([412, 'DATA_UNAVAILABLE'])
  expect(fits('OperationOutcome', refused.body)).toBe(true)
})
