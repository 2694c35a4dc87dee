import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { requestBody } from '../../src/cli/evaluate.js'
import { fixtureNames, readFixture, readOrders } from '../../src/cli/fixture.js'
import type { WireCard } from '../../src/cards/chosen-card.js'
import { someOf } from '../depth.js'
import { aClient, post } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import type { Whole } from '../http/whole.js'

type Json = Record<string, unknown>
let whole: Whole
let silent: Whole
let now = 0
beforeAll(async () => {
  ;[whole, silent] = await Promise.all([
    startWhole({}, () => now),
    startWhole({ clients: [aClient({ rulesMode: 'silent' })] }, () => now),
  ])
})
afterAll(() => Promise.all([whole.close(), silent.close()]))

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const draftNames = readdirSync('fhir-fixtures/orders').map((file) => file.replace('.json', ''))

/** One answered call of a fixture patient. */
interface Told {
  patientId: string
  answer: Json
  cards: readonly WireCard[]
}

async function tell(name: string, drafts: readonly string[] = []): Promise<Told> {
  const fixture = readFixture('fhir-fixtures', name, 0)
  const hook = drafts.length > 0 ? 'order-sign' : 'patient-view'
  const orders = readOrders('fhir-fixtures', drafts, fixture.patientId)
  now = fixture.at
  const { status, body } = await post(
    `${whole.base}/cds-services/mastitis-${hook}`,
    requestBody({ fixture, hook, orders }),
  )
  expect([200, 412]).toContain(status)
  const answer = status === 200 ? (body as Json) : { cards: [] }
  return { patientId: fixture.patientId, answer, cards: answer['cards'] as WireCard[] }
}

const everybody: Told[] = []
beforeAll(async () => {
  for (const name of someOf(fixtureNames('fhir-fixtures'), 2)) everybody.push(await tell(name))
  for (const name of [
    'antibiotic-48h-not-improving',
    'antibiotic-73h-ultrasound-no-collection',
    'healthy-lactating',
  ])
    for (const draft of draftNames) everybody.push(await tell(name, [draft]))
})

const allCards = (): readonly WireCard[] => everybody.flatMap(({ cards }) => cards)
const keysOf = (value: object): string[] => Object.keys(value)
const isAbsolute = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

test('R1 R13 SEC-064 an answer is an object with cards and nothing else', () => {
  expect(allCards().length).toBeGreaterThan(100)
  for (const { answer } of everybody) expect(keysOf(answer)).toEqual(['cards'])
})

test('A3 no answer holds null, an empty text, list or object', () => {
  const emptiness = (value: unknown): boolean =>
    value === null ||
    value === '' ||
    (typeof value === 'object' && (Object.keys(value).length === 0 || Object.values(value).some(emptiness)))

  expect(allCards().filter(emptiness)).toEqual([])
})

test('R1 a card has a uuid, a short summary on one line, a detail, an indicator and a source', () => {
  for (const { uuid: id, summary, detail, indicator, source, ...rest } of allCards()) {
    expect(id).toMatch(uuid)
    expect(summary.length).toBeGreaterThan(0)
    expect(summary.length).toBeLessThan(140)
    expect(summary).not.toMatch(/[\r\n]/)
    expect(detail).not.toMatch(/<[a-z!/]/i)
    expect(['info', 'warning', 'critical']).toContain(indicator)
    expect(source.label).not.toBe('')
    expect(['suggestions', 'selectionBehavior', 'overrideReasons', 'links']).toEqual(
      expect.arrayContaining(keysOf(rest)),
    )
  }
})

test('R1 uuids are fresh: none is ever used twice', () => {
  const ids = allCards().flatMap((card) => [card.uuid, ...(card.suggestions ?? []).map((one) => one.uuid)])

  expect(new Set(ids).size).toBe(ids.length)
})

