import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import express from 'express'
import fc from 'fast-check'
import type { FhirResource, Observation } from 'fhir/r4.js'
import { type PrefetchTemplate, prefetchTemplates } from '../../src/protocol/prefetch-templates.js'
import { intervalOf } from '../../src/sandbox/search-values.js'
import { search } from '../../src/sandbox/search.js'
import { daysInMs } from '../../src/units/units.js'
import { storyTime } from '../patients/chart-builder.js'
import { answerTo, bodyOf, contentOf, patientView, runs } from './ask.js'
import { patientPlan } from './patient-plan.js'
import { plannedChart } from './planned-chart.js'

/** What the server holds and how many entries it puts on a page, whatever `_count` asks for. */
let chart: readonly FhirResource[] = []
let pageSize = 1
/** More entries than any planned chart has. */
const onOnePage = 1000
let base = ''
let server: Server

/** From when on the answer to a search holds every Observation of such a code, however small its pages. */
function windowOf(observation: Observation): number {
  const code = observation.code.coding?.[0]?.code ?? 'none'
  const byCode = (template: PrefetchTemplate): boolean =>
    template.parameters.some(([name, value]) => name === 'code' && value.includes(`|${code}`))
  const templates: readonly PrefetchTemplate[] = prefetchTemplates
  const template = templates.find(byCode) ?? templates.find(({ key }) => key === 'breastSigns')
  return storyTime - daysInMs(template?.lookBackDays ?? 0)
}

/**
 * Is a resource read whatever the page size?
 *
 * An Observation older than its window may be left unread, so a baseline may be missing; one without a time comes last
 * and may be left unread too (product decision 9).
 */
function alwaysRead(resource: FhirResource): boolean {
  if (resource.resourceType !== 'Observation') return true
  const written = intervalOf(resource.effectiveDateTime ?? '')
  return written !== undefined && written.to >= windowOf(resource)
}

const patients = { ids: () => ['zz-planned'], of: () => chart }

/** One page of a search, with a link to the next while there is one. */
function pageOf(type: string, query: URLSearchParams) {
  const from = Number(query.get('_from') ?? 0)
  query.delete('_from')
  const found = search(type, query, patients)
  const next = new URLSearchParams(query)
  next.set('_from', String(from + pageSize))
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: found.slice(from, from + pageSize).map((resource) => ({ resource })),
    link:
      found.length > from + pageSize ? [{ relation: 'next', url: `${base}/${type}?${next.toString()}` }] : [],
  }
}

beforeAll(async () => {
  const app = express()
  app.get('/fhir/Patient/:id', (_req, res) => {
    res.type('application/fhir+json').send(JSON.stringify(chart[0]))
  })
  app.get('/fhir/:type', ({ params, originalUrl }, res) => {
    const { searchParams } = new URL(originalUrl, base)
    res.type('application/fhir+json').send(JSON.stringify(pageOf(params.type, searchParams)))
  })
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('changing the page size of the FHIR server changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(patientPlan, fc.integer({ min: 1, max: 4 }), async (plan, size) => {
      chart = plannedChart(plan).filter(alwaysRead)
      const { prefetch: _none, ...body } = bodyOf(chart, patientView)
      const paged = async (entries: number) => {
        pageSize = entries
        return contentOf(await answerTo({ ...body, fhirServer: base }))
      }

      expect(await paged(size)).toEqual(await paged(onOnePage))
    }),
    { numRuns: Math.ceil(runs / 30) },
  )
}, 600_000)
