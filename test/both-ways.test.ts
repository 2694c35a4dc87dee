import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import express from 'express'
import { MemoryAudit } from '../src/audit/memory-audit.js'
import { requestBody } from '../src/cli/evaluate.js'
import { fixtureNames, readFixture } from '../src/cli/fixture.js'
import { developmentClient } from '../src/config/development-client.js'
import { makeDecide } from '../src/decide.js'
import { makeWorkLine } from '../src/service/work-line.js'
import { makeEgress } from '../src/gather/egress.js'
import { makeGather } from '../src/gather/gather.js'
import { parseHookRequest } from '../src/protocol/parse-hook-request.js'
import { sandboxRouter } from '../src/sandbox/sandbox-router.js'
import { libraryWith } from './cases/ask.js'
import { someOf } from './depth.js'

const library = libraryWith()
const client = { ...developmentClient, deadlineMs: 8000, requestTimeoutMs: 8000 }
let moment = 0
const clock = () => moment
const egress = makeEgress({ mode: 'development' })
const decide = makeDecide({
  gather: makeGather({ settings: { mode: 'development' }, clock, egress }),
  library: () => library,
  audit: new MemoryAudit(),
  line: makeWorkLine(),
  clock: () => 0,
})
let server: Server
let fhirServer = ''

beforeAll(async () => {
  const app = express().use('/fhir', sandboxRouter({ fixturesDir: 'fhir-fixtures', clock }))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
})
afterAll(async () => {
  await egress.close()
  server.closeAllConnections()
  server.close()
})

/** What a clinician sees, without what is new in every call. */
async function cardsOf(body: Record<string, unknown>): Promise<readonly unknown[]> {
  const { cards } = await decide(parseHookRequest('mastitis-patient-view', body), client, moment)
  return cards.map(({ summary, detail, indicator, source }) => ({ summary, detail, indicator, source }))
}

test.each(someOf(fixtureNames('fhir-fixtures'), 4))(
  'P6 %s gets the same cards by prefetch, by FHIR server, and half and half',
  async (name) => {
    const fixture = readFixture('fhir-fixtures', name, 0)
    moment = fixture.at
    const whole = requestBody({ fixture, hook: 'patient-view', orders: [] })
    const prefetch = whole['prefetch'] as Record<string, unknown>
    const { prefetch: _none, ...bare } = whole
    const half = Object.fromEntries(Object.entries(prefetch).filter((_entry, place) => place % 2 === 0))

    const byPrefetch = await cardsOf(whole)

    expect(await cardsOf({ ...bare, fhirServer })).toEqual(byPrefetch)
    expect(await cardsOf({ ...bare, fhirServer, prefetch: half })).toEqual(byPrefetch)
  },
)
