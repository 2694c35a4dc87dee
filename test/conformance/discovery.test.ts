import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { requiredCategories } from '../../src/assess/missing.js'
import { readKeys } from '../../src/gather/chart.js'
import { discovery } from '../../src/protocol/discovery.js'
import {
  prefetchTemplates,
  ruleAreas,
  templateByKey,
  templateQuery,
} from '../../src/protocol/prefetch-templates.js'
import { ask, start } from '../http/rig.js'
import type { Rig } from '../http/rig.js'

let rig: Rig
beforeAll(async () => {
  rig = await start()
})
afterAll(() => rig.close())

const { services } = discovery
const templates = services.flatMap(({ prefetch }) => Object.values(prefetch))

test('D1 discovery is at {base}/cds-services and answers an object with the list of services', async () => {
  const { status, body } = await ask(`${rig.base}/cds-services`)

  expect(status).toBe(200)
  expect(body).toEqual(discovery)
  expect(Object.keys(body as object)).toEqual(['services'])
})

test('D2 every service has all it should say, and ids are safe in URLs', () => {
  expect(services.map(({ id, hook }) => [id, hook])).toEqual([
    ['mastitis-patient-view', 'patient-view'],
    ['mastitis-order-select', 'order-select'],
    ['mastitis-order-sign', 'order-sign'],
  ])
  for (const { id, title, description, usageRequirements, version, hookVersion } of services) {
    expect(encodeURIComponent(id)).toBe(id)
    for (const words of [title, description, usageRequirements]) expect(words).not.toBe('')
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(hookVersion).toBe('1.0')
  }
})

const attributes = [
  'hook',
  'id',
  'title',
  'description',
  'usageRequirements',
  'version',
  'hookVersion',
  'prefetch',
]

test('D3 D4 no attribute beyond the standard, and no pair of id and hook twice', () => {
  for (const service of services) expect(attributes).toEqual(expect.arrayContaining(Object.keys(service)))
  expect(new Set(services.map(({ id, hook }) => `${id} ${hook}`)).size).toBe(services.length)
})

test('A3 discovery holds no null, no empty text, list or object', () => {
  expect(JSON.stringify(discovery)).not.toMatch(/null|""|\[\]|\{\}/)
})

test('D5 discovery is made once and says the same each time, whatever the query', async () => {
  const first = await ask(`${rig.base}/cds-services?x=1&__proto__[y]=2`)
  const second = await ask(`${rig.base}/cds-services/`)

  expect(second.text).toBe(first.text)
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
})

test('D1 a double slash, as one sandbox makes it, finds the service', async () => {
  expect((await ask(`${rig.base}//cds-services`)).status).toBe(200)
})

test('P1 every template is one read or one search of one type', () => {
  for (const template of templates)
    expect(template).toMatch(
      /^(Patient\/\{\{context\.patientId\}\}|[A-Z][A-Za-z]+\?patient=\{\{context\.patientId\}\}&\S+)$/,
    )
})

test('P2 P4 the only token is the patient id', () => {
  const tokens = templates.flatMap((template) =>
    [...template.matchAll(/\{\{(.*?)\}\}/g)].map(([, token]) => token),
  )

  expect(new Set(tokens)).toEqual(new Set(['context.patientId']))
})

test('P3 templates stay in the portable subset: listed parameters, none twice, no modifiers, chains or _has', () => {
  const portable = new Set(['patient', 'code', 'category', 'intent', '_include', '_sort', '_count'])
  for (const template of templates) {
    const names = (template.split('?')[1] ?? '')
      .split('&')
      .filter(Boolean)
      .map((pair) => pair.split('=')[0] ?? '')

    expect(names.filter((name) => !portable.has(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  }
  const includes = templates.filter((template) => template.includes('_include'))
  for (const template of includes) expect(template).toContain('_include=MedicationRequest:medication')
})

test('P3 every search is newest first and bounded', () => {
  for (const { parameters } of prefetchTemplates.filter(({ key }) => key !== 'patient')) {
    const names = new Map<string, string>(parameters)

    expect(names.get('_sort')).toMatch(/^-/)
    expect(Number(names.get('_count'))).toBeGreaterThan(0)
  }
})

test('SEC-049 the keys of discovery are the keys that gathering reads, in the same order', () => {
  expect(prefetchTemplates.map(({ key }) => key)).toEqual(readKeys)
  for (const { prefetch } of services) expect(Object.keys(prefetch)).toEqual(readKeys)
  expect(requiredCategories.filter((key) => !templateByKey.has(key))).toEqual([])
})

test('SEC-049 every template is needed by some rule, and every area of rules is served by some template', () => {
  for (const { neededBy } of prefetchTemplates) expect(neededBy.length).toBeGreaterThan(0)
  const served = new Set<string>(prefetchTemplates.flatMap(({ neededBy }) => neededBy))

  expect(ruleAreas.filter((area) => !served.has(area))).toEqual([])
})

test('P6 discovery and gathering ask the same question', () => {
  for (const template of prefetchTemplates)
    expect(services[0]?.prefetch[template.key]).toBe(
      templateQuery(template, 'ID').replace('ID', '{{context.patientId}}'),
    )
})
