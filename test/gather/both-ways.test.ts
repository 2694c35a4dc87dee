import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import express from 'express'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeEgress } from '../../src/gather/egress.js'
import { makeGather } from '../../src/gather/gather.js'
import type { Chart } from '../../src/gather/chart.js'
import { prefetchTemplates, templateQuery } from '../../src/protocol/prefetch-templates.js'
import { answerRead, answerSearch } from '../../src/sandbox/answers.js'
import { makeDemoPatients } from '../../src/sandbox/demo-patients.js'
import { sandboxRouter } from '../../src/sandbox/sandbox-router.js'
import { someOf } from '../depth.js'
import { clientFor, hookRequest, now } from './calls.js'

const clock = () => now
const patients = makeDemoPatients('fhir-fixtures', clock)
const egress = makeEgress({ mode: 'development' })
const gather = makeGather({ settings: { mode: 'development' }, clock, egress })
let server: Server
let base = ''

beforeAll(async () => {
  server = createServer(express().use('/fhir', sandboxRouter({ fixturesDir: 'fhir-fixtures', clock })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
})

afterAll(async () => {
  await egress.close()
  server.closeAllConnections()
  server.close()
})

/** What an EHR that fills our templates from the same chart would send. */
function prefetchOf(patientId: string): Record<string, unknown> {
  return Object.fromEntries(
    prefetchTemplates.map((template) => {
      const [type = '', query = ''] = templateQuery(template, patientId).split('?')
      const answer =
        template.key === 'patient'
          ? answerRead('Patient', patientId, patients)
          : answerSearch(type, new URLSearchParams(query), base, patients)
      return [template.key, answer.status === 404 ? null : answer.resource]
    }),
  )
}

const seen = ({ resources, medications, sources, droppedForeign }: Chart) => ({
  resources,
  medications: [...medications].toSorted(),
  counts: sources.map(({ key, state, count }) => [key, state, count]),
  droppedForeign,
})

describe('P6 P10 the chart is the same from prefetch, from the FHIR server, and from both in halves', () => {
  test.each(someOf(patients.ids(), 4))('P6 %s', async (patientId) => {
    const prefetch = prefetchOf(patientId)
    const half = Object.fromEntries(Object.entries(prefetch).filter((_, place) => place % 2 === 0))
    const client = clientFor({ fhirServers: [base], deadlineMs: 8_000, requestTimeoutMs: 8_000 })
    const byPrefetch = await gather(hookRequest(prefetch, { patientId }), client)
    const byServer = await gather(hookRequest({}, { patientId, fhirServer: base }), client)
    const byBoth = await gather(hookRequest(half, { patientId, fhirServer: base }), client)

    expect(byPrefetch.resources.length).toBeGreaterThan(0)
    expect(seen(byServer)).toEqual(seen(byPrefetch))
    expect(seen(byBoth)).toEqual(seen(byPrefetch))
  })
})
