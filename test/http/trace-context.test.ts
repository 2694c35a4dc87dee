import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { IncomingMessage } from 'node:http'
import { makeDecide } from '../../src/decide.js'
import { makeWorkLine } from '../../src/service/work-line.js'
import { developmentClient } from '../../src/config/development-client.js'
import { makeGather } from '../../src/gather/gather.js'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import type { Trace } from '../../src/audit/trace.js'
import { libraryWith } from '../cases/ask.js'
import { withServer } from '../gather/calls.js'
import { someSettings, start } from './rig.js'
import type { Rig } from './rig.js'

const path = '/cds-services/mastitis-patient-view'
const callers = '4bf92f3577b34da6a3ce929d0e0e4736'
const fromCaller = `00-${callers}-00f067aa0ba902b7-01`

class Records extends MemoryAudit {
  readonly traces: Trace[] = []
  override record(trace: Trace): Promise<void> {
    this.traces.push(trace)
    return Promise.resolve()
  }
}

const audit = new Records()
const asked: IncomingMessage[] = []
let rig: Rig

beforeAll(async () => {
  const library = libraryWith()
  rig = await start({
    settings: someSettings({ clients: [developmentClient] }),
    decide: makeDecide({
      gather: makeGather({ settings: { mode: 'development' }, clock: Date.now }),
      library: () => library,
      audit,
      line: makeWorkLine(),
      clock: () => 0,
    }),
  })
})
afterAll(() => rig.close())

/** Calls with nothing prefetched, so that the FHIR server is asked; gives the trace ids seen on the way. */
async function call(traceparent?: string) {
  asked.length = 0
  rig.lines.length = 0
  audit.traces.length = 0
  await withServer(
    (req, res) => {
      asked.push(req)
      res.writeHead(404).end()
    },
    async (fhirServer) => {
      const response = await fetch(rig.base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(traceparent && { traceparent }) },
        body: JSON.stringify({
          hook: 'patient-view',
          hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
          fhirServer,
          context: { userId: 'Practitioner/p1', patientId: 'zz-1' },
        }),
      })
      await response.text()
    },
  )
  return {
    line: rig.lines[0],
    recorded: audit.traces[0]?.traceId,
    sentOn: asked.map(({ headers }) => String(headers['traceparent'])),
  }
}

test('the trace of the client is in the log line, in the record and in every request to the FHIR server', async () => {
  const { line, recorded, sentOn } = await call(fromCaller)

  expect(line?.traceId).toBe(callers)
  expect(recorded).toBe(callers)
  expect(sentOn.length).toBeGreaterThan(1)
  for (const header of sentOn) expect(header).toMatch(new RegExp(`^00-${callers}-[0-9a-f]{16}-01$`))
  expect(new Set(sentOn).size).toBe(1) // one call, one span
  expect(sentOn[0]).not.toContain('00f067aa0ba902b7')
})

test.each([
  ['unknown flags', `00-${callers}-00f067aa0ba902b7-ff`, '01'],
  ['an unknown flag, not sampled', `00-${callers}-00f067aa0ba902b7-fe`, '00'],
  ['a later version with more to say', `cc-${callers}-00f067aa0ba902b7-01-what-comes`, '01'],
])('%s: the known parts of the trace are passed on', async (_, traceparent, flags) => {
  const { line, sentOn } = await call(traceparent)

  expect(line?.traceId).toBe(callers)
  for (const header of sentOn) expect(header).toMatch(new RegExp(`^00-${callers}-[0-9a-f]{16}-${flags}$`))
})

test.each([
  ['none', undefined],
  ['a later version without a boundary', `cc-${callers}-00f067aa0ba902b7-01x`],
  ['this version with more to say', `${fromCaller}-x`],
  ['zeros for a trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['zeros for a parent', `00-${callers}-${'0'.repeat(16)}-01`],
  ['a version that is not allowed', `ff-${callers}-00f067aa0ba902b7-01`],
  ['capital letters', fromCaller.toUpperCase()],
  ['something else of that length', 'x'.repeat(fromCaller.length)],
  ['more than one', `${fromCaller}, ${fromCaller}`],
])('with %s the call starts a trace of its own', async (_, traceparent) => {
  const { line, recorded, sentOn } = await call(traceparent)

  expect(line?.traceId).toBe(line?.requestId.replaceAll('-', ''))
  expect(recorded).toBe(line?.traceId)
  expect(sentOn.length).toBeGreaterThan(1)
  for (const header of sentOn)
    expect(header).toMatch(new RegExp(`^00-${line?.traceId ?? ''}-[0-9a-f]{16}-00$`))
})