test('R4 the source is a label, an absolute URL and a topic', () => {
  for (const { source } of allCards()) {
    expect(['label', 'url', 'topic']).toEqual(expect.arrayContaining(keysOf(source)))
    if (source.url !== undefined) expect(isAbsolute(source.url)).toBe(true)
    expect(source.topic.code).toMatch(/^[a-z-]{1,100}$/)
    expect(isAbsolute(source.topic.system)).toBe(true)
    expect(source.topic.display).not.toBe('')
  }
})

test('R5 R6 R7 suggestions have label and uuid, one action, at most one recommendation, and no actionSelectionBehavior', () => {
  for (const { suggestions, selectionBehavior } of allCards()) {
    expect(selectionBehavior).toBe(suggestions ? 'any' : undefined)
    if (!suggestions) continue
    expect(suggestions.length).toBeGreaterThan(0)
    expect(suggestions.filter(({ isRecommended }) => isRecommended).length).toBeLessThanOrEqual(1)
    for (const suggestion of suggestions) {
      expect(['label', 'uuid', 'isRecommended', 'actions']).toEqual(
        expect.arrayContaining(keysOf(suggestion)),
      )
      expect(suggestion.actions).toHaveLength(1)
    }
  }
})

test('A2 R8 R9 SEC-063 an action creates a draft proposal for the patient of the call, with a description', () => {
  for (const { patientId, cards } of everybody)
    for (const action of cards.flatMap(({ suggestions = [] }) =>
      suggestions.flatMap(({ actions }) => actions),
    )) {
      expect(keysOf(action).sort()).toEqual(['description', 'resource', 'type'])
      expect(action.type).toBe('create')
      expect(action.description).not.toBe('')
      expect(action.resource).toMatchObject({
        status: 'draft',
        intent: 'proposal',
        subject: { reference: `Patient/${patientId}` },
      })
      expect(action.resource['id']).toBeUndefined()
    }
})

test('R10 SEC-062 a link is absolute or smart, has a label, and only a smart one carries the invocation id', () => {
  for (const link of allCards().flatMap(({ links = [] }) => links)) {
    expect(link.label).not.toBe('')
    expect(isAbsolute(link.url)).toBe(true)
    expect(['absolute', 'smart']).toContain(link.type)
    if (link.type === 'absolute') expect(link.appContext).toBeUndefined()
    else expect(link.appContext).toMatch(uuid)
    expect(link).not.toHaveProperty('autolaunchable')
  }
})

const reasonSystems = [
  'https://cds.example.org/CodeSystem/override-reason',
  'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
]
test('R11 R12 override reasons are codings with display, of our system or of HL7', () => {
  for (const reason of allCards().flatMap(({ overrideReasons = [] }) => overrideReasons)) {
    expect(keysOf(reason).sort()).toEqual(['code', 'display', 'system'])
    expect(reasonSystems).toContain(reason.system)
    expect(reason.display).not.toBe('')
  }
})

test('R15 a kind of card comes once in an answer', () => {
  for (const { cards } of everybody) {
    const kinds = cards.map(({ source }) => source.topic.code)

    expect(new Set(kinds).size).toBe(kinds.length)
  }
})

const withoutUuids = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '')

test('R3 S3 the same input gives the same cards, uuids apart, also after and among other patients', async () => {
  const first = await tell('antibiotic-48h-not-improving')
  await tell('healthy-lactating')
  const second = await tell('antibiotic-48h-not-improving')

  expect(withoutUuids(second.cards)).toBe(withoutUuids(first.cards))
  expect(first.cards.length).toBeGreaterThan(0)
})

test('S3 SEC-026 many calls at once for many patients do not mix', async () => {
  const names = ['antibiotic-48h-not-improving', 'healthy-lactating', 'antibiotic-47h-not-improving']
  const alone = new Map<string, string>()
  for (const name of names) alone.set(name, withoutUuids((await tell(name)).cards))
  const moments = new Set(names.map((name) => readFixture('fhir-fixtures', name, 0).at))
  expect(moments.size).toBe(1)

  await Promise.all(
    Array.from({ length: 60 }, async (_, at) => {
      const name = names[at % names.length] ?? ''
      expect(withoutUuids((await tell(name)).cards)).toBe(alone.get(name))
    }),
  )
})

