import { expect, test } from '@jest/globals'
import { MemoryAudit } from '../src/audit/memory-audit.js'
import { requestBody } from '../src/cli/evaluate.js'
import { readFixture, readOrders } from '../src/cli/fixture.js'
import { developmentClient } from '../src/config/development-client.js'
import { decideOnce } from '../src/service/decide-once.js'
import { decision } from '../src/decision.js'
import type { EarlierCard } from '../src/facts/earlier-card.js'
import { libraryWith } from './cases/ask.js'

const library = libraryWith()

/** Was told the same of every patient. */
class Told extends MemoryAudit {
  constructor(private readonly before: readonly EarlierCard[]) {
    super()
  }
  override earlier(): Promise<readonly EarlierCard[]> {
    return Promise.resolve(this.before)
  }
}

const overridden: EarlierCard = {
  ...{ kind: 'ultrasound', indicator: 'info', at: 0, outcome: 'overridden', sameUser: false },
  ...{ stage: 'none', sepsisCriteria: [] },
}

const bodyOf = (name: string) => {
  const fixture = readFixture('fhir-fixtures', name, 0)
  return { body: requestBody({ fixture, hook: 'patient-view', orders: [] }), now: fixture.at }
}

test.each(['healthy-lactating', 'antibiotic-48h-not-improving'])(
  'the decision from the facts of a live call is the decision of that call: %s',
  async (name) => {
    const { body, now } = bodyOf(name)
    const { trace } = await decideOnce(body, { library, now })
    const { assessment, considered, status } = decision(trace.facts, library, trace, now)

    expect({ considered, status }).toEqual({ considered: trace.considered, status: trace.status })
    expect(assessment.missing).toEqual(trace.assessment.missing)
  },
)

test.each<[string, readonly EarlierCard[]]>([
  ['nothing', []],
  ['an override', [overridden]],
])('a call without any card asks what was said earlier and records it: %s', async (_, before) => {
  const { body, now } = bodyOf('healthy-lactating')
  const { cards, trace } = await decideOnce(body, { library, now, audit: new Told(before) })

  expect(cards).toEqual([])
  expect(trace.facts.earlier).toEqual(before)
})

test.each([
  ['412', 412, 0],
  ['card', 200, 1],
] as const)(
  'of a call without any data a client that wants %s is answered %i with %i card',
  async (onMissingData, status, count) => {
    const { body, now } = bodyOf('antibiotic-48h-not-improving')
    const client = { ...developmentClient, onMissingData }
    const decided = await decideOnce({ ...body, prefetch: {} }, { library, now, client })

    expect([decided.trace.status, decided.cards.length]).toEqual([status, count])
    expect(decided.unavailable !== undefined).toBe(status === 412)
  },
)

test.each<[string, object, string[]]>([
  ['names the patient', {}, ['antibiotic-ordered']],
  ['has no subject yet', { subject: undefined }, ['antibiotic-ordered']],
  ['names another patient', { subject: { reference: 'Patient/another' } }, []],
  ['names nobody readable', { subject: { display: 'somebody' } }, []],
])('an antibiotic in a draft that %s leads to the cards %j', async (_, changes, kinds) => {
  const fixture = readFixture('fhir-fixtures', 'inflamed-30h-no-antibiotic-not-charted', 0)
  const orders = readOrders('fhir-fixtures', ['dicloxacillin-without-reason'], fixture.patientId)
  const body = requestBody({
    fixture,
    hook: 'order-sign',
    orders: orders.map((order) => ({ ...order, ...changes })),
  })
  const { cards, trace } = await decideOnce(body, { library, now: Date.parse('2026-03-03T09:00:00Z') })

  expect(cards.map(({ source }) => source.topic.code)).toEqual(kinds)
  expect(trace.facts.droppedForeign).toBe(kinds.length === 0 ? 1 : 0)
})
