import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture } from '../../src/cli/fixture.js'
import { makePseudonyms } from '../../src/audit/pseudonym.js'
import type { WireCard } from '../../src/cards/chosen-card.js'
import { aClient, ask, auditIn, codeOf, post } from './rig.js'
import type { Answer } from './rig.js'
import { aSigner, aToken } from './tokens.js'
import type { Signer } from './tokens.js'
import { startWhole, storyTime } from './whole.js'
import type { Whole } from './whole.js'

const folder = mkdtempSync(join(tmpdir(), 'doors-'))
let whole: Whole
let signer: Signer
beforeAll(async () => {
  signer = await aSigner()
  const jwks = { keys: [signer.jwk as Record<string, unknown>] }
  whole = await startWhole({
    auth: 'required',
    clients: ['a', 'b'].map((id) => aClient({ id, iss: `https://${id}.example.org`, jwks })),
    audit: auditIn(folder),
  })
})
afterAll(async () => {
  await whole.close()
  rmSync(folder, { recursive: true })
})

const view = '/cds-services/mastitis-patient-view'
const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)

async function as(tenant: string, path: string, body: unknown): Promise<Answer> {
  const iss = `https://${tenant}.example.org`
  const token = await aToken(signer, { aud: `https://cds.example.org${path}`, iss, now: storyTime })
  return post(whole.base + path, body, { authorization: `Bearer ${token}` })
}
const cardsFor = async (tenant: string): Promise<readonly WireCard[]> => {
  const { body } = await as(tenant, view, requestBody({ fixture, hook: 'patient-view', orders: [] }))
  return (body as { cards: WireCard[] }).cards
}
const kinds = (cards: readonly WireCard[]): string[] => cards.map(({ source }) => source.topic.code)
const override = (tenant: string, card: string): Promise<Answer> => {
  const item = { card, outcome: 'overridden', outcomeTimestamp: new Date(storyTime).toISOString() }
  return as(tenant, `${view}/feedback`, { feedback: [item] })
}

test('SEC-090 an override of one tenant does not affect another, not even for the same patient id', async () => {
  const [ofA, ofB] = [await cardsFor('a'), await cardsFor('b')]
  const ultrasound = ofA.find(({ source }) => source.topic.code === 'ultrasound')
  expect(kinds(ofB)).toEqual(kinds(ofA))

  expect((await override('b', ultrasound?.uuid ?? '')).status).toBe(200)
  expect(kinds(await cardsFor('a'))).toContain('ultrasound')

  expect((await override('a', ultrasound?.uuid ?? '')).status).toBe(200)
  expect(kinds(await cardsFor('a'))).not.toContain('ultrasound')
  expect(kinds(await cardsFor('b'))).toContain('ultrasound')
})

test('SEC-090 concurrent calls of two tenants are each logged for their own tenant', async () => {
  const before = whole.lines.length
  await Promise.all(Array.from({ length: 40 }, (_, at) => cardsFor(at % 2 === 0 ? 'a' : 'b')))
  const tenants = whole.lines.slice(before).map(({ client }) => client)

  expect(tenants.filter((tenant) => tenant === 'a')).toHaveLength(20)
  expect(tenants.filter((tenant) => tenant === 'b')).toHaveLength(20)
})

test.each(['/cds-services', view, '/nothing', '/health/ready'])('SEC-073 %s sets no cookie', async (path) => {
  expect((await ask(whole.base + path, { headers: { cookie: 'a=b' } })).headers.get('set-cookie')).toBeNull()
})

test.each(['/metrics', '/audit', '/audit/records', '/admin', '/api/invocations', '/debug', '/.env'])(
  'SEC-074 the public listener has no %s',
  async (path) => {
    const answer = await ask(whole.base + path)

    expect([answer.status, codeOf(answer)]).toEqual([404, 'PROTOCOL_PATH_UNKNOWN'])
  },
)

test.each([
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/..%2fpackage.json',
  '/assets/%2e%2e%2fpackage.json',
  '/assets/..\\..\\package.json',
  '/assets/.env',
  '/assets/__proto__',
  '/evidence/..%2fparameters.yaml',
  '/cards/..%2f..%2fpackage.json/attributes',
  '/cards/__proto__/attributes',
])('SEC-075 %s leads to no file', async (path) => {
  const { status, text } = await ask(whole.base + path)

  expect(status).toBe(404)
  expect(text).not.toContain('dependencies')
})

test('SEC-052 feedback on an unknown card id is accepted and changes nothing', async () => {
  const before = kinds(await cardsFor('b'))

  expect((await override('b', randomUUID())).status).toBe(200)
  expect(kinds(await cardsFor('b'))).toEqual(before)
})

test('SEC-086 one id has a different pseudonym for each tenant, kind and epoch, and no pseudonym contains the id', () => {
  const key = Buffer.alloc(32, 7)
  const [name, later] = [makePseudonyms(key, 1), makePseudonyms(key, 2)]
  const names = [
    name('a', 'patient', 'pat-1'),
    name('b', 'patient', 'pat-1'),
    name('a', 'user', 'pat-1'),
    later('a', 'patient', 'pat-1'),
    makePseudonyms(Buffer.alloc(32, 8), 1)('a', 'patient', 'pat-1'),
  ]

  expect(new Set(names).size).toBe(5)
  expect(names.join()).not.toContain('pat-1')
  expect(name('a', 'patient', 'pat-1')).toBe(names[0])
})