test('SEC-067 the same patient with changed data gets a changed answer', async () => {
  const body = (name: string): Json =>
    requestBody({ fixture: readFixture('fhir-fixtures', name, 0), hook: 'patient-view', orders: [] })
  now = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0).at
  const url = `${whole.base}/cds-services/mastitis-patient-view`
  const sick = body('antibiotic-48h-not-improving')
  const before = await post(url, sick)
  const well = { ...(sick['prefetch'] as Json) }
  for (const key of ['conditions', 'temperatures', 'breastSigns', 'medicationRequests', 'vitalSigns'])
    well[key] = null
  const after = await post(url, { ...sick, prefetch: well })

  expect((before.body as { cards: unknown[] }).cards.length).toBeGreaterThan(0)
  expect(after.body).toEqual({ cards: [] })
})

const sign = async (resource: Json, selected?: readonly string[]): Promise<readonly WireCard[]> => {
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  now = fixture.at
  const hook = selected ? 'order-select' : 'order-sign'
  const orders = [resource] as unknown as ReturnType<typeof readOrders>
  const body = requestBody({ fixture, hook, orders, ...(selected && { selections: selected }) })
  const { status, body: answer } = await post(`${whole.base}/cds-services/mastitis-${hook}`, body)
  expect(status).toBe(200)
  return (answer as { cards: WireCard[] }).cards
}
const cabergoline = (patientId: string): Json => ({
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: `Patient/${patientId}` },
  medicationCodeableConcept: { text: 'cabergoline 0.5 mg tablet' },
})
const herId = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0).patientId

test('H2 only the selected orders are advised on', async () => {
  expect((await sign(cabergoline(herId), ['MedicationRequest/draft-1'])).length).toBeGreaterThan(0)
  expect(await sign(cabergoline(herId), ['MedicationRequest/another'])).toEqual([])
})

test('H6 a selection without type is matched on the id, one that is not in the Bundle is ignored', async () => {
  expect((await sign(cabergoline(herId), ['draft-1', 'ServiceRequest/none'])).length).toBeGreaterThan(0)
})

test('H7 a draft for another patient leads to no card', async () => {
  expect(await sign(cabergoline('someone-else'))).toEqual([])
})

test('H3 a draft whose status is active on signing again is advised on', async () => {
  expect((await sign({ ...cabergoline(herId), status: 'active' })).length).toBeGreaterThan(0)
})

test('R14 SEC-060 text of the chart never becomes a tag, an image or a link', async () => {
  const hostile = { ...cabergoline(herId) }
  hostile['medicationCodeableConcept'] = {
    text: 'cabergoline <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://evil.org/z) `c` | \u202e',
  }
  const cards = await sign(hostile)
  const words = cards.map(({ detail, summary }) => detail + summary).join('\n')

  expect(cards.length).toBeGreaterThan(0)
  expect(words).not.toMatch(/<img|(?<!\\)\]\(javascript|(?<!\\)!\[|\u202e/)
})

test('S4 the log line of a call tells who asked for what and how much was shown, and nothing of the chart', async () => {
  await tell('antibiotic-48h-not-improving')
  const line = whole.lines.at(-1)

  expect(line).toMatchObject({
    route: '/cds-services/{id}',
    method: 'POST',
    status: 200,
    client: 'hospital-a',
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  })
  expect(line?.invocationId).toMatch(uuid)
  expect(line?.cards).toBeGreaterThan(0)
  expect(JSON.stringify(line)).not.toContain(herId)
})

test('a silent client gets the status and no cards', async () => {
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  now = fixture.at
  const body = requestBody({ fixture, hook: 'patient-view', orders: [] })
  const url = `${silent.base}/cds-services/mastitis-patient-view`

  expect((await post(url, body)).body).toEqual({ cards: [] })
  expect((await post(url, { ...body, prefetch: {} })).status).toBe(412)
})
