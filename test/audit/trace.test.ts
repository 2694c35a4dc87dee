import { expect, test } from '@jest/globals'
import { MemoryAudit } from '../../src/audit/memory-audit.js'
import { tracing } from '../../src/audit/tracing.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import { developmentClient } from '../../src/config/development-client.js'
import { makeDecide } from '../../src/decide.js'
import { makeGather } from '../../src/gather/gather.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import { libraryOf } from './rig.js'

const token = 'a-token-lent-for-one-call'

test('AUD-003 what a record is made from holds no token, no resource of the chart and no draft order', async () => {
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  const orders = readOrders('fhir-fixtures', ['dicloxacillin'], fixture.patientId)
  const body = {
    ...requestBody({ fixture, hook: 'order-sign', orders }),
    fhirServer: 'https://fhir.example.org',
    fhirAuthorization: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'user/*.read',
      subject: 'cds',
    },
  }
  const library = libraryOf()
  const { audit, trace } = tracing(new MemoryAudit())
  const decide = makeDecide({
    gather: makeGather({ settings: { mode: 'development' }, clock: () => fixture.at }),
    library: () => library,
    audit,
    clock: () => 0,
  })
  await decide(parseHookRequest('mastitis-order-sign', body), developmentClient, fixture.at)
  const { request, sources, facts } = trace() ?? {}
  const kept = JSON.stringify({ request, sources, facts })

  expect(facts?.drafts).toHaveLength(1)
  expect(kept).not.toContain(token)
  expect(kept).not.toContain('"subject"')
  expect(Object.keys(request ?? {}).sort()).toEqual([
    'hook',
    'hookInstance',
    'patientId',
    'serviceId',
    'userId',
  ])
})
